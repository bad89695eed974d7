"""`manage.py reset_second_step EMAIL`: for whoever has lost theirs and has no manager who could."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from councils.models import User
from councils.refusals import Refused
from staff.people.actions import reset_for_nobody_else_can


class Command(BaseCommand):
    help = "They log in with their password and set up a new second step. Make sure first that it is they who ask."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower(), is_active=True).first()
        if user is None:
            raise CommandError("There is no account in use with this address.")
        try:
            reset_for_nobody_else_can(user)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("Done. They are logged out everywhere, and have an email about it.")
