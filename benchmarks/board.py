"""What the board costs with 10,000 and with 1,000,000 enquiries in the database, for an officer and for a hub officer.

    python -m benchmarks.board

Both databases are sown before the clock starts (`lafse.demo.seed`), with 3 of 100 enquiries open in each, and stay side
by side: each page is asked for by turns, so that a slower moment of the machine hits both. A page goes through the
whole stack of middleware, as the app's log-in; the time is the server's. BOARD_SIZES=1000,10000 tries it out.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

import django
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.figures import Figure, show

if TYPE_CHECKING:
    from councils.models import User

ROUNDS, WARM_UP = 5, 1
LIMIT, RATIO = 100.0, 1.5  # ms; times the smaller database's
Wish = Mapping[str, str] | str | None  # filters, something searched for, or the first page


@dataclass
class Sown:
    """A database with so many enquiries, and who is logged in to it."""

    name: str
    size: int
    clients: dict[str, Client] = field(default_factory=dict)
    typed: dict[str, dict[str, str]] = field(default_factory=dict)  # by person: what finds one of their cases


@dataclass(frozen=True)
class Cost:
    """Milliseconds, statements, and rows on the page."""

    median: float
    queries: int
    rows: int


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"  # not production's, whose static files are collected first
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):  # log lines are written, but not shown
        django.setup()
    from tests import databases  # noqa: PLC0415  # settings must stand first

    sizes = sorted(int(size) for size in os.environ.get("BOARD_SIZES", "10000,1000000").split(","))
    names: list[str] = []
    try:
        sown = []
        for size in sizes:
            names.append(databases.prepare(f"board{size}"))
            sown.append(sow(names[-1], size))
        figures = list(measured(sown))
    finally:
        for name in names:
            databases.drop(name)
    return show("The board", figures)


def sow(name: str, size: int) -> Sown:
    from lafse.demo.seed import fill  # noqa: PLC0415  # as above
    from tests.databases import as_owner  # noqa: PLC0415  # as above

    began = perf_counter()
    fill(enquiries=size, seed=1, processes=2 if size > 5000 else 1)  # fewer are quicker without helpers
    as_owner(name, "VACUUM ANALYZE")
    print(f"{size:,} enquiries sown in {perf_counter() - began:,.0f} s", flush=True)
    sown = Sown(name, size)
    for who, user in people():
        sown.clients[who] = Client(SERVER_NAME="localhost")
        sown.clients[who].force_login(user)
        sown.typed[who] = searches(user)
    return sown


def people() -> Iterator[tuple[str, "User"]]:
    """Kent is among the largest councils."""
    from councils.models import Council, Membership  # noqa: PLC0415  # as above
    from councils.roles import Role  # noqa: PLC0415  # as above
    from tests.factories import user  # noqa: PLC0415  # as above

    for who, slug, role in (("officer", "kent", Role.OFFICER), ("hub officer", "lafse-office", Role.HUB_OFFICER)):
        held = Membership.objects.filter(council__slug=slug, role=role).select_related("user").order_by("user__email")
        holder = held.first()
        yield who, holder.user if holder else user(role.label, Council.objects.get(slug=slug), role)


def searches(user: "User") -> dict[str, str]:
    """Each kind of search, for one of their cases: found by all of it, and by a beginning that many share."""
    from councils.access import access_of  # noqa: PLC0415  # as above
    from councils.tenancy import across  # noqa: PLC0415  # as above
    from enquiries.models import Enquiry  # noqa: PLC0415  # as above

    access = access_of(user)
    with across(access.councils, reason="benchmark"):
        cases = Enquiry.objects.filter(council__in=access.councils).exclude(email="").exclude(postcode="")
        case = cases.order_by("-created_at", "pk")[0]
    surname = case.name.split()[-1]
    return {
        "a name": case.name,
        "a surname": surname,
        "two letters": surname[:2],
        "an email": case.email,
        "a phone": "07700 900123",  # many have this one: there are only a thousand invented numbers
        "five digits": "07700",
        "a postcode": case.postcode,
        "an outward code": case.postcode.split()[0],
        "a reference": case.reference,
    }


def wishes() -> dict[str, Wish]:
    from enquiries.board import DueFilter, OwnerFilter, SpecialFilter, Which  # noqa: PLC0415  # as above
    from enquiries.states import Kind, State  # noqa: PLC0415  # as above

    filters: dict[str, Any] = {"state": [*Which, *State], "due": DueFilter, "owner": OwnerFilter, "kind": Kind}
    lists: dict[str, Wish] = {str(one.label): {name: one.value} for name, values in filters.items() for one in values}
    lists |= {str(one.label): {"special": one.value} for one in SpecialFilter}
    return {"the first page": None} | lists


def measured(sown: list[Sown]) -> Iterator[Figure]:
    small, large = sown[0], sown[-1]
    for who in small.clients:
        asked: dict[str, Callable[[Sown], Wish]] = {name: lambda _, wish=wish: wish for name, wish in wishes().items()}  # type: ignore[misc]  # mypy cannot infer a lambda's default
        for kind in small.typed[who]:
            asked[f"search: {kind}"] = lambda each, kind=kind, who=who: each.typed[who][kind]  # type: ignore[misc]  # as above
        for what, wish in asked.items():
            few, many = (cost(each, who, wish(each)) for each in (small, large))
            yield figure(f"{who}: {what}", few, many)


def figure(what: str, few: Cost, many: Cost) -> Figure:
    """Where the smaller database has fewer rows to show, its page is no measure for the larger one's."""
    comparable = few.rows == many.rows
    ratio = many.median / few.median
    took = f"{few.median:.0f} → {many.median:.0f} ms ({ratio:.2f})"
    told = f"{took}, {few.rows} → {many.rows} rows, {many.queries} statements"
    target = f"< {LIMIT:.0f} ms" + (f", {RATIO} times" if comparable else "")
    return Figure(what, told, target, many.median < LIMIT and (ratio <= RATIO or not comparable))


def cost(sown: Sown, who: str, wish: Wish) -> Cost:
    use(sown.name)
    client = sown.clients[who]
    seconds = [asked(client, wish)[0] for _ in range(WARM_UP + ROUNDS)]
    with CaptureQueriesContext(connection) as captured:
        _, page = asked(client, wish)
    return Cost(median(seconds[WARM_UP:]) * 1000, len(captured), page.count(b'<th scope="row">'))


def asked(client: Client, wish: Wish) -> tuple[float, bytes]:
    """Seconds, and the page."""
    board = reverse("admin:enquiries_enquiry_changelist")
    began = perf_counter()
    if wish is None:
        answer = client.get(reverse("admin:index"))
    else:
        answer = client.post(board, {"typed": wish}) if isinstance(wish, str) else client.get(board, wish)
    took = perf_counter() - began
    if answer.status_code != 200:  # OK
        raise AssertionError(f"answered {answer.status_code}")
    return took, answer.content


def use(name: str) -> None:
    """This process speaks to that database from now on."""
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


if __name__ == "__main__":
    sys.exit(main())
