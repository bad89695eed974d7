"""A year after an ambassador left, nothing of them is kept but that they were there. The eraser alone may."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import models

from ambassadors.actions.log_in import remember_address
from ambassadors.introduction_states import State
from ambassadors.models import Ambassador, AmbassadorState, Introduction, KeptApart, LogInAddress, Offer, Offering, Talk
from ambassadors.retention import EMPTIED, GONE, clear_ambassadors
from councils.clock import hub_now
from councils.holdings import holdings
from councils.models import Council, Event
from councils.retention_names import Kept
from councils.tenancy import as_council
from enquiries.retention.lives import LIVES
from enquiries.rights.by_age import BY_AGE
from tests import factories

LASTS = LIVES[Kept.AMBASSADOR].lasts
DAY = timedelta(days=1)
TOLD = {
    "phone": "+447700900123",
    "about": "A pangolin",
    "household": "Two pangolins",
    "languages": ["Pangolin"],
    "kinds": ["remand"],
    "district": "ME14",
    "easting": 580000,
    "northing": 156000,
    "near": ["a" * 64],
}


def ambassador(council: Council, *, left: timedelta | None) -> Ambassador:
    """With a row of everything."""
    row = factories.ambassador(council, **TOLD)
    factories.introduction(factories.enquiry(council), row, State.SPOKE)
    with as_council(council):
        remember_address(row)
        Offer.objects.filter(ambassador=row).update(how="A pangolin")
        Offering.objects.create(council=council, ambassador=row, attribute="sikh", version="2026-11")
        KeptApart.objects.create(council=council, ambassador=row, surname_hmac="b" * 64, by=row.invited_by)
        Talk.objects.create(council=council, ambassador=row, on=hub_now().date(), minutes=9, note="A pangolin")
        if left is not None:
            gone = {"state": AmbassadorState.LEFT, "left_at": hub_now() - left}
            Ambassador.objects.filter(pk=row.pk).update(**gone)
    return row


def held(row: Ambassador) -> dict[str, Any]:
    with as_council(row.council_id):
        fresh = Ambassador.objects.get(pk=row.pk)
        return {
            **{name: getattr(fresh, name) for name in ("first_name", "email", *TOLD)},
            "said": list(Offer.objects.filter(ambassador=row).values_list("how", flat=True)),
            "notes": list(Talk.objects.filter(ambassador=row).values_list("note", flat=True)),
            "gone": [model._default_manager.filter(ambassador=row).count() for model in GONE],
            "addresses": LogInAddress.objects.filter(ambassador_id=row.pk).count(),
        }


def test_a_year_after_they_left_nothing_is_held_in_any_council(kent: Council, hampshire: Council) -> None:
    rows = [ambassador(council, left=LASTS + DAY) for council in (kent, hampshire)]
    assert clear_ambassadors() == 2
    for row in rows:
        words = held(row)
        assert (words.pop("said"), words.pop("notes"), words.pop("gone")) == ([""], [""], [0, 0])
        assert not any(words.values())
    assert clear_ambassadors() == 0


@pytest.mark.parametrize("left", [None, LASTS - DAY], ids=["still here", "lately"])
def test_before_that_everything_is(kent: Council, left: timedelta | None) -> None:
    row = ambassador(kent, left=left)
    before = held(row)
    assert clear_ambassadors() == 0
    assert held(row) == before


def test_past_conversations_keep_the_first_name_and_an_event_says_it(kent: Council) -> None:
    row = ambassador(kent, left=LASTS + DAY)
    call_command("erase", "--pending")
    assert BY_AGE[Kept.AMBASSADOR] is clear_ambassadors
    with as_council(kent):
        assert Introduction.objects.get(ambassador_key=row.pk).ambassador_name == "Anna"
        (event,) = Event.objects.filter(subject_id=row.pk, verb="ambassador.erased")
        assert event.facts == {}
        assert Offer.objects.get(ambassador=row).state == State.SPOKE


def test_two_who_left_may_both_be_empty(kent: Council) -> None:
    for _ in range(2):
        ambassador(kent, left=LASTS + DAY)
    assert clear_ambassadors() == 2


def test_every_model_that_goes_with_an_ambassador_is_reached() -> None:
    reached: set[type[models.Model]] = {Ambassador, LogInAddress, *GONE, *EMPTIED}
    assert {model for model, told in holdings() if told.kept == Kept.AMBASSADOR} == reached
