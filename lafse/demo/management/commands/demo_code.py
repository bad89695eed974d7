"""The six digits that the authenticator app of somebody of the demonstration would show now."""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from councils.models import User
from lafse.demo.codes import code_of
from lafse.demo.people import PEOPLE, Person


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="+", help="first name, full name or email address: Kerry")

    def handle(self, *args: Any, **options: Any) -> None:
        person = person_called(" ".join(options["name"]))
        user = User.objects.filter(email=person.email).first()
        if user is None:
            raise CommandError(f"{person.name} is not here. First: manage.py demo")
        try:
            code = code_of(user)
        except Authenticator.DoesNotExist:
            raise CommandError(f"{person.name} has no authenticator app. First: manage.py demo") from None
        if not code.text:
            raise CommandError(
                f"The codes of now were used, and each is good once. Ask again in {code.seconds} seconds."
            )
        self.stdout.write(f"{code.text}   for {person.name}, good once, for {code.seconds} seconds")


def person_called(typed: str) -> Person:
    """Raises CommandError. Nobody else's code is told, whatever is in the database."""
    wanted = typed.strip().lower()
    for person in PEOPLE:
        if wanted in (person.first_name.lower(), person.name.lower(), person.email):
            return person
    raise CommandError(
        f"There is no {typed} in the demonstration. Try: {', '.join(each.first_name for each in PEOPLE)}"
    )
