"""The list of enquiries and the first page: who sees which case, what narrows it, and what it costs."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, Membership, ToDo, User
from councils.models.todos import ToDoKind
from councils.roles import Role
from councils.tenancy import across, as_council
from councils.working_time import LONDON
from enquiries import actions
from enquiries.board import DUE_FILTERS, Narrowed, OwnerFilter, SpecialFilter, Which, chosen
from enquiries.board_tallies import Tally
from enquiries.due import due
from enquiries.models import Enquiry
from enquiries.states import CloseReason, Kind, Outcome, State, Step, Way
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
LIST = reverse("admin:enquiries_enquiry_changelist")


@pytest.fixture
def kate(cast: Cast, as_user: AsUser) -> Client:
    return as_user(cast.kate)


def names(client: Client, query: str = "") -> set[str]:
    return {row.case.name for row in client.get(f"{LIST}?{query}").context["rows"]}


def found(client: Client, typed: str) -> set[str]:
    return {row.case.name for row in client.post(LIST, {"typed": typed}).context["rows"]}


def test_an_officer_sees_the_own_council_and_a_hub_officer_all(
    kent: Council, hampshire: Council, cast: Cast, as_user: AsUser
) -> None:
    factories.enquiry(kent, name="Ken")
    factories.enquiry(hampshire, name="Hana")
    assert names(as_user(cast.kate)) == {"Ken"}
    assert names(as_user(cast.hal)) == {"Hana"}
    assert names(as_user(cast.olu)) == {"Ken", "Hana"}


def test_an_officer_of_several_councils_sees_them_all(kent: Council, hampshire: Council, cast: Cast) -> None:
    Membership.objects.create(user=cast.kate, council=hampshire, role=Role.OFFICER)
    factories.enquiry(kent)
    factories.enquiry(hampshire)
    access = access_of(cast.kate)
    with across(access.councils, reason="test"):
        assert chosen(Narrowed(), access=access, now=hub_now()).count() == 2


@pytest.mark.parametrize("council", ["hampshire", "lafse-office"])
def test_another_council_asked_for_by_address_gives_nothing_of_it(
    kent: Council, hampshire: Council, cast: Cast, as_user: AsUser, council: str
) -> None:
    factories.enquiry(hampshire, name="Hana")
    asked = Council.objects.get(slug=council).pk
    assert names(as_user(cast.kate), f"council={asked}&state=all") == set()
    page = as_user(cast.kate).get(LIST).content.decode()
    assert "Hampshire" not in page


def test_another_councils_people_are_not_found(hampshire: Council, kate: Client) -> None:
    case = factories.enquiry(hampshire, name="Hana Example")
    for typed in ("Hana", "07700 900123", "erin@example.org", "ME14 1XX", case.reference):
        assert found(kate, typed) == set()


@pytest.mark.parametrize(
    "typed",
    [
        "Ken",
        "ex",
        "o'neill",
        "07700 900123",
        "+44 7700 9001",
        "+44 (0)7700 9001",
        "ERIN@",
        "me14",
        "me141xx",
    ],
)
def test_a_case_is_found_by_the_beginning_of_what_is_known(kent: Council, kate: Client, typed: str) -> None:
    factories.enquiry(kent, name="Ken Example O’Neill")
    factories.enquiry(kent, name="Zoe Zander", email="zoe@example.com", phone="+447700900456", route=_elsewhere(kent))
    assert found(kate, typed) == {"Ken Example O’Neill"}


@pytest.mark.parametrize("typed", ["Smith-Jones", "ann smith–jo", "jones", "Jones-Smith", "-Smith"])
def test_a_double_name_is_found_as_it_is_written_and_by_either_half(kent: Council, kate: Client, typed: str) -> None:
    factories.enquiry(kent, name="Ann Smith-Jones")
    factories.enquiry(kent, name="Ann Smith")
    assert "Ann Smith-Jones" in found(kate, typed)


def _elsewhere(kent: Council) -> object:
    route = factories.answers(kent).route
    return type(route)(typed="CT1 2JB", postcode="CT1 2JB", council_id=kent.pk)


def test_a_case_is_found_by_its_reference_closed_or_not(kent: Council, kate: Client, cast: Cast) -> None:
    case = factories.enquiry(kent, name="Ken")
    with as_council(kent):
        actions.take_step(case, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=access_of(cast.kate))
    assert found(kate, case.reference.lower().replace("-", " ")) == {"Ken"}
    assert names(kate) == set()


def test_what_is_searched_for_stands_in_no_address(kent: Council, kate: Client) -> None:
    for number in range(60):
        factories.enquiry(kent, email=f"ken{number}@example.org")
    page = kate.post(LIST, {"typed": "Erin"}).content.decode()
    assert "60 enquiries found for" in page
    assert "=Erin" not in page
    second = kate.post(LIST, {"typed": "Erin", "after": kate.post(LIST, {"typed": "Erin"}).context["page"].after})
    assert len(second.context["rows"]) == 10


def test_a_search_in_the_address_is_not_a_search(kent: Council, kate: Client) -> None:
    factories.enquiry(kent, name="Ken")
    assert names(kate, "typed=Nobody") == {"Ken"}


def test_filters_narrow_the_list(kent: Council, cast: Cast, kate: Client) -> None:
    by = access_of(cast.kate)
    factories.enquiry(kent, name="New")
    factories.enquiry(kent, name="Spam", suspicions=("fast",))
    mine, closed, transfer = (
        factories.enquiry(kent, name="Mine"),
        factories.enquiry(kent, name="Closed"),
        factories.enquiry(kent, name="Transfer", kind=Kind.TRANSFER),
    )
    with as_council(kent):
        actions.claim(mine, by=by)
        actions.log_attempt(mine, way=Way.CALL, outcome=Outcome.REACHED, by=by)
        actions.take_step(closed, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=by)
        actions.mark_seen(transfer, by=by)
    assert names(kate) == {"New", "Mine", "Spam", "Transfer"}
    assert names(kate, "state=closed") == {"Closed"}
    assert names(kate, "state=in_contact") == {"Mine"}
    assert names(kate, "owner=me") == {"Mine"}
    assert names(kate, "owner=nobody") == {"New", "Spam", "Transfer"}
    assert names(kate, "kind=transfer") == {"Transfer"}
    assert names(kate, "special=quarantine") == {"Spam"}
    assert names(kate, "special=unseen") == {"New", "Spam"}
    assert names(kate, "due=promised") == {"New", "Spam", "Transfer"}


def test_a_filter_that_we_do_not_offer_narrows_nothing(kent: Council, kate: Client) -> None:
    factories.enquiry(kent, name="Ken")
    assert names(kate, "state=nonsense&due=x&owner=7&kind=x&special=x&council=x&page=x") == {"Ken"}


def test_time_shows_what_is_due_and_what_was_missed(
    kent: Council, kate: Client, move_clock: Callable[[datetime], None]
) -> None:
    tuesday = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
    move_clock(tuesday)
    factories.enquiry(kent, name="Ken")
    assert names(kate, "due=today") == set()
    move_clock(tuesday + timedelta(days=1))
    assert names(kate, "due=today") == {"Ken"}
    assert names(kate, "due=late") == set()
    assert "By 5pm today" in kate.get(LIST).content.decode()
    move_clock(tuesday + timedelta(days=3))
    assert names(kate, "due=late") == names(kate, "due=missed") == {"Ken"}
    assert "Missed: overdue by 1 day" in kate.get(LIST).content.decode()


def test_the_list_shows_what_it_is_sorted_by_and_names_the_promise_only_where_that_is_next(
    kent: Council, kate: Client, cast: Cast, move_clock: Callable[[datetime], None]
) -> None:
    tuesday = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
    move_clock(tuesday)
    case = factories.enquiry(kent)
    assert due_cell(kate) == "Promise: By 5pm tomorrow"
    actions.log_attempt(case, way=Way.CALL, outcome=Outcome.WRONG_DETAILS, by=access_of(cast.kate))
    assert due_cell(kate) == "Promise: By 5pm tomorrow"
    move_clock(tuesday + timedelta(days=2))
    actions.log_attempt(case, way=Way.CALL, outcome=Outcome.WRONG_DETAILS, by=access_of(cast.kate))
    row = kate.get(LIST).context["rows"][0]
    assert row.due == due(row.case.next_due_at, hub_now())
    assert due_cell(kate).startswith("By 5pm on ")
    page = kate.get(row.url).content.decode()
    assert "Missed: overdue by" in page
    assert f'Next due: <span class="staff-due staff-due--calm">{row.due.words}</span>' in page
    assert names(kate, "due=missed") == {"Erin Example"}


def due_cell(client: Client) -> str:
    cell = re.search(r'<td data-label="Due">(.*?)</td>', client.get(LIST).content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", "", cell[1] if cell else "").split())


def test_the_most_pressing_case_stands_first(
    kent: Council, kate: Client, move_clock: Callable[[datetime], None]
) -> None:
    move_clock(datetime(2026, 11, 24, 10, 0, tzinfo=LONDON))
    factories.enquiry(kent, name="First")
    move_clock(datetime(2026, 11, 25, 10, 0, tzinfo=LONDON))
    factories.enquiry(kent, name="Second")
    assert [row.case.name for row in kate.get(LIST).context["rows"]] == ["First", "Second"]


def test_the_list_takes_the_same_queries_however_long(kent: Council, hampshire: Council, cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.olu)
    browser.get(LIST)
    counts = []
    for _ in range(2):
        for number in range(12):
            factories.enquiry(kent if number % 2 else hampshire)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(LIST).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] == LIST_QUERIES


LIST_QUERIES = 14


def plan_of(wish: Narrowed, user: User) -> str:
    access = access_of(user)
    with across(access.councils, reason="test"), connection.cursor() as cursor:
        sql, params = chosen(wish, access=access, now=hub_now()).query.sql_with_params()
        cursor.execute(f"EXPLAIN (VERBOSE) {sql}", params)
        return "\n".join(row[0] for row in cursor.fetchall())


WISHES = [
    Narrowed(),
    Narrowed(state=State.NEW),
    Narrowed(state=Which.CLOSED),
    *(Narrowed(due=due) for due in DUE_FILTERS),
    *(Narrowed(owner=owner) for owner in OwnerFilter.values),
    *(Narrowed(special=special) for special in SpecialFilter.values),
    Narrowed(kind=Kind.NEW),
    *(Narrowed(state=Which.ALL, typed=typed) for typed in ("Ken Example", "07700900123", "a@b.example", "SO23")),
]


@pytest.mark.parametrize("wish", WISHES, ids=str)
def test_every_narrowing_uses_operators_that_row_level_security_trusts(cast: Cast, wish: Narrowed) -> None:
    conditions = "\n".join(line for line in plan_of(wish, cast.olu).splitlines() if re.search(r"(Filter|Cond): ", line))
    bare = re.sub(r"'[^']*'", "", conditions)
    assert set(re.findall(r"[-+*/<>=~!@#%^&|`?]+", bare)) <= {"=", "<", ">", "<=", ">=", "<>"}
    assert set(re.findall(r"(\w+)\(", bare)) <= {"ANY", "hub_now"}


def test_the_first_page_counts_what_waits(kent: Council, hampshire: Council, cast: Cast, kate: Client) -> None:
    factories.enquiry(kent)
    factories.enquiry(kent, suspicions=("fast",))
    factories.enquiry(hampshire)
    counts = {tally.label: tally.count for tally in tallies(kate)}
    assert counts["New"] == counts["Not opened yet"] == counts["Nobody’s cases"] == 2
    assert counts["Perhaps spam"] == 1
    assert counts["My cases"] == counts["Promise missed"] == 0


def tallies(client: Client) -> list[Tally]:
    return [tally for group in client.get(reverse("admin:index")).context["groups"] for tally in group.tallies]


def test_every_figure_of_the_first_page_leads_to_as_many_rows(kent: Council, kate: Client) -> None:
    factories.enquiry(kent)
    factories.enquiry(kent, suspicions=("fast",))
    for tally in tallies(kate):
        if LIST + "?" in tally.url:
            assert len(kate.get(tally.url).context["rows"]) == tally.count


def a_todo(office: Council, case: Enquiry) -> ToDo:
    with as_council(office):
        return ToDo.objects.create(
            council=office,
            kind=ToDoKind.UNSEEN,
            subject_kind="enquiry",
            subject_id=case.pk,
            about_council_id=case.council_id,
            due_at=case.promise_due_at,
        )


TODOS = reverse("admin:enquiries_enquiry_todos")


def test_a_hub_officer_finishes_a_to_do_once(kent: Council, office: Council, cast: Cast, as_user: AsUser) -> None:
    case, client = factories.enquiry(kent), as_user(cast.olu)
    todo = a_todo(office, case)
    assert case.reference in client.get(TODOS).content.decode()
    for _ in range(2):
        assert client.post(reverse("admin:enquiries_enquiry_todo_done", args=[todo.pk])).status_code == 302
    with as_council(office):
        todo.refresh_from_db()
    assert todo.done_by_id == cast.olu.pk
    assert "Nothing to do here." in client.get(TODOS).content.decode()


def test_the_hub_offices_to_dos_are_nobody_elses(kent: Council, office: Council, cast: Cast, as_user: AsUser) -> None:
    todo = a_todo(office, factories.enquiry(kent))
    client = as_user(cast.kate)
    assert "Nothing to do here." in client.get(TODOS).content.decode()
    assert client.post(reverse("admin:enquiries_enquiry_todo_done", args=[todo.pk])).status_code == 404


def test_the_first_page_lists_the_most_pressing_cases_of_the_own_councils(
    kent: Council, hampshire: Council, kate: Client
) -> None:
    factories.enquiry(kent, name="Ken")
    factories.enquiry(hampshire, name="Hana")
    page = kate.get(reverse("admin:index")).content.decode()
    assert "Ken" in page
    assert "Hana" not in page
