"""The file with a line for each household: who takes it, what is in it, that it adds up, and what is written down."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from councils.models import Council, Event, EventDetail, User
from councils.tenancy import as_council, as_hub
from dashboards.actions.folding import fold_hub
from dashboards.actions.taking_out import VERB
from dashboards.exports.households import COLUMNS
from dashboards.exports.yearly import statistical_file
from enquiries.models import Enquiry
from enquiries.rights.purposes import EXPORTED
from tests import factories
from tests.dashboards.small_hub import SmallHub, small_hub, sown
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
    told = lines(as_user(small_hub.ada).post(FILE, WHY))
    with as_hub(small_hub.hub):
        made = statistical_file(small_hub.hub, [small_hub.kent, small_hub.hampshire], 2026)

    def count(council: str, column: str, flag: str = "initial_enquiry", whose: str = "council", **where: str) -> int:
        mine = [line for line in told if line[whose] == council and line[flag] == "1"]
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
        kept = {"whose": "promised_by", "promise": "kept"}
        both = (count(council, "promised_for", flag, **kept) for flag in ("initial_enquiry", "other_enquiry"))
        assert figures["promises_kept"] == sum(both)


def test_what_was_held_back_is_not_in_it(small_hub: SmallHub, as_user: AsUser) -> None:
    held = factories.enquiry(small_hub.kent)
    with as_council(small_hub.kent):
        Enquiry.objects.filter(pk=held.pk).update(quarantined=True)
    fold_hub(small_hub.hub)
    assert str(held.journey_id) not in {line["journey"] for line in lines(as_user(small_hub.cast.mina).post(FILE, WHY))}
