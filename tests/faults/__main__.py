"""Runs the table and prints it as it goes."""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

import tests.faults
from lafse.services.failures import CannotStart
from tests.faults.hub import Hub
from tests.faults.prepare import prepare

if TYPE_CHECKING:
    from tests.faults.table import Result

console = Console(highlight=False, soft_wrap=True)


def main() -> int:
    asked = _parse()
    began = time.monotonic()
    with hub(keep=asked.keep) as running:
        console.print(f"A hub of its own runs in {running.folder} ({time.monotonic() - began:.0f} s).\n")
        results = list(_run(running, asked))
    if asked.markdown:
        _write(results, asked.markdown)
    broken = [result for result in results if not result.well]
    console.print(f"\n{len(results)} rows, {len(broken)} not well, {time.monotonic() - began:.0f} s.")
    return 1 if broken or not results else 0


def _write(results: list["Result"], to: Path) -> None:
    from tests.faults.table import markdown  # noqa: PLC0415  # Django must be set up

    to.write_text(markdown(results))


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=tests.faults.__doc__)
    parser.add_argument("--short", action="store_true", help="without the rows that take longest")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="rows whose names hold one of these")
    parser.add_argument("--keep", action="store_true", help="leave folder and logs")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table there too")
    return parser.parse_args()


@contextmanager
def hub(*, keep: bool) -> Iterator[Hub]:
    folder = Path(tempfile.mkdtemp(prefix="lafse-faults-"))
    folder.chmod(0o755)  # the servers run as another account where we are root
    running = Hub(folder)
    try:
        running.start_servers()
        prepare(running)
        running.start_processes()
        yield running
    except CannotStart as failure:
        raise SystemExit(str(failure)) from failure
    finally:
        running.end()
        if not keep:
            shutil.rmtree(folder)


def _run(running: Hub, asked: argparse.Namespace) -> Iterator["Result"]:
    from tests.faults.rows import ROWS  # noqa: PLC0415  # Django must be set up
    from tests.faults.table import heads, line, result_of, verified  # noqa: PLC0415  # as above

    console.print(heads())
    wanted = [row for row in ROWS if row.is_wanted(asked.only, short=asked.short)]
    steps = [(row.name, partial(result_of, running, row)) for row in wanted]
    for name, step in [*steps, ("manage.py verify", partial(verified, running))]:
        with console.status(name):
            result = step()
        console.print(line(result), style=None if result.well else "bold red")
        yield result


if __name__ == "__main__":
    sys.exit(main())
