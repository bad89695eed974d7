"""The file with a line for each household: who takes it, what is in it, that it adds up, and what is written down."""

import csv
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import access_of
from councils.models import Council, Event, EventDetail, User
from councils.tenancy import as_council, as_hub
from councils.working_time import LONDON
from dashboards.actions.folding import fold_hub
from dashboards.actions.taking_out import VERB
from dashboards.exports.households import COLUMNS
from dashboards.exports.yearly import statistical_file
from enquiries import actions
from enquiries.actions.changing import locked
from enquiries.actions.hearing import heard_from
from enquiries.models import Enquiry
from enquiries.rights.purposes import EXPORTED
from enquiries.states import CloseReason, Outcome, Step, Way
from tests import factories
from tests.dashboards.small_hub import SmallHub, move, small_hub, sown
from tests.dashboards.test_numbers import told_of

__all__ = ["small_hub", "sown"]

AsUser = Callable[[User], Client]
FILE = reverse("admin:dashboards_cell_households")
WHY = {"year": "2026", "purpose": "analysis", "words": "For Ada, until May"}


def lines(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def written(council: Council) -> list[tuple[Event, str]]:
    with as_council(council):
        events = list(Event.objects.filter(council=council, verb="households.exported"))
        return [(event, EventDetail.objects.get(council=council, event=event).old) for event in events]


def test_a_manager_takes_their_own_council_and_the_analyst_all(small_hub: SmallHub, as_user: AsUser) -> None:
    own = lines(as_user(small_hub.cast.mina).post(FILE, WHY))
    assert [line["council"] for line in own] == [small_hub.kent.name] * 4
    every = lines(as_user(small_hub.ada).post(FILE, WHY))
    assert sorted(line["council"] for line in every) == [small_hub.hampshire.name, *[small_hub.kent.name] * 4]


@pytest.mark.parametrize("who", ["rhea", "kate", "olu"])
def test_nobody_else_takes_it_least_of_all_the_lead(small_hub: SmallHub, as_user: AsUser, who: str) -> None:
    client = as_user(getattr(small_hub.cast, who))
    assert client.get(FILE).status_code == client.post(FILE, WHY).status_code == 403


def test_who_leads_the_region_finds_no_link_to_it(small_hub: SmallHub, as_user: AsUser) -> None:
    page = reverse("admin:dashboards_cell_numbers")
    assert FILE.encode() in as_user(small_hub.ada).get(page).content
    assert FILE.encode() not in as_user(small_hub.cast.rhea).get(page).content


def test_each_council_is_told_that_it_was_taken_out(small_hub: SmallHub, as_user: AsUser) -> None:
    as_user(small_hub.ada).post(FILE, WHY)
    for council, rows in ((small_hub.kent, 4), (small_hub.hampshire, 1)):
        ((event, words),) = written(council)
        assert (event.by_id, event.facts["rows"], event.facts["year"]) == (small_hub.ada.pk, rows, "2026-27")
        assert (event.facts["purpose"], words) == ("analysis", "For Ada, until May")
        assert "Ada" not in str(event.facts)


def test_why_it_was_taken_out_is_forgotten_in_time_as_with_other_lists() -> None:
    assert VERB in EXPORTED


@pytest.mark.parametrize("left_out", ["year", "purpose", "words"])
def test_without_a_reason_there_is_no_file(small_hub: SmallHub, as_user: AsUser, left_out: str) -> None:
    answer = as_user(small_hub.cast.mina).post(FILE, WHY | {left_out: ""})
    assert answer.status_code == 422
    assert b"There is a problem" in answer.content
    assert written(small_hub.kent) == []


def test_it_names_nobody_and_has_no_free_text(small_hub: SmallHub, as_user: AsUser) -> None:
    factories.enquiry(small_hub.kent, name="Zebedee Zoo", email="zebedee@example.org")
    fold_hub(small_hub.hub)
    made = as_user(small_hub.cast.mina).post(FILE, WHY)
    assert list(lines(made)[0]) == [column.column for column in COLUMNS]
    text = made.content.decode().lower()
    assert not [
        word
        for word in ("zebedee", "erin", "example.org", "me14", "07700", small_hub.approved.reference.lower())
        if word in text
    ]


def test_its_lines_add_up_to_the_figures_of_the_year(small_hub: SmallHub, as_user: AsUser) -> None:
    came_back(small_hub, datetime(2026, 6, 2, 10, tzinfo=LONDON), 1, 1, after=timedelta(days=60))
    told = lines(as_user(small_hub.ada).post(FILE, WHY))
    with as_hub(small_hub.hub):
        made = statistical_file(small_hub.hub, [small_hub.kent, small_hub.hampshire], 2026)

    def count(council: str, column: str, flag: str = "initial_enquiry", **where: str) -> int:
        mine = [line for line in told if line["council"] == council and line[flag] == "1"]
        fitting = [line for line in mine if all(line[name] == value for name, value in where.items())]
        return sum("2026-04-01" <= line[column] <= "2027-03-31" for line in fitting)

    for council in (small_hub.kent.name, small_hub.hampshire.name):
        figures = told_of(made, council)
        assert figures["initial_enquiries"] == count(council, "enquired_on")
        assert figures["other_enquiries"] == count(council, "enquired_on", "other_enquiry")
        assert figures["households_enquiring"] == count(council, "enquired_on", "first_of_year")
        assert figures["initial_visits"] == count(council, "visited_on")
        assert figures["applications"] == count(council, "applied_on")
        assert figures["approvals"] == count(council, "approved_on")
        assert figures["applications_withdrawn_AW3"] == count(council, "ended_on", ofsted_reason="AW3")
        assert figures["promises_kept"] == kept_by(council, told)


def kept_by(council: str, told: list[dict[str, str]]) -> int:
    """In the year: the newest promise of each line, and those before."""
    counted = [line for line in told if "1" in (line["initial_enquiry"], line["other_enquiry"])]
    every = [(line["promised_by"], line["promise"], line["promised_for"]) for line in counted]
    for line in counted:
        parts = (line[f"earlier_{name}"].split("; ") for name in ("promised_by", "promise", "promised_for"))
        every += zip(*parts, strict=True)
    return sum((who, became) == (council, "kept") and "2026-04-01" <= on <= "2027-03-31" for who, became, on in every)


def test_what_was_held_back_is_not_in_it(small_hub: SmallHub, as_user: AsUser) -> None:
    held = factories.enquiry(small_hub.kent)
    with as_council(small_hub.kent):
        Enquiry.objects.filter(pk=held.pk).update(quarantined=True)
    fold_hub(small_hub.hub)
    assert str(held.journey_id) not in {line["journey"] for line in lines(as_user(small_hub.cast.mina).post(FILE, WHY))}


def came_back(hub: SmallHub, came: datetime, *hours: int, after: timedelta) -> Enquiry:
    """Each time nobody answered so many hours after they were promised a call, they withdrew, and wrote again later."""
    move(came)
    case, by = factories.enquiry(hub.kent), access_of(hub.cast.mina)
    for number, each in enumerate(hours, start=1):
        move(came + (number - 1) * after + timedelta(hours=each))
        actions.log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=by)
        actions.take_step(case, Step.WITHDRAW, reason=CloseReason.HEALTH, by=by)
        move(came + number * after)
        with as_council(hub.kent):
            case = locked(hub.kent.pk, case.pk)
            heard_from(case, todo=None, reopen=True)
    fold_hub(hub.hub)
    return case


def test_promises_before_the_newest_stand_in_it_one_after_the_other(small_hub: SmallHub, as_user: AsUser) -> None:
    came = datetime(2026, 1, 12, 10, tzinfo=LONDON)
    case = came_back(small_hub, came, 1, 240, after=timedelta(days=60))
    told = lines(as_user(small_hub.cast.mina).post(FILE, WHY | {"year": "2025"}))
    (line,) = [line for line in told if line["journey"] == str(case.journey_id)]
    assert line["earlier_promises"] == "2"
    assert line["earlier_promise"] == "kept; late"
    assert line["earlier_promised_for"] == "2026-01-13; 2026-03-16"
    assert line["earlier_promised_by"] == f"{small_hub.kent.name}; {small_hub.kent.name}"
    assert (line["promise"], line["promised_for"]) == ("running", "2026-05-13")


def test_of_whom_nothing_but_an_earlier_promise_is_of_the_year_is_in_its_file(
    small_hub: SmallHub, as_user: AsUser
) -> None:
    """Came on the last day of March, was promised a call in April, and came back a year later."""
    case = came_back(small_hub, datetime(2025, 3, 31, 10, tzinfo=LONDON), 24, after=timedelta(days=400))
    client, there = as_user(small_hub.cast.mina), str(case.journey_id)
    told = {year: lines(client.post(FILE, WHY | {"year": year})) for year in ("2024", "2025", "2026")}
    found = {year: [line for line in made if line["journey"] == there] for year, made in told.items()}
    assert {year: len(each) for year, each in found.items()} == {"2024": 1, "2025": 1, "2026": 1}
    (line,) = found["2025"]
    assert (line["enquired_on"], line["promised_for"]) == ("2025-03-31", "2026-05-06")
    assert (line["earlier_promised_for"], line["earlier_promise"]) == ("2025-04-01", "kept")
