"""In touch: a time, a number for one conversation, a link, a stop at any time, and whether they spoke."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from ambassadors.actions import answering, feedback, meeting
from ambassadors.actions.handing_on import hand_on
from ambassadors.actions.introducing import NOT_CHECKED
from ambassadors.actions.moving import TooLate
from ambassadors.introduction_states import State, StoppedBy
from ambassadors.matched.loading import pair_between
from ambassadors.models import Introduction, Offer, Scheme
from ambassadors.shared import seen_by_ambassador, seen_by_enquirer
from ambassadors.states import TalkBy
from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council
from councils.refusals import Refused, RoleRefused
from councils.tenancy import as_council
from enquiries.models import ContactAttempt, Enquiry
from tests import factories
from tests.ambassadors.introducing import again, agreed, ask, cora, mails, offer_of, state_of, talk, waiting
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
NUMBER = "+447700900123"


@pytest.fixture
def made(kent: Council) -> Introduction:
    return agreed(waiting(kent), factories.ambassador(kent), TalkBy.PHONE, NUMBER)


def test_a_time_is_told_to_both_and_said_twice_is_told_once(kent: Council, made: Introduction) -> None:
    at = hub_now() + timedelta(days=2)
    for _ in range(2):
        meeting.set_time(talk(made).where, at=at)
    assert again(made).talk_at == at
    assert mails(kent).count("time_set") == 2


@pytest.mark.parametrize("days", [-1, 61])
def test_a_time_that_has_passed_or_is_far_away_is_refused(made: Introduction, days: int) -> None:
    with pytest.raises(Refused, match="still to come"):
        meeting.set_time(talk(made).where, at=hub_now() + timedelta(days=days))


def test_a_number_is_released_for_this_conversation_and_taken_back_at_any_time(made: Introduction) -> None:
    assert seen_by_ambassador(talk(made).where).phone == NUMBER
    meeting.take_phone_back(talk(made).where)
    assert seen_by_ambassador(talk(made).where).phone == ""
    meeting.release_phone(talk(made).where, "+447700900999")
    assert seen_by_ambassador(talk(made).where).phone == "+447700900999"
    with pytest.raises(Refused):
        meeting.release_phone(talk(made).where, "07700 900999")


def test_a_number_cannot_be_released_for_another_way(kent: Council) -> None:
    made = agreed(waiting(kent), factories.ambassador(kent), TalkBy.EMAIL)
    with pytest.raises(Refused, match="another way"):
        meeting.release_phone(talk(made).where, NUMBER)


def test_staff_enter_the_link_and_nobody_else(kent: Council, hampshire: Council, cast: Cast) -> None:
    made = agreed(waiting(kent), factories.ambassador(kent), TalkBy.VIDEO)
    assert mails(kent, to=factories.coordinator(kent).email) == ["to_prepare"]
    for by in (access_of(cast.kate), cora(hampshire)):
        with pytest.raises(RoleRefused):
            meeting.set_link(made, "https://video.example.org/1", by)
    for link in ("http://video.example.org/1", "javascript:alert(1)", "", "https://"):
        with pytest.raises(Refused):
            meeting.set_link(made, link, cora(kent))
    meeting.set_link(made, "https://video.example.org/1", cora(kent))
    assert seen_by_ambassador(talk(made).where).link == seen_by_enquirer(talk(made).where).link != ""
    assert mails(kent).count("prepared") == 2
    with pytest.raises(Refused, match="another way"):
        meeting.set_place(made, "Town hall", cora(kent))


def test_staff_say_where_they_meet(kent: Council) -> None:
    made = agreed(waiting(kent), factories.ambassador(kent), TalkBy.EVENT)
    meeting.set_place(made, " Town hall ", cora(kent))
    assert seen_by_enquirer(talk(made).where).place == "Town hall"


@pytest.mark.parametrize(
    ("by_whom", "told"), [(StoppedBy.ENQUIRER, ["ambassador"]), (StoppedBy.AMBASSADOR, ["enquirer"])]
)
def test_either_stops_at_any_time_and_the_other_is_told(kent: Council, by_whom: StoppedBy, told: list[str]) -> None:
    case, anna = waiting(kent), factories.ambassador(kent)
    made = agreed(case, anna, TalkBy.PHONE, NUMBER)
    for _ in range(2):
        meeting.stop(talk(made).where, by_whom=by_whom, by=None)
    assert state_of(made) == State.STOPPED
    assert again(made).released_phone == ""
    hears = [
        name
        for name, address in (("ambassador", anna.email), ("enquirer", case.email))
        if "stopped" in mails(kent, to=address)
    ]
    assert hears == told


def test_an_enquirer_hears_of_no_stop_by_somebody_they_never_heard_of(kent: Council) -> None:
    case, anna = waiting(kent), factories.ambassador(kent)
    made = ask(case, anna)
    meeting.stop(talk(made).where, by_whom=StoppedBy.STAFF, by=factories.coordinator(kent))
    assert mails(kent, to=case.email) == []
    assert mails(kent, to=anna.email) == ["not_needed", "offered"]


def test_nothing_goes_on_after_a_stop(made: Introduction) -> None:
    where = talk(made).where
    meeting.stop(where, by_whom=StoppedBy.ENQUIRER, by=None)
    too_late: list[Callable[[], None]] = [
        partial(meeting.set_time, where, at=hub_now() + timedelta(days=1)),
        partial(meeting.release_phone, where, NUMBER),
        partial(meeting.take_phone_back, where),
        partial(meeting.stop, where, by_whom=StoppedBy.AMBASSADOR, by=None),
        partial(feedback.say_spoke, where, side=StoppedBy.ENQUIRER, spoke=True),
        talk(made).accept,
    ]
    for late in too_late:
        with pytest.raises(TooLate):
            late()


def test_one_yes_is_enough_and_the_other_may_still_say_a_word(made: Introduction) -> None:
    where = talk(made).where
    feedback.say_spoke(where, side=StoppedBy.AMBASSADOR, spoke=True, how="A good talk")
    assert state_of(made) == State.SPOKE
    feedback.say_spoke(where, side=StoppedBy.ENQUIRER, spoke=True, how="It helped")
    assert (again(made).how, offer_of(made).how) == ("It helped", "A good talk")
    feedback.say_spoke(where, side=StoppedBy.ENQUIRER, spoke=False, how="Changed")
    assert again(made).how == "It helped", "once"


def test_two_noes_put_the_enquirer_first(kent: Council) -> None:
    case = waiting(kent)
    made = agreed(case, factories.ambassador(kent))
    for side in (StoppedBy.ENQUIRER, StoppedBy.AMBASSADOR):
        feedback.say_spoke(talk(made).where, side=side, spoke=False)
    assert state_of(made) == State.NOT_SPOKEN
    assert again(made).noes == 2
    bea = factories.ambassador(kent, first_name="Bea")
    with as_council(kent):
        assert pair_between(case, bea.pk, kent.pk).waiting[0].seeker.noes == 2


def test_an_answer_that_comes_late_counts_as_well(kent: Council) -> None:
    """It had ended with one no and the silence of the other."""
    for spoke, noes in ((False, 2), (True, 0)):
        made = factories.introduction(waiting(kent), factories.ambassador(kent), State.NOT_SPOKEN, spoke=False, noes=1)
        feedback.say_spoke(talk(made).where, side=StoppedBy.AMBASSADOR, spoke=spoke)
        assert (state_of(made), again(made).noes) == (State.NOT_SPOKEN, noes)


def test_an_introduction_keeps_no_promise_and_is_no_contact_attempt(kent: Council) -> None:
    case = waiting(kent)
    made = agreed(case, factories.ambassador(kent), TalkBy.PHONE, NUMBER)
    meeting.set_time(talk(made).where, at=hub_now() + timedelta(days=2))
    for side in (StoppedBy.ENQUIRER, StoppedBy.AMBASSADOR):
        feedback.say_spoke(talk(made).where, side=side, spoke=True)
    with as_council(kent):
        now = Enquiry.objects.get(pk=case.pk)
        assert not ContactAttempt.objects.filter(enquiry=case).exists()
    assert (now.promise_kept_at, now.reached_at, now.state) == (None, None, case.state)
    assert (now.promise_due_at, now.next_due_at) == (case.promise_due_at, case.next_due_at)


def test_another_ambassador_takes_over_and_is_asked_anew(kent: Council) -> None:
    case, anna = waiting(kent), factories.ambassador(kent)
    bea = factories.ambassador(kent, first_name="Bea")
    made = agreed(case, anna, TalkBy.PHONE, NUMBER)
    with pytest.raises(Refused, match=NOT_CHECKED):
        hand_on(talk(made).where, to=bea, checked=False, by=cora(kent))
    hand_on(talk(made).where, to=bea, checked=True, by=cora(kent))
    assert state_of(made) == State.HANDED_ON
    assert again(made).released_phone == ""
    assert mails(kent, to=bea.email) == ["offered"]
    assert mails(kent, to=case.email) == ["handed_on", "ready"]


def test_whoever_hands_on_across_a_border_is_the_ambassadors_council(kent: Council, hampshire: Council) -> None:
    for council in (kent, hampshire):
        Scheme.objects.create(council=council, across_borders=True)
    case, anna = waiting(kent), factories.ambassador(hampshire)
    bea = factories.ambassador(hampshire, first_name="Bea")
    made = ask(case, anna, checked=False)
    with pytest.raises(RoleRefused):
        hand_on(talk(made).where, to=bea, checked=True, by=cora(kent))
    hand_on(talk(made).where, to=bea, checked=False, by=cora(hampshire))
    assert state_of(made) == State.HANDED_ON
    assert mails(kent, hampshire, to=bea.email) == [], "their name is checked first"
    with as_council(hampshire):
        asked = Offer.objects.get(ambassador=bea)
    assert asked.state == State.TO_CONFIRM
    answering.confirm(asked, by=cora(hampshire))
    assert mails(kent, hampshire, to=bea.email) == ["offered"]
    assert mails(kent, to=case.email) == []


def test_a_hand_over_to_somebody_who_is_full_changes_nothing(kent: Council) -> None:
    anna, bea = factories.ambassador(kent), factories.ambassador(kent, first_name="Bea")
    ask(waiting(kent), bea)
    made = agreed(waiting(kent), anna)
    with pytest.raises(Refused, match="conversations open"):
        hand_on(talk(made).where, to=bea, checked=True, by=cora(kent))
    assert state_of(made) == State.AGREED
