"""`manage.py invite EMAIL NAME ROLE COUNCIL`: the first people, whom nobody is there to invite yet; and operators."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.forms import ValidationError

from councils.models import Council, CouncilKind
from councils.refusals import Refused
from councils.roles import HUB_WIDE, Role
from staff.people.actions import invite_first


class Command(BaseCommand):
    help = "Invite somebody by email. COUNCIL is a slug; hub roles are held in the hub office."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("council")

    def handle(self, *args: Any, **options: Any) -> None:
        council = Council.objects.filter(slug=options["council"]).select_related("hub").first()
        if council is None:
            raise CommandError(f"There is no council {options['council']}.")
        role = Role(options["role"])
        if role in HUB_WIDE and council.kind != CouncilKind.HUB_OFFICE:
            raise CommandError(f"{role.label}s are of a hub office.")
        try:
            validate_email(options["email"])
            found = invite_first(council, email=options["email"], name=options["name"], role=role)
        except (Refused, ValidationError) as error:
            raise CommandError(" ".join(getattr(error, "messages", [str(error)]))) from error
        self.stdout.write(f"Invited as {role.label.lower()}: the link is in the email, until {found.expires_at:%d %B}.")
