"""What the two are asked: times that can be chosen, a number only for a call."""

from datetime import datetime, timedelta

from django.http import QueryDict

from ambassadors.conversations.forms import AgreeForm, SpokeForm, TimeForm
from ambassadors.conversations.words import roughly
from ambassadors.states import TalkBy
from councils.working_time import LONDON

MONDAY = datetime(2026, 11, 23, 11, tzinfo=LONDON)


def typed(**values: str) -> QueryDict:
    sent = QueryDict(mutable=True)
    sent.update(values)
    return sent


def agree(**values: str) -> AgreeForm:
    known = values.pop("known", "")
    return AgreeForm(typed(**values), other="Anna", ways=[TalkBy.PHONE, TalkBy.EMAIL], known=known)


def test_a_call_needs_a_number() -> None:
    assert "Enter a phone number" in str(agree(way="phone").errors["phone"])
    assert agree(way="phone", phone="07700 900123").is_valid()


def test_left_empty_the_number_that_we_have_is_used() -> None:
    assert agree(way="phone", known="A number that ends in 123").is_valid()


def test_a_number_goes_nowhere_unless_they_chose_a_call() -> None:
    form = agree(way="email", phone="07700 900123")
    assert form.is_valid()
    assert form.cleaned_data["phone"] == ""


def test_a_mistyped_number_does_not_stand_in_the_way_of_an_email() -> None:
    assert agree(way="email", phone="not a number").is_valid()


def test_only_ways_that_both_have_can_be_chosen() -> None:
    assert "Choose how you would like to talk" in str(agree(way="video").errors["way"])


def test_a_time_is_still_to_come() -> None:
    past = TimeForm(typed(day="2026-11-23", hour="10:00"), now=MONDAY)
    assert "Choose a time that is still to come" in str(past.errors["hour"])
    coming = TimeForm(typed(day="2026-11-23", hour="18:30"), now=MONDAY)
    assert coming.is_valid()
    assert coming.at == datetime(2026, 11, 23, 18, 30, tzinfo=LONDON)


def test_a_day_far_ahead_or_a_time_at_night_is_not_offered() -> None:
    far = (MONDAY + timedelta(days=60)).date().isoformat()
    form = TimeForm(typed(day=far, hour="03:00"), now=MONDAY)
    assert set(form.errors) == {"day", "hour"}


def test_a_time_set_in_winter_from_summer_is_the_hour_that_was_chosen() -> None:
    form = TimeForm(typed(day="2026-10-26", hour="09:00"), now=datetime(2026, 10, 23, 11, tzinfo=LONDON))
    assert form.is_valid()
    assert form.at.utcoffset() == timedelta(0)


def test_whether_they_spoke_has_to_be_said_and_how_it_went_need_not() -> None:
    assert "Say whether you spoke" in str(SpokeForm(typed(how="well")).errors["spoke"])
    assert SpokeForm(typed(spoke="no")).is_valid()
    assert "must be 500 characters or fewer" in str(SpokeForm(typed(spoke="yes", how="x" * 501)).errors["how"])


def test_how_far_they_live_apart_is_said_in_fives() -> None:
    assert [roughly(miles) for miles in (None, 1.2, 6.0, 8.4, 31.0)] == [
        "",
        "Less than 5 miles from you",
        "About 5 miles from you",
        "About 10 miles from you",
        "About 30 miles from you",
    ]
