"""The first page: who waits, whom they are in touch with, where they stand; of the enquirer a first name, no more."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambassadors.conversations.enquirer_page import _rows, conversation_of
from ambassadors.introduction_states import State
from ambassadors.models import Ambassador, Offer, Offering
from ambassadors.own.preview import as_others_see
from councils.models import Council
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.models import Enquiry
from tests import factories
from tests.ambassadors.own_pages import as_ambassador_client, me, text_of

pytestmark = pytest.mark.django_db
MoveClock = Callable[[datetime], None]
MONDAY = datetime(2026, 11, 23, 11, tzinfo=LONDON)


@pytest.fixture
def anna(kent: Council, move_clock: MoveClock) -> Ambassador:
    move_clock(MONDAY)
    return factories.ambassador(kent, most=10, district="ME14", about="Hello", times=["saturday"])


def asked(council: Council, name: str, anna: Ambassador, state: State, **given: Any) -> Enquiry:
    case = factories.enquiry(council, name=f"{name} Pangolin", phone="+447700900987")
    factories.wish(case, detail="My secret aardvark")
    factories.introduction(case, anna, state, **given)
    return case


def change(anna: Ambassador, **values: Any) -> None:
    with as_council(anna.council_id):
        Ambassador.objects.filter(pk=anna.pk).update(**values)


def test_who_waits_and_who_is_in_touch_by_first_name_across_councils(
    anna: Ambassador, kent: Council, hampshire: Council
) -> None:
    asked(hampshire, "Wanda", anna, State.OFFERED)
    asked(kent, "Greta", anna, State.AGREED)
    asked(hampshire, "Pia", anna, State.SPOKE)
    page = text_of(as_ambassador_client(anna))
    assert "<strong>Wanda</strong> would like to talk to you. Please answer by Thursday 26 November at 11am." in page
    assert "Greta</a>: you are in touch" in page
    assert "Pia, November 2026" in page
    for hidden in ("Pangolin", "aardvark", "900987", "Hampshire"):
        assert hidden not in page


@pytest.mark.parametrize(
    "state", [State.TO_CONFIRM, State.NOT_CONFIRMED, State.DECLINED, State.EXPIRED], ids=lambda state: state.value
)
def test_what_was_never_theirs_is_not_there(anna: Ambassador, kent: Council, state: State) -> None:
    asked(kent, "Nora", anna, state)
    assert "Nora" not in text_of(as_ambassador_client(anna))


def test_somebody_elses_conversations_are_not_there(anna: Ambassador, kent: Council) -> None:
    bea = factories.ambassador(kent, first_name="Bea")
    for state in (State.OFFERED, State.AGREED, State.SPOKE):
        asked(kent, "Berta", bea, state)
    assert "Berta" not in text_of(as_ambassador_client(anna))


def test_when_they_talk_and_whether_they_spoke_stands_beside_the_name(anna: Ambassador, kent: Council) -> None:
    asked(kent, "Tara", anna, State.AGREED, talk_at=MONDAY.replace(day=24, hour=17))
    asked(kent, "Sofia", anna, State.AGREED, asked_at=MONDAY, talk_at=MONDAY.replace(day=20))
    page = text_of(as_ambassador_client(anna))
    assert "Tara</a>: you talk on Tuesday 24 November at 5pm" in page
    assert "Sofia</a>: please tell us whether you spoke" in page


def test_whoever_has_not_said_whether_they_spoke_may_still(anna: Ambassador, kent: Council) -> None:
    """The enquirer's yes ends it, while the ambassador was asked by mail."""
    asked(kent, "Pia", anna, State.SPOKE)
    asked(kent, "Stan", anna, State.STOPPED)
    page = text_of(as_ambassador_client(anna))
    assert page.count("tell us whether you spoke") == 1
    with as_council(kent):
        offer = Offer.objects.get(state=State.SPOKE)
        assert f"/ambassadors/conversation/{offer.pk}/spoke/" in page
        Offer.objects.filter(pk=offer.pk).update(spoke=False)
    assert "tell us whether you spoke" not in text_of(as_ambassador_client(anna))


def test_whose_name_is_erased_is_somebody(anna: Ambassador, kent: Council) -> None:
    asked(kent, "Erin", anna, State.SPOKE, shared_name="")
    assert "Somebody, November 2026" in text_of(as_ambassador_client(anna))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"standing_until": None}, "Your council has to confirm that you are approved and in good standing."),
        ({"standing_until": date(2026, 11, 22)}, "Your council has to confirm"),
        ({"paused_by_staff": True}, "Your council has paused your conversations."),
        ({"paused_until": date(2026, 11, 23)}, "You are taking a break up to and including 23 November 2026."),
        ({"leaving_asked_at": MONDAY}, "You have asked to stop."),
    ],
)
def test_why_nobody_new_comes_is_said(anna: Ambassador, values: dict[str, Any], words: str) -> None:
    client = as_ambassador_client(anna)
    assert words not in text_of(client)
    change(anna, **values)
    assert words in text_of(client)


def test_standing_holds_through_its_last_day(anna: Ambassador) -> None:
    change(anna, standing_until=date(2026, 11, 23), paused_until=date(2026, 11, 22))
    page = text_of(as_ambassador_client(anna))
    assert "has to confirm" not in page
    assert "taking a break" not in page


def test_what_the_profile_lacks_is_asked_for(anna: Ambassador) -> None:
    client = as_ambassador_client(anna)
    assert "please tell us" not in text_of(client)
    change(anna, ways=[], district="")
    page = text_of(client)
    assert "how you would talk to people" in page
    assert "where you live, roughly" in page
    assert "a few words about you" not in page


def test_many_conversations_cost_no_more_queries(anna: Ambassador, kent: Council) -> None:
    client = as_ambassador_client(anna)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            text_of(client)
        return len(queries)

    asked(kent, "One", anna, State.OFFERED)
    one = cost()
    for state in (State.OFFERED, State.AGREED, State.SPOKE, State.ACCEPTED):
        asked(kent, "More", anna, state)
    assert cost() == one


def test_the_preview_is_what_the_enquirer_reads(anna: Ambassador, kent: Council) -> None:
    change(anna, household="A dog", carer_since=2014, kinds=["remand"], languages=["Polish"], ways=["phone", "video"])
    with as_council(kent):
        Offering.objects.create(council=kent, ambassador=anna, attribute="sikh", version="2026-11")
    case = asked(kent, "Erin", anna, State.ACCEPTED)
    _, rows = as_others_see(me(anna))
    with as_council(kent):
        theirs = conversation_of(case)
    assert theirs is not None
    assert [(row.key, row.value) for row in rows] == [(row.key, row.value) for row in _rows(theirs.seen)]
    assert "Is Sikh" in text_of(as_ambassador_client(anna), "preview/")
