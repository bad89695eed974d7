"""Bring in a council's open enquiries from its spreadsheet (.csv or .xlsx). Nothing is sent to anybody.

Try it with --dry-run first: it says what is wrong with which row, and writes nothing. docs/importing.md lists the
columns; --template FILE writes an empty list with all of them.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from councils.access import Access
from councils.clock import hub_now
from councils.models import Council
from councils.refusals import Refused
from councils.tenancy import as_council
from councils.working_time import in_london
from enquiries.actions.importing import bring_in, undo_import
from enquiries.imports.checking import Checked, check
from enquiries.imports.files import write_refused, write_template
from enquiries.imports.sheets import BadFile, Sheet, read
from enquiries.management.named import council_named, staff_named
from enquiries.models import Import

WHOSE = "Whose list is it? --council takes a council's short name, like “kent”."


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="the list, .csv or .xlsx")
        parser.add_argument("--council", help="the slug of the council whose list it is, like “kent”")
        parser.add_argument("--by", help="email of the member of staff who brings it in; not needed to try")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
        parser.add_argument("--skip-bad-rows", action="store_true", help="bring in the others; FILE.not-imported.csv")
        parser.add_argument("--undo", type=UUID, metavar="ID", help="take back an import, but no case worked on since")
        parser.add_argument("--template", type=Path, metavar="FILE", help="write an empty list, .csv or .xlsx")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["template"]:
                write_template(options["template"])
                self.stdout.write(f"Written: {options['template']}")
            elif options["undo"]:
                self._undo(
                    council_named(options["council"], missing=WHOSE), options["undo"], staff_named(options["by"])
                )
            else:
                self._import(options)
        except (BadFile, Refused) as refusal:
            raise CommandError(str(refusal)) from None

    def _import(self, options: dict[str, Any]) -> None:
        council, path = council_named(options["council"], missing=WHOSE), options["file"]
        if path is None:
            raise CommandError("Which file? Name it, or write an empty list with --template FILE.")
        by = None if options["dry_run"] else staff_named(options["by"])
        sheet = read(path)
        with as_council(council):
            checked = check(sheet, council, today=in_london(hub_now()).date())
            self._tell(sheet, checked, council)
            if by is None:
                self.stdout.write("This was a try: nothing was written.")
                return
            if checked.bad and not options["skip_bad_rows"]:
                raise CommandError("Nothing was brought in. Put these rows right, or add --skip-bad-rows.")
            if not checked.ready:
                raise CommandError("Nothing was brought in: there is no row to bring in.")
            brought = bring_in(checked.ready, council, digest=sheet.digest, by=by)
        self.stdout.write(f"{len(checked.ready)} brought in. To take them back: --undo {brought.pk}")
        if checked.bad:
            refused = path.with_name(f"{path.name}.not-imported.csv")
            self.stdout.write(f"{write_refused(refused, sheet, checked.bad)} rows were left out: {refused}")

    def _tell(self, sheet: Sheet, checked: Checked, council: Council) -> None:
        say = self.stdout.write
        for remark in sheet.remarks:
            say(remark)
        if sheet.headings.unused:
            say(f"Columns that mean nothing to us, and are left out: {', '.join(sheet.headings.unused)}.")
        for row, problem in checked.bad:
            say(f"Row {row}: {problem}")
        for row, why in checked.known:
            say(f"Row {row} is left out. {why}")
        bad = len({row for row, _ in checked.bad})
        say(
            f"{council.name}: {len(sheet.rows)} rows, {len(checked.ready)} can be brought in, {bad} cannot, "
            f"{len(checked.known)} are known already."
        )

    def _undo(self, council: Council, number: UUID, by: Access) -> None:
        with as_council(council):
            brought = Import.objects.filter(council=council, pk=number).first()
            if brought is None:
                raise CommandError(f"{council.name} has no import {number}.")
            undone = undo_import(brought, by=by)
        self.stdout.write(f"{undone.removed} taken back.")
        if undone.kept:
            self.stdout.write(f"Kept, because somebody has worked on them since: {', '.join(undone.kept)}.")
