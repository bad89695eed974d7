"""Bring in what became of applications from a council's case system: a list from Mosaic, Liquidlogic or CHARMS.

manage.py import_outcomes kent outcomes.csv --by mina@kent.example
manage.py import_outcomes --template outcomes.csv     an example with all columns

Without --apply it says what would change, row by row, and writes nothing. Every row that can be brought in is; the same
list twice changes nothing. docs/outcomes.md lists the columns.
"""

import csv
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from councils.clock import hub_now
from councils.refusals import Refused
from councils.working_time import in_london
from dashboards.actions.outcomes import bring_in, try_out
from dashboards.outcomes.sheet import EXAMPLE, TEMPLATE, Sheet, read
from enquiries.imports.sheets import BadFile, content_of
from enquiries.management.named import council_named, staff_named

WHOSE = "Whose list is it? Name a council by its short name, like “kent”, and then the file."


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument("council", nargs="?", help="the slug of the council whose list it is, like “kent”")
        parser.add_argument("file", nargs="?", type=Path, help="the list, .csv or .xlsx")
        parser.add_argument("--by", help="email of the officer or manager of the council who brings it in")
        parser.add_argument("--apply", action="store_true", help="write it; else only say what would change")
        parser.add_argument("--template", type=Path, metavar="FILE", help="write an example list, .csv")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["template"]:
                self._template(options["template"])
            else:
                self._import(options)
        except (BadFile, Refused) as refusal:
            raise CommandError(str(refusal)) from None

    def _import(self, options: dict[str, Any]) -> None:
        council, by = council_named(options["council"], missing=WHOSE), staff_named(options["by"])
        if options["file"] is None:
            raise CommandError("Which file? Name it, or write an example with --template FILE.")
        sheet = read(content_of(options["file"]), today=in_london(hub_now()).date())
        self._tell(sheet)
        if options["apply"]:
            taken = bring_in(sheet.rows, council, unread=sheet.bad, by=by)
        else:
            taken = try_out(sheet.rows, council, by=by)
        for line in [*taken.changed, *taken.refused]:
            self.stdout.write(f"Row {line.row}, {line.named}: {line.words}")
        self.stdout.write(f"{council.name}: {taken.in_words} {sheet.bad} could not be read.")
        if not options["apply"]:
            self.stdout.write("This was a try: nothing was written. Add --apply to bring it in.")

    def _tell(self, sheet: Sheet) -> None:
        for remark in sheet.remarks:
            self.stdout.write(remark)
        if sheet.unused:
            self.stdout.write(f"Columns that mean nothing to us, and are not read: {', '.join(sheet.unused)}.")
        for problem in sheet.problems:
            self.stdout.write(f"Row {problem.row}: {problem.why}")

    def _template(self, path: Path) -> None:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            lines = csv.writer(file)
            lines.writerow([column.value for column in TEMPLATE])
            lines.writerow([EXAMPLE.get(column, "") for column in TEMPLATE])
        self.stdout.write(f"Written: {path}")
