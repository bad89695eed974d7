"""Print figures: the same numbers as on the page “The numbers” and in its files. Nothing is written.

manage.py stats --from 2026-04 --to 2026-11 --by council
manage.py stats --by source --council kent --file kent.xlsx
manage.py stats --year 2026 --file year.csv     the statistical file of April 2026 to March 2027
"""

import re
from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from councils.clock import hub_now
from councils.models import Council, Hub
from councils.refusals import Refused
from councils.tenancy import as_hub
from councils.working_time import in_london
from dashboards.exports.chosen import By, Part, month_of, span_of, this_year_until
from dashboards.exports.hubs import hub_named
from dashboards.exports.numbers import numbers
from dashboards.exports.shown import in_a_terminal
from dashboards.exports.yearly import statistical_file
from dashboards.figures import RULES
from dashboards.pages.reach import councils_of
from dashboards.span import Span
from dashboards.tables import as_of
from enquiries.exports import FileKind, Table
from enquiries.exports_files import FILES


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument("--hub", metavar="SLUG", help="whose; this deployment's own if not named")
        parser.add_argument("--council", metavar="SLUG", help="of one council alone")
        parser.add_argument("--from", dest="first", metavar="MONTH", help="like 2026-04; else April of this year")
        parser.add_argument("--to", dest="last", metavar="MONTH", help="like 2026-11; else this month")
        parser.add_argument("--by", choices=By.values, default=By.COUNCIL, help="what a row is of")
        parser.add_argument("--part", choices=Part.values, default=Part.ALL, help="which figures")
        parser.add_argument("--year", type=_year, metavar="YEAR", help="instead: the year’s statistical file")
        parser.add_argument("--file", type=Path, help="write it, .csv or .xlsx, instead of printing it")

    def handle(self, *args: Any, **options: Any) -> None:
        hub = hub_named(options["hub"])
        councils = _councils(hub, options["council"])
        with as_hub(hub):
            made = _asked(hub, councils, options)
            at = as_of(hub.pk)
        until = f"As of {in_london(at):%H:%M:%S, %-d %B %Y}" if at else "No figures have been made yet"
        self.stderr.write(f"{until}. Rules {RULES}.")
        if options["file"]:
            _write(options["file"], made)
            self.stderr.write(f"Written: {options['file']}")
        else:
            self.stdout.write("\n".join(in_a_terminal(made)))


def _year(typed: str) -> int:
    if re.fullmatch(r"20\d\d", typed):
        return int(typed)
    raise ArgumentTypeError(f"“{typed}” is no year. Write the one in which it began, like 2026.")


def _asked(hub: Hub, councils: list[Council], options: dict[str, Any]) -> Table:
    if options["year"] is not None:
        return statistical_file(hub, councils, options["year"])
    try:
        span = _span(options["first"], options["last"])
    except Refused as refusal:
        raise CommandError(str(refusal)) from None
    return numbers(councils, span, By(options["by"]), Part(options["part"]))


def _span(first: str | None, last: str | None) -> Span:
    usual = this_year_until(in_london(hub_now()).date())
    return span_of(month_of(first) if first else usual.first, month_of(last) if last else usual.last)


def _councils(hub: Hub, slug: str | None) -> list[Council]:
    found = [council for council in councils_of(hub) if slug in (None, council.slug)]
    if not found:
        raise CommandError(f"{hub.short_name} has no council {slug}. Its short name is one like “kent”.")
    return found


def _write(path: Path, made: Table) -> None:
    kind = path.suffix.lower().removeprefix(".")
    if kind not in FileKind.values:
        raise CommandError("Which kind of file? Its name ends in .csv or .xlsx.")
    write, _ = FILES[FileKind(kind)]
    path.write_bytes(write(made))
