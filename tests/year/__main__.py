"""The whole year: `make year`. Prints the days as they pass, then what was found; exit code 1 unless all is well.

python -m tests.year [--enquiries 4000] [--days 365] [--seed 2026]
"""

import argparse
import os
import sys
import warnings
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: E402  # after django.setup

from tests import databases  # noqa: E402  # as above
from tests.year.findings import Findings  # noqa: E402  # as above
from tests.year.hub import prepare  # noqa: E402  # as above

FIRST = date(2026, 1, 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--enquiries", type=int, default=4000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=2026)
    asked = parser.parse_args()
    warnings.simplefilter("error")
    name = databases.prepare("year")
    try:
        findings = _live(asked.enquiries, FIRST + timedelta(days=asked.days - 1), asked.seed)
    finally:
        databases.drop(name)
    print("\n".join(findings.report()))
    for faults in (findings.nobody_named, findings.missed_untold, findings.forgotten):
        print("\n".join(sorted(faults)[:20]))
    return 0 if findings.all_well else 1


def _live(enquiries: int, last: date, seed: int) -> Findings:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns) as progress:
        bar = progress.add_task("", total=(last - FIRST).days + 1)

        def tell(day: date, so_far: Findings) -> None:
            progress.update(bar, advance=1, description=f"{day:%d %B}")

        return prepare(enquiries, FIRST, last, seed=seed).live(FIRST, last, tell)


if __name__ == "__main__":
    sys.exit(main())
