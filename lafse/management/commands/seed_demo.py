"""Fill the hub with invented enquiries: real postcodes, invented people, every state there is; of 100 three are open.

The same --seed on the same day in the same database gives the same rows, byte for byte: times are counted from midnight
(--as-of DAY counts from another). Nothing is sent because of it. A million takes some minutes and some gigabytes.
With --years they are spread over so many years, with seasons and campaigns, and ripen until today. The figures are made
anew at the end.
"""

import os
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from councils.models import Council, Hub
from councils.routing import NoDirectory
from councils.tenancy import across
from enquiries.models import Enquiry
from lafse.demo.figures import make_figures
from lafse.demo.seed import AlreadySown, Past, fill

MOST_PROCESSES, MOST_YEARS = 4, 10
ALONE = 5_000  # fewer are quicker without helpers
_SECONDS_BETWEEN_LINES = 10
_INVENTED = Q(email__endswith="@example.org") | Q(email="", phone__startswith="+447700900")
Tell = Callable[[int, int], None]


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--enquiries", type=int, default=1000, help="how many (%(default)s)")
        parser.add_argument("--seed", type=int, default=1, help="another number, other enquiries (%(default)s)")
        parser.add_argument("--as-of", type=date.fromisoformat, help="the day, as 2026-11-22 (today)")
        parser.add_argument("--processes", type=int, default=min(os.cpu_count() or 1, MOST_PROCESSES))
        parser.add_argument("--years", type=int, default=0, help=f"of history, up to {MOST_YEARS} (none: what is)")
        parser.add_argument(
            "--no-figures", dest="figures", action="store_false", help="they are made by `rebuild_figures` later"
        )
        parser.add_argument(
            "--yes-into-this-database", action="store_true", help="even though it is in use: cannot be undone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        enquiries, seed, years = options["enquiries"], options["seed"], options["years"]
        if enquiries < 1:
            raise CommandError("--enquiries must be 1 or more.")
        if not 0 <= years <= MOST_YEARS:
            raise CommandError(f"--years must be a number up to {MOST_YEARS}.")
        if not options["yes_into_this_database"]:
            _refuse_real_life()
        began = monotonic()
        processes = 1 if enquiries < ALONE else max(1, options["processes"])
        try:
            with _progress("Sowing", enquiries) as tell:
                told = {"enquiries": enquiries, "seed": seed, "as_of": options["as_of"]}
                fill(**told, tell=tell, processes=processes, past=Past(years))
        except AlreadySown as refusal:
            raise CommandError(f"{refusal} Choose another with --seed.") from None
        except NoDirectory as problem:
            raise CommandError(str(problem)) from None
        took = monotonic() - began
        self.stdout.write(
            f"{enquiries:,} enquiries from seed {seed} in {took:,.0f} s ({enquiries / took:,.0f} a second)."
        )
        if options["figures"]:
            self._count(enquiries)

    def _count(self, enquiries: int) -> None:
        began, hub = monotonic(), Hub.objects.get(slug=settings.DEFAULT_HUB)
        with _progress("Counting", 1) as tell:
            make_figures(hub, enquiries=enquiries, tell=tell)
        self.stdout.write(f"Their figures in {monotonic() - began:,.0f} s.")


def _refuse_real_life() -> None:
    how = "If you mean it, add --yes-into-this-database; it cannot be undone."
    if not settings.DEBUG:
        raise CommandError(f"DEBUG is off, so this may be a hub in use. {how}")
    with across(Council.objects.all(), reason="look for real enquiries"):
        if Enquiry.objects.exclude(_INVENTED).exists():
            raise CommandError(f"There is an enquiry here that may be a real person's. {how}")


@contextmanager
def _progress(what: str, total: int) -> Iterator[Tell]:
    """A bar in a terminal, a line every few seconds elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _in_lines(console, what)
        return
    parts = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*parts, console=console) as bar:
        task = bar.add_task("", total=total)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _in_lines(console: Console, what: str) -> Tell:
    last = monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if monotonic() - last >= _SECONDS_BETWEEN_LINES or done == total:
            last = monotonic()
            console.print(f"{what}: {done:,} of {total:,}", highlight=False)

    return tell
