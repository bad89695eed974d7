"""Single sign-on: which identity provider speaks for which councils. docs/sign-on.md has it step by step.

The client secret is asked for, or read from standard input; never an argument, which other people on the machine see.
"""

import sys
from argparse import ArgumentParser, BooleanOptionalAction
from getpass import getpass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from councils.models import Council, User
from councils.refusals import Refused
from staff.models import SignOn
from staff.sign_on import actions
from staff.sign_on.checking import faults


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="all of them")
        add = verbs.add_parser("add", help="one more; voluntary until `change --compulsory`")
        add.add_argument("slug", help="a short name: it stands in the address that the provider sends people back to")
        add.add_argument("--name", required=True, help="on the button: “Kent County Council”")
        add.add_argument("--issuer", required=True, help="https://login.microsoftonline.com/<tenant id>/v2.0")
        add.add_argument("--client-id", required=True)
        add.add_argument("--council", action="append", required=True, dest="councils", help="its slug; may be repeated")
        add.add_argument("--domain", action="append", required=True, dest="domains", help="of email; may be repeated")
        add.add_argument("--second-factor", action="store_true", help="it always asks for one, so we do not")
        change = verbs.add_parser("change", help="who must use it, and who asks for the second factor")
        change.add_argument("slug")
        change.add_argument("--compulsory", action=BooleanOptionalAction, default=None)
        change.add_argument("--second-factor", action=BooleanOptionalAction, default=None)
        unlink = verbs.add_parser("unlink", help="forget which account of the provider somebody came with")
        unlink.add_argument("slug")
        unlink.add_argument("email", help="of their account here")
        for verb, told in [("secret", "replace the client secret"), ("test", "say what is wrong"), ("end", "for good")]:
            verbs.add_parser(verb, help=told).add_argument("slug")

    def handle(self, *args: Any, verb: str, **given: Any) -> None:
        try:
            getattr(self, f"do_{verb}")(given)
        except Refused as error:
            raise CommandError(str(error)) from error

    def do_list(self, given: dict[str, Any]) -> None:
        for sign_on in SignOn.objects.order_by("slug").prefetch_related("speaks_for__council"):
            councils = ", ".join(each.council.name for each in sign_on.speaks_for.all())
            state = "ended" if sign_on.ended_at else "compulsory" if sign_on.compulsory else "voluntary"
            self.stdout.write(f"{sign_on.slug}: {state}; {councils or 'no council'}; {sign_on.issuer}")

    def do_add(self, given: dict[str, Any]) -> None:
        new = SignOn(slug=given["slug"], name=given["name"], issuer=given["issuer"], client_id=given["client_id"])
        new.asks_second_factor = given["second_factor"]
        councils = [_council(slug) for slug in given["councils"]]
        actions.add(new, secret=_secret(), councils=councils, email_domains=given["domains"], by=None)
        back = reverse("openid_connect_callback", args=[new.slug])
        self.stdout.write(f"Added. The provider sends people back to {settings.BASE_URL}{back}")
        self.stdout.write(f"Now: manage.py sign_on test {new.slug}")

    def do_change(self, given: dict[str, Any]) -> None:
        compulsory, second_factor = given["compulsory"], given["second_factor"]
        actions.change(_current(given["slug"]), compulsory=compulsory, asks_second_factor=second_factor, by=None)
        self.stdout.write("Changed.")

    def do_secret(self, given: dict[str, Any]) -> None:
        actions.replace_secret(_current(given["slug"]), secret=_secret(), by=None)
        self.stdout.write("Replaced.")

    def do_unlink(self, given: dict[str, Any]) -> None:
        user = User.objects.filter(email=given["email"].strip().lower()).first()
        if user is None:
            raise Refused("There is no account with this email address.")
        actions.unlink(_current(given["slug"]), user=user, by=None)
        self.stdout.write("Unlinked: the next log-in finds them by their email address.")

    def do_end(self, given: dict[str, Any]) -> None:
        actions.end(_current(given["slug"]), by=None)
        self.stdout.write("Ended. Whoever came through it is logged out.")

    def do_test(self, given: dict[str, Any]) -> None:
        found = faults(_current(given["slug"]))
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("The provider answers, and what it says is what was written down here.")


def _current(slug: str) -> SignOn:
    found = SignOn.objects.filter(slug=slug, ended_at=None).first()
    if found is None:
        raise Refused(f"There is no single sign-on called {slug}. See: manage.py sign_on list")
    return found


def _council(slug: str) -> Council:
    found = Council.objects.filter(slug=slug).first()
    if found is None:
        raise Refused(f"There is no council called {slug}.")
    return found


def _secret() -> str:
    return getpass("Client secret: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
