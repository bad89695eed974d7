"""Who has been kept as long as they may be: --dry-run says it, --apply has them erased.

By council, by how the enquiry ended and by the month in which its time ran out: counts and references, no names.
--apply asks for the erasure; the process that runs `erase --pending` carries it out. What is no enquiry (links,
reports, sessions, messages to staff, accounts of leavers) goes at once. Safe to stop, to run again and to run twice.
"""

from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_council
from councils.working_time import in_london
from enquiries.actions.clearing import CLEARED, clear
from enquiries.actions.retaining import ask_for_erasure
from enquiries.retention.lives import LIVES
from enquiries.retention.reading import Kept, whose_time_comes


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--dry-run", action="store_true", help="say who goes, and write nothing")
        which.add_argument("--apply", action="store_true", help="ask for their erasure, and clear the rest")
        parser.add_argument("--council", help="one council only, by its slug, like “kent”")
        parser.add_argument("--as-of", type=date.fromisoformat, metavar="DAY", help="as on this day, like 2027-03-31")

    def handle(self, *args: Any, **options: Any) -> None:
        today = in_london(hub_now()).date()
        day = options["as_of"] or today
        councils = _councils(options["council"])
        if options["dry_run"]:
            for council in councils:
                self._foretell(council, day)
        elif day > today:
            raise CommandError("Nobody is erased before their time: --as-of a day to come goes with --dry-run only.")
        else:
            self._apply(councils, day, everything=options["council"] is None)

    def _foretell(self, council: Council, day: date) -> None:
        with as_council(council):
            found = whose_time_comes(council.pk, by=day)
        self.stdout.write(f"{council.name}: {sum(each.waits is None for each in found)} by {day:%-d %B %Y}")
        for line in _lines(found):
            self.stdout.write(f"  {line}")

    def _apply(self, councils: Iterable[Council], day: date, *, everything: bool) -> None:
        for council in councils:
            done = ask_for_erasure(council, today=day, tell=lambda n, of: self.stderr.write(f"  {n} of {of}"))
            self.stdout.write(f"{council.name}: {done.asked} to be erased, {done.taken_back} kept after all")
        if not everything:
            return
        for kept in CLEARED:
            self.stdout.write(f"{LIVES[kept].what}: {clear(kept, now=hub_now())} cleared")


def _councils(slug: str | None) -> list[Council]:
    found = list(Council.objects.filter(slug=slug) if slug else Council.objects.order_by("name"))
    if not found:
        raise CommandError("No council has that short name. It is one like “kent”.")
    return found


def _lines(found: list[Kept]) -> Iterable[str]:
    def heading(each: Kept) -> tuple[str, str, str]:
        return each.ending.label, f"{each.on:%Y-%m}", each.waits or ""

    for (ending, month, waits), group in groupby(sorted(found, key=heading), key=heading):
        references = [each.reference for each in group]
        why = f" wait. {waits}" if waits else ""
        yield f"{month} {ending}: {len(references)}{why}: {', '.join(references)}"
