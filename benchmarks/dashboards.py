"""What each page of figures costs on the server, with few and with many enquiries behind it, over five years.

    python -m benchmarks.dashboards

Databases are sown and their figures made before the clock starts, and stay side by side: each page is asked for by
turns, so that a slower moment of the machine hits all of them. Pages are those that the staff site has addresses for,
asked for by the regional lead, by a council's manager and by the data analyst, whoever may see them; a new page joins
by itself. DASHBOARD_SIZES=10000,1000000 is the stress; smaller numbers try it out.
"""

import gc
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time

import django
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse

from benchmarks.board import use
from benchmarks.figures import Figure, show

YEARS, ROUNDS, WARM_UP = 5, 20, 2
LIMIT, RATIO = 100.0, 1.5  # ms at p95; medians, times the smallest database's
A_MILLION_WITHIN = 180  # seconds, of figures from scratch
# What stands in an address, where a page is about something.
ABOUT: Mapping[str, object] = {"slug": "kent", "council": "kent", "year": 2025}
PEOPLE = (
    ("lead", "lafse-office", "regional_lead"),
    ("manager", "kent", "manager"),
    ("analyst", "lafse-office", "data_analyst"),
)


@dataclass
class Sown:
    """A database with so many enquiries behind its figures, and who is logged in to it."""

    name: str
    size: int
    sown_in: float = 0
    counted_in: float = 0
    clients: dict[str, Client] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    who: str
    name: str
    address: str


@dataclass(frozen=True)
class Cost:
    """Milliseconds, statements and kilobytes. `work`: of processors, Python's and PostgreSQL's, on average; where a
    machine has other work to do it says more than the clock."""

    median: float
    p95: float
    work: float
    queries: int
    size: int


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"  # not production's, whose static files are collected first
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):  # log lines are written, but not shown
        django.setup()
    from tests import databases  # noqa: PLC0415  # settings must stand first

    sizes = sorted(int(size) for size in os.environ.get("DASHBOARD_SIZES", "10000,100000").split(","))
    names: list[str] = []
    try:
        sown = []
        for size in sizes:
            names.append(databases.prepare(f"figures{size}"))
            sown.append(sow(names[-1], size))
        gc.freeze()  # a process that shows pages has not made millions of journeys before
        figures = [*scratch(sown), *measured(sown)]
    finally:
        for name in names:
            databases.drop(name)
    return show("Pages of figures", figures)


def sow(name: str, size: int) -> Sown:
    from councils.models import Council, Hub  # noqa: PLC0415  # as above
    from councils.roles import Role  # noqa: PLC0415  # as above
    from lafse.demo.figures import make_figures  # noqa: PLC0415  # as above
    from lafse.demo.seed import Past, fill  # noqa: PLC0415  # as above
    from tests.databases import as_owner  # noqa: PLC0415  # as above
    from tests.factories import user  # noqa: PLC0415  # as above

    sown, began = Sown(name, size), perf_counter()
    fill(enquiries=size, seed=1, processes=2 if size > 5000 else 1, past=Past(YEARS))
    sown.sown_in = perf_counter() - began
    as_owner(name, "VACUUM ANALYZE")
    began = perf_counter()
    make_figures(Hub.objects.get(slug="lafse"), enquiries=size)
    sown.counted_in = perf_counter() - began
    as_owner(name, "VACUUM ANALYZE")
    print(f"{size:,} enquiries sown in {sown.sown_in:,.0f} s, counted in {sown.counted_in:,.0f} s", flush=True)
    for who, slug, role in PEOPLE:
        sown.clients[who] = Client(SERVER_NAME="localhost", raise_request_exception=False)
        sown.clients[who].force_login(user(who.title(), Council.objects.get(slug=slug), Role(role)))
    return sown


def scratch(sown: Sequence[Sown]) -> Iterator[Figure]:
    for each in sown:
        took = f"{each.counted_in:,.0f} s ({each.counted_in / each.size * 1000:.2f} ms an enquiry)"
        whole = each.size >= 1_000_000
        yield Figure(
            f"figures of {each.size:,} from scratch",
            took,
            f"< {A_MILLION_WITHIN} s" if whole else "told",
            each.counted_in < A_MILLION_WITHIN if whole else None,
        )


def measured(sown: Sequence[Sown]) -> Iterator[Figure]:
    pages, left_out, broken = found(sown[0])
    for name in broken:
        yield Figure(name, "an error", "a page", met=False)
    for page in pages:
        costs = [cost(each, page) for each in sown]
        yield figure(page, costs, sown)
    if left_out:
        yield Figure("not measured: nobody has anything there", ", ".join(left_out), "told", None)


def found(sown: Sown) -> tuple[list[Page], list[str], list[str]]:
    """Whoever may see them; names of addresses that show nothing here; and of those that break."""
    use(sown.name)
    pages, left_out, broken = [Page(who, "first page", reverse("admin:index")) for who in sown.clients], [], []
    for name, address in addresses():
        answers = {who: client.get(address).status_code for who, client in sown.clients.items()}
        seen = [Page(who, name, address) for who, status in answers.items() if status == HTTPStatus.OK]
        pages += [page for page in seen if page.who != "analyst" or len(seen) == 1]
        if HTTPStatus.INTERNAL_SERVER_ERROR in answers.values():
            broken.append(name)
        elif not seen:
            left_out.append(name)
    return pages, left_out, broken


def addresses() -> Iterator[tuple[str, str]]:
    """Of everything that the staff site shows for the room of figures; empty for what cannot be filled in."""
    from django.contrib import admin  # noqa: PLC0415  # as above

    for model, pages in admin.site._registry.items():
        if model._meta.app_label == "dashboards":
            for pattern in pages.get_urls():
                if isinstance(pattern, URLPattern) and pattern.name:
                    known = {name: ABOUT[name] for name in pattern.pattern.converters if name in ABOUT}
                    if len(known) == len(pattern.pattern.converters):
                        yield pattern.name.removeprefix("dashboards_"), reverse(f"admin:{pattern.name}", kwargs=known)


def cost(sown: Sown, page: Page) -> Cost:
    use(sown.name)
    client = sown.clients[page.who]
    for _ in range(WARM_UP):
        asked(client, page)
    began = worked()
    seconds = [asked(client, page)[0] for _ in range(ROUNDS)]
    work = (worked() - began) / ROUNDS
    with CaptureQueriesContext(connection) as captured:
        _, size = asked(client, page)
    return Cost(median(seconds) * 1000, quantiles(seconds, n=20)[-1] * 1000, work * 1000, len(captured), size // 1000)


def worked() -> float:
    """Seconds of this process, and of PostgreSQL's for it where it runs on this machine (in steps of a clock tick)."""
    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not stat.exists():
        return process_time()
    spent = stat.read_text().rpartition(")")[2].split()[11:13]  # after the name: user and system time are 14th and 15th
    return process_time() + sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")


def asked(client: Client, page: Page) -> tuple[float, int]:
    """Seconds, and bytes; a file is read to its end."""
    began = perf_counter()
    answer = client.get(page.address)
    body = b"".join(answer) if isinstance(answer, StreamingHttpResponse) else answer.content
    took = perf_counter() - began
    if answer.status_code != HTTPStatus.OK:
        raise AssertionError(f"{page.name} answered {answer.status_code}")
    return took, len(body)


def figure(page: Page, costs: Sequence[Cost], sown: Sequence[Sown]) -> Figure:
    """The limit holds for the largest database that is not the stress; the ratio for the largest."""
    few, many = costs[0], costs[-1]
    ratio = many.median / few.median
    told = " → ".join(f"{each.median:.0f} (p95 {each.p95:.0f}, work {each.work:.0f})" for each in costs)
    limited = [each for each, where in zip(costs, sown, strict=True) if where.size <= 100_000]
    met = ratio <= RATIO and all(each.p95 < LIMIT for each in limited)
    measured = f"{told} ms, {ratio:.2f} times, {many.queries} statements, {many.size} kB"
    return Figure(f"{page.who}: {page.name}", measured, f"p95 < {LIMIT:.0f} ms, {RATIO} times", met)


if __name__ == "__main__":
    sys.exit(main())
