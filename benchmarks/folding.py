"""What figures cost that follow what happens: an event folded, and all of them made anew.

    python -m benchmarks.folding

FOLD_SIZES=20000 tries it out; the promise about a million is of a million. Folding is measured with the database full:
events of cases taken here and there wait, and one folder takes them.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path
from time import perf_counter

import django

from benchmarks.figures import Figure, show

LEAST, EVENTS = 1.0, 5_000  # ms an event; how many are folded
WHOLE, A_MILLION = 180.0, 1_000_000  # seconds for so many enquiries


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"  # not production's, whose static files are collected first
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):  # log lines are written, but not shown
        django.setup()
    sizes = sorted(int(size) for size in os.environ.get("FOLD_SIZES", "100000").split(","))
    return show("Figures that follow", [figure for size in sizes for figure in measured(size)])


def measured(size: int) -> Iterator[Figure]:
    from lafse.demo.seed import fill  # noqa: PLC0415  # settings must stand first
    from tests import databases  # noqa: PLC0415  # as above

    name = databases.prepare(f"fold{size}")
    try:
        fill(enquiries=size, seed=1, processes=2 if size > 5000 else 1)
        databases.as_owner(name, "VACUUM ANALYZE")
        yield rebuilt(size)
        yield folded(size)
    finally:
        databases.drop(name)


def rebuilt(size: int) -> Figure:
    from councils.models import Hub  # noqa: PLC0415  # as above
    from dashboards.actions.rebuilding import SLICES, rebuild_by_two  # noqa: PLC0415  # as above

    began = perf_counter()
    rebuild_by_two(Hub.objects.get(slug="lafse"), slices=min(SLICES, max(1, size // 2000)))
    took = perf_counter() - began
    target = WHOLE * size / A_MILLION
    return Figure(f"{size:,} enquiries made anew", f"{took:,.1f} s", f"{target:,.1f} s", took <= target)


def folded(size: int) -> Figure:
    from councils.models import Council, Hub  # noqa: PLC0415  # as above
    from councils.tenancy import across  # noqa: PLC0415  # as above
    from dashboards.actions.folding import fold_hub  # noqa: PLC0415  # as above
    from dashboards.models import ToFold  # noqa: PLC0415  # as above
    from enquiries.models import Enquiry  # noqa: PLC0415  # as above

    hub = Hub.objects.get(slug="lafse")
    councils = list(Council.objects.filter(hub=hub).values_list("pk", flat=True))
    with across(councils, reason="benchmark"):
        cases = Enquiry.objects.filter(council__in=councils).order_by("pk").values_list("council_id", "journey_id")
        ToFold.objects.bulk_create(
            ToFold(council_id=council, kind="journey", key=journey) for council, journey in cases[:EVENTS]
        )
    began = perf_counter()
    events = fold_hub(hub)
    took = (perf_counter() - began) * 1000 / max(1, events)
    return Figure(f"an event folded, of {size:,} enquiries", f"{took:.2f} ms", f"{LEAST:.0f} ms", took <= LEAST)


if __name__ == "__main__":
    sys.exit(main())
