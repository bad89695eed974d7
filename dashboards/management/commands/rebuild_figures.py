"""Make all figures anew from the enquiries and what happened to them; with --check only compare, to the digit.

Safe while the hub runs: what happens meanwhile waits and is counted after. With --check what waits is counted first,
as it would be a moment later; then nothing is written, and the exit code is 1 where a count differs.
"""

from argparse import ArgumentParser
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from councils.models import Council, Hub
from councils.tenancy import across
from dashboards.actions.folding import fold_hub
from dashboards.actions.rebuilding import SLICES, Busy, Difference, differences, rebuild, rebuild_by_two
from dashboards.exports.hubs import hub_named
from dashboards.figures import RULES
from dashboards.models import ToFold
from enquiries.models import Enquiry

MOST, TRIES, A_SLICE = 50, 3, 1000
MANY_SLICES = 5  # a second process is worth its start


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="compare with the figures that stand, and write nothing"
        )
        parser.add_argument("--hub", metavar="SLUG", help="of one hub; all hubs if not named")

    def handle(self, *args: Any, **options: Any) -> None:
        hubs = [hub_named(options["hub"])] if options["hub"] else list(Hub.objects.order_by("slug"))
        do = self._check if options["check"] else self._rebuild
        try:
            wrong = [hub.slug for hub in hubs if not do(hub)]
        except Busy as busy:
            raise CommandError(str(busy)) from None
        if wrong:
            raise CommandError(f"The figures of {', '.join(wrong)} are not what they should be. Make them anew.")

    def _rebuild(self, hub: Hub) -> bool:
        slices = slices_of(hub)
        make = rebuild_by_two if slices > MANY_SLICES else rebuild
        changed = make(hub, slices=slices, progress=self._tell)
        self.stdout.write(f"{hub.short_name}: made by rules {RULES}. Journeys told otherwise than before: {changed:,}")
        return True

    def _check(self, hub: Hub) -> bool:
        """Whether they agree."""
        found = self._differences(hub)
        self.stdout.write(f"{hub.short_name}: {'as they should be' if not found else f'{len(found):,} counts differ'}")
        names = dict(Council.objects.filter(hub=hub).values_list("pk", "slug"))
        for each in islice(sorted(found, key=lambda each: _place(each, names)), MOST):
            self.stdout.write(f"  {_place(each, names)}: {each.stands:,} stand, {each.should:,} should")
        if len(found) > MOST:
            self.stdout.write(f"  and {len(found) - MOST:,} more")
        return not found

    def _differences(self, hub: Hub) -> list[Difference]:
        """Of a hub at work something may happen between the one look and the other: that is no difference."""
        for _ in range(TRIES):
            fold_hub(hub)
            found = differences(hub, slices=slices_of(hub), progress=self._tell)
            if not found or not something_waits(hub):
                break
        return found

    def _tell(self, done: int, of: int) -> None:
        """On one line of a terminal; nothing of it in a log."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{done} of {of}", ending="\n" if done == of else "")


def slices_of(hub: Hub) -> int:
    """As many as its enquiries are worth: each costs some statements for every council."""
    councils = list(Council.objects.filter(hub=hub))
    with across(councils, reason="check figures"):
        cases = Enquiry.objects.filter(council__in=councils).count()
    return max(1, min(SLICES, cases // A_SLICE))


def something_waits(hub: Hub) -> bool:
    councils = list(Council.objects.filter(hub=hub))
    with across(councils, reason="check figures"):
        return ToFold.objects.filter(council__in=councils).exists()


def _place(each: Difference, names: dict[int, str]) -> str:
    at = each.at
    parts = (names.get(at.council, str(at.council)), at.grain, at.on.isoformat(), at.figure, at.split, at.value)
    return " ".join(str(part) for part in parts if part)
