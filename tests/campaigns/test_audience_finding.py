"""Each rule finds whom it names and nobody else; what stands outside the small worlds of the recount."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from campaigns.audiences.choosing import tally
from campaigns.audiences.finding import people
from campaigns.audiences.rules import read
from campaigns.models import Attendance, Look
from campaigns.states import BookingState, Excluded, GatheringKind, Purpose
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_council
from enquiries.came_states import Source
from enquiries.models import Enquiry
from enquiries.models.touches import Touch
from enquiries.states import Channel
from tests.campaigns.audience import case, closed, reader, subscriber

Change = dict[str, Any]


def found(council: Council, **rules: Any) -> set[str]:
    with as_council(council):
        return set(people(read(rules), [council.pk]).values_list("first_name", flat=True))


def named(council: Council, name: str, **given: Any) -> Enquiry:
    of = reader(council, **given)
    with as_council(council):
        type(of).objects.filter(pk=of.pk).update(first_name=name)
        assert of.enquiry
        return of.enquiry


@pytest.mark.parametrize(
    ("rules", "yes", "no"),
    [
        ({"areas": ["E07000110"]}, {"area_code": "E07000110"}, {"area_code": "E07000116"}),
        ({"states": ["visited"]}, {"state": "visited"}, {"state": "in_contact"}),
        (
            {"states": ["new", "not_yet"], "reasons": ["health"]},
            closed(close_reason="health"),
            closed(close_reason="no_room"),
        ),
        ({"interests": ["siblings", "remand"]}, {"care_kinds": ["siblings"]}, {"care_kinds": ["short_breaks"]}),
        ({"interests": ["siblings"]}, {"care_kinds": ["remand", "siblings"]}, {"care_kinds": []}),
    ],
)
def test_a_rule_finds_whom_it_names(kent: Council, rules: Change, yes: Change, no: Change) -> None:
    named(kent, "Yes", **yes)
    named(kent, "No", **no)
    assert found(kent, **rules) == {"Yes"}


@pytest.mark.parametrize(
    ("rules", "yes", "no"),
    [
        ({"asked_before": 30}, {"created_at": 30}, {"created_at": 29}),
        ({"asked_within": 30}, {"created_at": 30}, {"created_at": 31}),
        ({"unheard": 30}, {"reached_at": 30, "heard_at": 31}, {"reached_at": 31, "heard_at": 29}),
    ],
)
def test_days_are_counted_to_the_moment(kent: Council, rules: Change, yes: Change, no: Change) -> None:
    for name, days in (("Yes", yes), ("No", no)):
        named(kent, name, **{field: hub_now() - timedelta(days=since) for field, since in days.items()})
    assert found(kent, **rules) == {"Yes"}


def test_whoever_never_enquired_is_found_by_what_they_told(kent: Council) -> None:
    subscriber(kent, area_code="E07000110", interests=["siblings"])
    named(kent, "Enquired", area_code="E07000116")
    assert found(kent, areas=["E07000110"], interests=["siblings"]) == {"Erin"}
    assert found(kent, case="without") == {"Erin"}
    assert found(kent, case="with") == {"Enquired"}
    assert found(kent, states=["new"]) == {"Enquired"}


def test_any_visit_of_a_journey_counts_for_how_somebody_came(kent: Council) -> None:
    radio = named(kent, "Radio")
    named(kent, "Other")
    with as_council(kent):
        Touch.objects.create(
            council=kent, enquiry=radio, journey_id=radio.journey_id, channel=Channel.WEB, source=Source.RADIO_TV
        )
    assert found(kent, sources=["radio_tv", "print"]) == {"Radio"}


@pytest.mark.parametrize(
    ("attended", "who"),
    [("booked", {"Came", "Missed"}), ("came", {"Came"}), ("missed", {"Missed"}), ("never", {"Never", "Erin"})],
)
def test_events_are_those_of_the_journey(kent: Council, attended: str, who: set[str]) -> None:
    for name, state in (("Came", BookingState.CAME), ("Missed", BookingState.MISSED)):
        attend(named(kent, name), state)
    attend(earlier_of(named(kent, "Came")), BookingState.CAME)
    named(kent, "Never")
    subscriber(kent)
    assert found(kent, attended=attended) == who


def attend(of: Enquiry, state: BookingState) -> None:
    with as_council(of.council_id):
        Attendance.objects.create(
            council_id=of.council_id,
            enquiry=of,
            host_id=of.council_id,
            gathering_key=uuid4(),
            booking_key=uuid4(),
            kind=GatheringKind.EVENING,
            title="An evening",
            starts_at=hub_now(),
            state=state,
        )


def earlier_of(later: Enquiry) -> Enquiry:
    return case(later.council, journey_id=later.journey_id)


def count(council: Council, look: Look | None = None, **rules: Any) -> dict[str, int]:
    told = tally(read(rules), Purpose.NEWS, [council.pk], look or Look(council=council))
    return {"included": told.included, **{str(reason): number for reason, number in told.excluded.items()}}


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"visit_at": timedelta(days=3)}, Excluded.IN_CONVERSATION),
        ({"heard_at": timedelta(days=-13)}, Excluded.IN_CONVERSATION),
        ({"heard_at": timedelta(days=-14)}, None),
        ({"promise_kept_at": None}, Excluded.IN_CONVERSATION),
        ({"news_by_email": False}, Excluded.NO_CONSENT),
        ({"email": "another@example.org"}, Excluded.NO_CONSENT),
    ],
)
def test_whoever_talks_with_us_is_left_in_peace(kent: Council, given: Change, reason: Excluded | None) -> None:
    now = hub_now()
    of = reader(kent)
    assert of.enquiry_id
    changed = {name: now + value if isinstance(value, timedelta) else value for name, value in given.items()}
    with as_council(kent):
        Enquiry.objects.filter(pk=of.enquiry_id).update(**changed)
    assert count(kent) == ({"included": 1} if reason is None else {"included": 0, str(reason): 1})


@pytest.mark.parametrize(("days", "included"), [(0, 1), (3, 1), (4, 0)])
def test_nobody_is_written_to_twice_within_the_days_of_rest(kent: Council, days: int, included: int) -> None:
    subscriber(kent, last_mailed_at=hub_now() - timedelta(days=3))
    assert count(kent, Look(council=kent, rest_days=days))["included"] == included


def test_a_talk_is_told_before_an_email_of_the_last_days(kent: Council) -> None:
    talking = reader(kent, promise_kept_at=None)
    with as_council(kent):
        type(talking).objects.filter(pk=talking.pk).update(last_mailed_at=hub_now())
    assert count(kent) == {"included": 0, "in_conversation": 1}


def test_whoever_is_erased_is_nobody(kent: Council) -> None:
    """Neither their subscription, which is emptied with the case, nor the case."""
    emptied = subscriber(kent)
    with as_council(kent):
        type(emptied).objects.filter(pk=emptied.pk).update(address="", address_hash="", state="ended")
    assert count(kent) == {"included": 0}


def test_a_case_without_an_address_is_told_apart(kent: Council) -> None:
    of = case(kent)
    with as_council(kent):
        Enquiry.objects.filter(pk=of.pk).update(email="", news_by_email=False)
    assert count(kent) == {"included": 0, "no_address": 1}


def test_counting_makes_no_rows(kent: Council, django_assert_num_queries: Callable[..., Any]) -> None:
    case(kent, news_by_email=False)
    with as_council(kent), django_assert_num_queries(6):  # four for the scope
        assert count(kent) == {"included": 0, "no_consent": 1}
