"""Ask every address as everybody. Ends with an error when one tells or does what it must not."""

from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.table import Table

from lafse.isolation import Cell, Part, Report, check


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="the faults only")
        parser.add_argument("--only", nargs="+", metavar="NAME", help="addresses by name: admin:index pages:home")

    def handle(self, *args: Any, **options: Any) -> None:
        report = check(part=Part(addresses=options["only"]))
        if not options["quiet"]:
            Console().print(_matrix(report))
        if report.faults:
            raise CommandError("\n".join([f"{len(report.faults)} faults:", *report.faults]))
        self.stdout.write(f"{len(report.cells)} cells, no fault.")


def _matrix(report: Report) -> Table:
    actors = list(dict.fromkeys(cell.actor for cell in report.cells))
    table = Table(
        "address", "method", *actors, title="Statuses: own / another council's / none", row_styles=["", "dim"]
    )
    for (address, method), cells in groupby(report.cells, key=lambda cell: (cell.address, cell.method)):
        shown = {cell.actor: _shown(cell) for cell in cells}
        table.add_row(address, method, *(shown[actor] for actor in actors))
    return table


def _shown(cell: Cell) -> str:
    text = " / ".join(str(status) for status in cell.statuses)
    return f"[bold red]{text}[/]" if cell.faults else text
