"""Two at the same moment. Each race is run twice: with the locks it is decided, without them the test sees the fault.

The first to act holds its transaction open until the second has finished or is waiting. Without locks means a database
that has no SELECT … FOR UPDATE, as Django knows them: then it leaves the words out.
"""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.db import connection

from councils.access import Access, access_of
from councils.models import Assignment, Council, Membership, User
from councils.refusals import Refused
from councils.roles import Role
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries import actions
from enquiries.actions.bulk import Done
from enquiries.models import Enquiry
from enquiries.states import CloseReason, Step
from tests import factories

Act = Callable[[], object]
LONG_ENOUGH = 2.0  # seconds in which the second would have finished
_A_MOMENT = 0.02
_SOMEBODY_WAITS = """
    SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))
"""


@pytest.fixture
def kent(committed_db: None) -> Iterator[Council]:
    council = Council.objects.get(slug="kent")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM testing.clock")
        cursor.execute("INSERT INTO testing.clock VALUES (%s)", [datetime(2026, 11, 23, 10, tzinfo=LONDON)])
    yield council
    Council.objects.filter(pk=council.pk).update(assignment=Assignment.NOBODY)  # councils outlive a test


@pytest.fixture
def officers(kent: Council) -> dict[str, Access]:
    roles = {"Kate": Role.OFFICER, "Ken": Role.OFFICER, "Mina": Role.MANAGER}
    return {name: access_of(factories.user(name, kent, role)) for name, role in roles.items()}


def race(council: Council, first: Act, second: Act, *, locks: bool) -> list[str]:
    """What was refused, in the order of the two."""
    told = ["", ""]
    acted, other_done = threading.Event(), threading.Event()

    def one() -> None:
        with as_council(council):
            _try(first, told, 0)
            acted.set()
            _until_it_waits_for_us(other_done)

    def other() -> None:
        acted.wait(10)
        _try(second, told, 1)
        other_done.set()

    threads = [threading.Thread(target=_on_own_connection, args=(work, locks)) for work in (one, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return told


def _until_it_waits_for_us(done: threading.Event) -> None:
    """Or has finished, or long enough."""
    for _ in range(round(LONG_ENOUGH / _A_MOMENT)):
        with connection.cursor() as cursor:
            cursor.execute(_SOMEBODY_WAITS)
            if cursor.fetchone() == (True,) or done.wait(_A_MOMENT):
                return


def _try(act: Act, told: list[str], number: int) -> None:
    try:
        act()
    except Refused as refusal:
        told[number] = str(refusal)


def _on_own_connection(work: Act, locks: bool) -> None:
    connection.features.has_select_for_update = locks
    try:
        work()
    finally:
        connection.close()


def owners(council: Council) -> list[str]:
    with as_council(council):
        return sorted(case.owner.name if case.owner else "" for case in Enquiry.objects.select_related("owner").all())


def arrive(council: Council, number: int) -> Act:
    return lambda: factories.enquiry(council, email=f"erin{number}@example.org")


@pytest.mark.parametrize(("locks", "expected"), [(True, ["Kate", "Ken"]), (False, ["Kate", "Kate"])])
@pytest.mark.parametrize("how", [Assignment.IN_TURN, Assignment.BY_LOAD])
def test_two_that_arrive_at_once_go_to_two_people(
    kent: Council, officers: dict[str, Access], how: Assignment, locks: bool, expected: list[str]
) -> None:
    Council.objects.filter(pk=kent.pk).update(assignment=how)
    race(kent, arrive(kent, 1), arrive(kent, 2), locks=locks)
    assert owners(kent) == expected


def test_many_that_arrive_at_once_are_shared_out(kent: Council, officers: dict[str, Access]) -> None:
    Council.objects.filter(pk=kent.pk).update(assignment=Assignment.IN_TURN)
    gate = threading.Barrier(4)

    def send(number: int) -> None:
        gate.wait(10)
        for each in range(5):
            arrive(kent, 10 * number + each)()

    threads = [
        threading.Thread(target=_on_own_connection, args=(lambda number=number: send(number), True))
        for number in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert owners(kent) == ["Kate"] * 10 + ["Ken"] * 10
    assert sorted(Membership.objects.values_list("turn", flat=True)) == [0, 19, 20]


@pytest.mark.parametrize(
    ("locks", "owner", "refused"),
    [(True, "Kate", "Kate has this case already."), (False, "Ken", "")],  # Kate was told that it is hers
)
def test_of_two_who_take_a_case_the_second_is_told(
    kent: Council, officers: dict[str, Access], locks: bool, owner: str, refused: str
) -> None:
    case = factories.enquiry(kent)
    kate, ken = officers["Kate"], officers["Ken"]
    told = race(kent, lambda: actions.claim(case, by=kate), lambda: actions.claim(case, by=ken), locks=locks)
    assert (owners(kent), told) == ([owner], ["", refused])


@pytest.mark.parametrize(
    ("locks", "owner", "refused"),
    [(True, "Kate", "Kate has this case now: it changed since you opened the page."), (False, "Ken", "")],
)
def test_a_case_that_is_taken_at_that_moment_is_not_given_away(
    kent: Council, officers: dict[str, Access], locks: bool, owner: str, refused: str
) -> None:
    case = factories.enquiry(kent)
    to_ken = User.objects.get(name="Ken")

    def give() -> None:
        actions.assign(case, to=to_ken, instead_of=None, by=officers["Mina"])

    told = race(kent, lambda: actions.claim(case, by=officers["Kate"]), give, locks=locks)
    assert owners(kent) == [owner]
    assert told[1].startswith(refused)
    assert bool(told[1]) is bool(refused)


@pytest.mark.parametrize(("locks", "second"), [(True, Done(0, 1, ())), (False, Done(1, 0, ()))])
def test_a_second_click_that_closes_many_finds_them_closed(
    kent: Council, officers: dict[str, Access], locks: bool, second: Done
) -> None:
    case, done = factories.enquiry(kent), []

    def close() -> None:
        with as_council(kent):
            step, reason = Step.WITHDRAW, CloseReason.NO_ROOM
            done.append(actions.close_many([case.pk], step=step, reason=reason, by=officers["Kate"]))

    race(kent, close, close, locks=locks)
    assert done == [Done(1, 0, ()), second]


@pytest.mark.parametrize(
    ("locks", "owner", "refused"), [(True, "Ken", "Ken has this case already."), (False, "Kate", "")]
)
def test_a_case_that_is_given_away_at_that_moment_cannot_be_taken(
    kent: Council, officers: dict[str, Access], locks: bool, owner: str, refused: str
) -> None:
    case = factories.enquiry(kent)
    to_ken = User.objects.get(name="Ken")
    told = race(
        kent,
        lambda: actions.assign(case, to=to_ken, by=officers["Mina"]),
        lambda: actions.claim(case, by=officers["Kate"]),
        locks=locks,
    )
    assert (owners(kent), told[1]) == ([owner], refused)
