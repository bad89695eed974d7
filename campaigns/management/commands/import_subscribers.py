"""Bring in people who agreed to news elsewhere, from a council's list (.csv or .xlsx). Nothing is sent to anybody.

The columns are Email, Agreed on and, if there is one, First name. Try it with --dry-run first: it says what is wrong
with which row, and writes nothing. Rows without a day of agreement are left out; so is whoever has said no.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campaigns.actions.importing_lists import Terms, bring_in, sort_out
from campaigns.news.lists import Brought, read
from campaigns.states import Purpose
from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, User
from councils.refusals import Refused
from councils.tenancy import as_council
from councils.working_time import in_london
from enquiries.imports.sheets import BadFile, content_of


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the list, .csv or .xlsx")
        parser.add_argument("--council", required=True, help="the slug of the council whose list it is, like “kent”")
        parser.add_argument("--wording", required=True, help="the words that people agreed to")
        parser.add_argument("--told-by", required=True, help="how the council knows that they agreed")
        parser.add_argument("--purpose", required=True, action="append", choices=Purpose.values)
        parser.add_argument("--by", help="email of the campaign editor or manager; not needed to try")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        council = Council.objects.filter(slug=options["council"]).first()
        if council is None:
            raise CommandError(f"No council is called {options['council']}.")
        try:
            brought = _read(options["file"])
            self._tell(brought, council)
            if not options["dry_run"]:
                self._bring(brought, council, options)
        except (BadFile, Refused) as refusal:
            raise CommandError(str(refusal)) from None

    def _tell(self, brought: Brought, council: Council) -> None:
        with as_council(council):
            found = sort_out(brought, council)
        for row, why in sorted([*brought.bad, *found.left_out]):
            self.stdout.write(f"Row {row}: {why}")
        self.stdout.write(f"{found.taken} people can come in.")

    def _bring(self, brought: Brought, council: Council, options: dict[str, Any]) -> None:
        user = User.objects.filter(email=(options["by"] or "").lower(), is_active=True).first()
        if user is None:
            raise CommandError("Who brings it in? Name them with --by, by the address they log in with.")
        purposes = tuple(Purpose(each) for each in options["purpose"])
        terms = Terms(wording=options["wording"][:1000], told_by=options["told_by"][:300], purposes=purposes)
        listed = bring_in(brought, council, terms, by=access_of(user))
        self.stdout.write(f"Brought in: {listed.taken} of {listed.rows} rows.")


def _read(path: Path) -> Brought:
    return read(content_of(path), filename=path.name, today=in_london(hub_now()).date())
