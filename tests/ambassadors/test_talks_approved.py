"""A manager approves time and mileage or sends it back, and takes a month of it out without any enquirer."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ambassadors.actions import logging
from ambassadors.actions.logging import Entry, as_seen
from ambassadors.log.amounts import for_miles, for_time
from ambassadors.log.table import COLUMNS
from ambassadors.models import Ambassador, Scheme, Talk
from ambassadors.states import TalkBy
from councils.access import access_of
from councils.models import Council, Event, EventDetail, User
from councils.refusals import Refused
from councils.roles import Role
from councils.tenancy import as_council
from councils.working_time import LONDON
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
LIST, EXPORT = reverse("admin:ambassadors_talk_changelist"), reverse("admin:ambassadors_talk_export")
WHY = {"purpose": "pay", "words": "For the November payroll", "month": "2026-10"}


@pytest.fixture(autouse=True)
def in_november(move_clock: Callable[[datetime], None]) -> None:
    move_clock(datetime(2026, 11, 3, 10, tzinfo=LONDON))


@pytest.fixture
def mina(cast: Cast, as_user: AsUser) -> Client:
    return as_user(cast.mina)


@pytest.fixture
def anna(kent: Council) -> Ambassador:
    return factories.ambassador(kent, first_name="Anna")


def logged(ambassador: Ambassador, **given: Any) -> Talk:
    with as_council(ambassador.council_id):
        told = {"on": date(2026, 10, 5), "way": "event", "minutes": 45, "miles": Decimal("12.5")} | given
        return Talk.objects.create(council_id=ambassador.council_id, ambassador=ambassador, **told)


def approved(ambassador: Ambassador, **given: Any) -> Talk:
    by = factories.coordinator(ambassador.council)
    return logged(ambassador, state="approved", decided_by=by, decided_at=datetime(2026, 11, 2, tzinfo=LONDON), **given)


def tick(talk: Talk) -> str:
    return f"{talk.pk}/{as_seen(talk)}"


def now(talk: Talk) -> Talk:
    with as_council(talk.council_id):
        return Talk.objects.get(pk=talk.pk)


def lines(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def exported(council: Council) -> list[Event]:
    with as_council(council):
        return list(Event.objects.filter(council=council, verb="talks.exported"))


def test_a_manager_approves_what_is_ticked_and_only_that(anna: Ambassador, mina: Client, cast: Cast) -> None:
    first, second = logged(anna), logged(anna, minutes=30)
    page = mina.get(LIST).content.decode()
    assert f'value="{tick(first)}"' in page
    for _ in range(2):
        assert mina.post(LIST, {"approve": "yes", "talk": [tick(first)]}).status_code == 302
    assert (now(first).state, now(first).decided_by, now(second).state) == ("approved", cast.mina, "logged")
    with as_council(anna.council_id):
        assert Event.objects.filter(verb="talk.approved").count() == 1


def test_several_are_approved_at_once(anna: Ambassador, mina: Client) -> None:
    both = [logged(anna), logged(anna, minutes=30)]
    mina.post(LIST, {"approve": "yes", "talk": [tick(each) for each in both]})
    assert [now(each).state for each in both] == ["approved"] * 2


def test_what_is_sent_back_says_why(anna: Ambassador, mina: Client) -> None:
    talk = logged(anna)
    answer = mina.post(LIST, {"send_back": "yes", "talk": [tick(talk)], "words": ""})
    assert answer.status_code == 409
    assert "Say why you send it back" in answer.content.decode()
    mina.post(LIST, {"send_back": "yes", "talk": [tick(talk)], "words": "Was it 15 miles?"})
    assert (now(talk).state, now(talk).answer) == ("sent_back", "Was it 15 miles?")


@pytest.mark.parametrize("button", ["approve", "send_back"])
def test_nothing_ticked_is_said(anna: Ambassador, mina: Client, button: str) -> None:
    logged(anna)
    answer = mina.post(LIST, {button: "yes", "talk": ["nonsense"], "words": "x"})
    assert answer.status_code == 409
    assert "Tick what you would like to decide first." in answer.content.decode()


def test_what_was_changed_meanwhile_is_not_approved_unseen(anna: Ambassador, mina: Client) -> None:
    first, second = logged(anna), logged(anna, minutes=30)
    ticks = [tick(first), tick(second)]
    entry = Entry(on=first.on, way=TalkBy.EVENT, minutes=600, miles=Decimal("300.0"), note="")
    logging.change_talk(first, entry, by=anna.pk)
    answer = mina.post(LIST, {"approve": "yes", "talk": ticks})
    assert answer.status_code == 409
    assert "has changed this since you opened the page" in answer.content.decode()
    assert (now(first).state, now(second).state) == ("logged", "logged")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.COORDINATOR, Role.SAFEGUARDING, Role.HUB_OFFICER])
def test_who_does_not_approve_is_refused(anna: Ambassador, kent: Council, as_user: AsUser, role: Role) -> None:
    talk, user = logged(anna), factories.user("Nosy", kent, role)
    client = as_user(user)
    assert [client.get(LIST).status_code, client.get(EXPORT).status_code] == [403, 403]
    assert client.post(LIST, {"approve": "yes", "talk": [tick(talk)]}).status_code == 403
    assert client.post(EXPORT, WHY).status_code == 403
    with pytest.raises(Refused):
        logging.approve({}, by=access_of(user))
    assert now(talk).state == "logged"


def test_another_councils_log_is_not_there(anna: Ambassador, hampshire: Council, mina: Client) -> None:
    theirs = logged(factories.ambassador(hampshire, first_name="Hilda"))
    assert "Hilda" not in mina.get(LIST).content.decode()
    mina.post(LIST, {"approve": "yes", "talk": [tick(theirs)]})
    assert now(theirs).state == "logged"
    approved(factories.ambassador(hampshire, first_name="Hilda"))
    assert lines(mina.post(EXPORT, WHY)) == []
    assert exported(hampshire) == []


def test_a_month_has_its_sums(anna: Ambassador, kent: Council, mina: Client) -> None:
    Scheme.objects.create(council=kent, rate_an_hour=Decimal("12.00"), rate_a_mile=Decimal("0.45"))
    approved(anna)
    approved(anna, minutes=30, miles=0)
    approved(anna, on=date(2026, 9, 30), minutes=999)
    logged(anna, minutes=777)
    page = mina.get(f"{LIST}?month=2026-10").content.decode()
    assert "2: 1 h 15 min, 12.5 miles" in page
    assert "£15.00" in page
    assert "£5.63" in page
    assert "16 h 39 min" in mina.get(f"{LIST}?month=2026-09").content.decode()


def test_amounts_are_rounded_to_the_penny_by_entry() -> None:
    assert for_time(1, Decimal("10.01")) == Decimal("0.17")
    assert for_miles(Decimal("12.5"), Decimal("0.45")) == Decimal("5.63")
    assert (for_time(60, None), for_miles(Decimal(1), None)) == (None, None)


def test_the_file_has_the_approved_ones_of_the_month_and_no_enquirer(
    anna: Ambassador, kent: Council, mina: Client
) -> None:
    Scheme.objects.create(council=kent, rate_an_hour=Decimal("12.00"), rate_a_mile=Decimal("0.45"))
    approved(anna, note="We met Zebedee")
    approved(anna, on=date(2026, 9, 30))
    logged(anna)
    answer = mina.post(EXPORT, WHY)
    assert answer["Content-Disposition"] == 'attachment; filename="time-and-mileage-2026-10.csv"'
    (row,) = lines(answer)
    assert list(row) == list(COLUMNS)
    assert row == {
        "Council": kent.name,
        "Ambassador": "Anna",
        "Ambassador number": anna.pk.hex[:8],
        "Date": "2026-10-05",
        "What": "Conversation",
        "How": "In person, at a council’s event",
        "Minutes": "45",
        "Miles": "12.5",
        "For time (£)": "9.00",
        "For mileage (£)": "5.63",
        "Approved on": "2026-11-02",
    }
    assert "Zebedee" not in answer.content.decode()


def test_without_a_rate_the_amount_is_empty_and_the_page_says_why(
    anna: Ambassador, kent: Council, mina: Client
) -> None:
    Scheme.objects.create(council=kent, rate_a_mile=Decimal("0.45"))
    approved(anna)
    page = mina.get(f"{EXPORT}?month=2026-10").content.decode()
    assert f"{kent.name} has set no rate an hour, so that amount is empty" in page
    (row,) = lines(mina.post(EXPORT, WHY))
    assert (row["For time (£)"], row["For mileage (£)"]) == ("", "5.63")


def test_a_formula_for_a_name_is_a_text(kent: Council, mina: Client) -> None:
    approved(factories.ambassador(kent, first_name="=1+1"))
    (row,) = lines(mina.post(EXPORT, WHY))
    assert row["Ambassador"] == "'=1+1"


def test_who_took_what_out_and_why_is_written_down(anna: Ambassador, kent: Council, mina: Client, cast: Cast) -> None:
    approved(anna)
    mina.post(EXPORT, WHY)
    (event,) = exported(kent)
    assert event.by == cast.mina
    assert event.facts | {"export": ""} == {
        "purpose": "pay",
        "columns": list(COLUMNS),
        "month": "2026-10",
        "file": "csv",
        "rows": 1,
        "export": "",
    }
    with as_council(kent):
        assert EventDetail.objects.get(event=event).old == "For the November payroll"


@pytest.mark.parametrize(
    ("left_out", "told"),
    [("purpose", "Choose what the list is for."), ("words", "Say in your own words what the list is for.")],
)
def test_without_a_purpose_nothing_leaves(
    anna: Ambassador, kent: Council, mina: Client, left_out: str, told: str
) -> None:
    approved(anna)
    answer = mina.post(EXPORT, WHY | {left_out: ""})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    mina.get(EXPORT, WHY)
    assert exported(kent) == []


def test_a_hub_manager_takes_out_every_council_and_each_is_told_of_its_own(
    anna: Ambassador, kent: Council, hampshire: Council, office: Council, as_user: AsUser
) -> None:
    approved(anna)
    for _ in range(2):
        approved(factories.ambassador(hampshire, first_name="Hilda"))
    rows = lines(as_user(factories.user("Hannah", office, Role.HUB_MANAGER)).post(EXPORT, WHY))
    assert sorted(row["Ambassador"] for row in rows) == ["Anna", "Hilda", "Hilda"]
    assert len({row["Ambassador number"] for row in rows}) == 3
    assert (exported(kent)[0].facts["rows"], exported(hampshire)[0].facts["rows"]) == (1, 2)


def test_the_list_costs_the_same_queries_for_one_entry_and_for_ten(anna: Ambassador, mina: Client) -> None:
    costs = []
    for number in range(10):
        logged(anna, minutes=number + 1)
        approved(anna, minutes=number + 1)
        if number in (0, 9):
            with CaptureQueriesContext(connection) as queries:
                mina.get(f"{LIST}?month=2026-10")
            costs.append(len(queries))
    assert costs[0] == costs[1]
