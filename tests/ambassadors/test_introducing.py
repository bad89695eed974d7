"""From a wish to a conversation: who may introduce whom, and what each of the two is told."""

from datetime import timedelta

import pytest

from ambassadors.actions import answering, meeting
from ambassadors.actions.conflicts import keep_apart_from_surname
from ambassadors.actions.introducing import NOT_CHECKED, introduce
from ambassadors.actions.standing import set_paused
from ambassadors.introduction_states import State, StoppedBy
from ambassadors.models import Ambassador, KeptApart, Offering, Scheme
from ambassadors.pairs import where_of_introduction
from ambassadors.shared import seen_by_ambassador, seen_by_enquirer
from ambassadors.states import Attribute, TalkBy
from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, Event
from councils.refusals import Refused, RoleRefused
from councils.tenancy import across, as_council
from enquiries.actions import wishing
from enquiries.states import TalkAbout
from outbox.models import Message
from tests import factories
from tests.ambassadors.introducing import again, ask, cora, mails, offer_of, state_of, talk, waiting
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def sharing(kent: Council, hampshire: Council) -> None:
    for council in (kent, hampshire):
        Scheme.objects.create(council=council, across_borders=True)


def test_from_a_wish_to_a_conversation(kent: Council) -> None:
    case, anna = waiting(kent), factories.ambassador(kent)
    made = ask(case, anna)
    assert state_of(made) == State.OFFERED
    assert mails(kent) == ["offered"]
    talk(made).accept()
    assert mails(kent, to=case.email) == ["ready"]
    talk(made).agree(TalkBy.PHONE, "+447700900123")
    assert state_of(made) == State.AGREED
    assert mails(kent, to=anna.email) == ["agreed", "offered"]
    assert again(made).released_phone == "+447700900123"


def test_a_coordinator_says_that_they_have_checked(kent: Council) -> None:
    case, anna = waiting(kent), factories.ambassador(kent)
    with pytest.raises(Refused, match=NOT_CHECKED):
        ask(case, anna, checked=False)
    assert mails(kent) == []


def test_an_officer_introduces_nobody(kent: Council, cast: Cast) -> None:
    case, anna = waiting(kent), factories.ambassador(kent)
    with pytest.raises(RoleRefused):
        introduce(case, ambassador_key=anna.pk, ambassador_council=kent.pk, checked=True, by=access_of(cast.kate))


def test_the_coordinator_of_another_council_introduces_nobody_here(kent: Council, hampshire: Council) -> None:
    case, anna = waiting(kent), factories.ambassador(hampshire)
    with pytest.raises(RoleRefused):
        introduce(case, ambassador_key=anna.pk, ambassador_council=hampshire.pk, checked=True, by=cora(hampshire))


@pytest.mark.parametrize(
    "given",
    [
        {"standing_until": None},
        {"standing_until": "yesterday"},
        {"paused_until": "tomorrow"},
        {"paused_by_staff": True},
        {"ways": []},
        {"state": "invited"},
        {"state": "left", "left_at": "now"},
    ],
)
def test_whoever_cannot_be_asked_now_is_refused(kent: Council, given: dict[str, object]) -> None:
    now = hub_now()
    days = {"yesterday": now.date() - timedelta(days=1), "tomorrow": now.date() + timedelta(days=1), "now": now}
    told = {name: days.get(value, value) if isinstance(value, str) else value for name, value in given.items()}
    with pytest.raises(Refused):
        ask(waiting(kent), factories.ambassador(kent, **told))
    assert mails(kent) == []


def test_somebody_on_the_conflict_list_is_refused(kent: Council) -> None:
    case, anna = waiting(kent), factories.ambassador(kent)
    with as_council(kent):
        by = factories.coordinator(kent)
        KeptApart.objects.create(council=kent, ambassador=anna, enquiry_key=case.pk, by=by)
    with pytest.raises(Refused, match="must not meet"):
        ask(case, anna)


def test_nobody_is_asked_about_the_same_person_twice(kent: Council) -> None:
    case, anna = waiting(kent), factories.ambassador(kent)
    answering.decline(talk(ask(case, anna)).where)
    with pytest.raises(Refused, match="before"):
        ask(case, anna)


def test_a_wish_that_was_taken_back_is_introduced_to_nobody(kent: Council) -> None:
    case, anna = waiting(kent), factories.ambassador(kent)
    wishing.take_wish_back(case, by=None)
    with pytest.raises(Refused, match="Nobody waits"):
        ask(case, anna)


def test_where_the_scheme_does_not_run_nobody_is_introduced(kent: Council) -> None:
    Scheme.objects.create(council=kent, runs=False)
    with pytest.raises(Refused, match="does not run"):
        ask(waiting(kent), factories.ambassador(kent))


def test_one_conversation_at_a_time(kent: Council) -> None:
    case = waiting(kent)
    ask(case, factories.ambassador(kent))
    with pytest.raises(Refused, match="Nobody waits"):
        ask(case, factories.ambassador(kent, first_name="Bea"))


def test_no_more_than_they_wish_to_have(kent: Council) -> None:
    anna = factories.ambassador(kent, most=2)
    seats = {offer_of(ask(waiting(kent), anna)).seat for _ in range(2)}
    assert seats == {1, 2}
    with pytest.raises(Refused, match="conversations open"):
        ask(waiting(kent), anna)


def test_across_a_border_only_where_both_councils_allow_it(kent: Council, hampshire: Council) -> None:
    Scheme.objects.create(council=kent, across_borders=True)
    with pytest.raises(Refused):
        ask(waiting(kent), factories.ambassador(hampshire))


def test_across_a_border_the_ambassadors_council_confirms_first(
    sharing: None, kent: Council, hampshire: Council
) -> None:
    case, anna = waiting(kent), factories.ambassador(hampshire)
    made = ask(case, anna, checked=False)
    assert state_of(made) == State.TO_CONFIRM
    assert mails(kent, hampshire, to=anna.email) == [], "the ambassador hears of nobody before"
    assert mails(hampshire) == ["to_confirm"]
    with pytest.raises(RoleRefused):
        answering.confirm(offer_of(made), by=cora(kent))
    answering.confirm(offer_of(made), by=cora(hampshire))
    assert state_of(made) == State.OFFERED
    assert offer_of(made).confirmed_by == factories.coordinator(hampshire)
    assert mails(hampshire, to=anna.email) == ["offered"]
    assert mails(kent, to=case.email) == []


@pytest.mark.parametrize("what", ["paused", "stale", "kept apart"])
def test_whoever_is_held_back_meanwhile_cannot_say_yes(kent: Council, what: str) -> None:
    anna, by = factories.ambassador(kent), cora(kent)
    made = ask(waiting(kent, name="Erin Beispiel"), anna)
    match what:
        case "paused":
            set_paused(anna, paused=True, by=by)
        case "stale":
            with as_council(kent):
                Ambassador.objects.filter(pk=anna.pk).update(standing_until=hub_now().date() - timedelta(days=1))
        case _:
            keep_apart_from_surname(anna, "Beispiel", reason="", by=by)
    with pytest.raises(Refused, match="Your council has to look at this") as refusal:
        talk(made).accept()
    assert "Beispiel" not in str(refusal.value)
    assert state_of(made) == State.OFFERED


@pytest.mark.parametrize("name", ["Erin Example", "Example, Erin", "Erin", "Erin Example,"])
def test_the_first_name_is_shared_in_whichever_order_they_wrote(kent: Council, name: str) -> None:
    assert ask(waiting(kent, name=name), factories.ambassador(kent)).shared_name == "Erin"


def test_what_is_not_confirmed_asks_nobody(sharing: None, kent: Council, hampshire: Council) -> None:
    made = ask(waiting(kent), factories.ambassador(hampshire), checked=False)
    answering.refuse(offer_of(made), by=cora(hampshire))
    assert state_of(made) == State.NOT_CONFIRMED
    assert mails(kent, hampshire) == ["to_confirm"]


def test_whoever_was_paused_meanwhile_is_not_confirmed(sharing: None, kent: Council, hampshire: Council) -> None:
    anna = factories.ambassador(hampshire)
    made = ask(waiting(kent), anna, checked=False)
    with as_council(hampshire):
        type(anna).objects.filter(pk=anna.pk).update(paused_by_staff=True)
    with pytest.raises(Refused, match="paused"):
        answering.confirm(offer_of(made), by=cora(hampshire))
    assert state_of(made) == State.TO_CONFIRM


def test_the_enquirer_never_learns_of_a_decline(kent: Council) -> None:
    case, anna = waiting(kent), factories.ambassador(kent)
    made = ask(case, anna)
    answering.decline(talk(made).where)
    assert state_of(made) == State.DECLINED
    assert mails(kent, to=case.email) == []
    seen = seen_by_enquirer(where_of_introduction(made))
    assert (seen.first_name, seen.text, seen.accepted) == ("", "", False)


def test_acting_twice_is_harmless(kent: Council) -> None:
    case, anna = waiting(kent), factories.ambassador(kent)
    made = ask(case, anna)
    for _ in range(2):
        talk(made).accept()
    for _ in range(2):
        talk(made).agree()
    assert state_of(made) == State.AGREED
    assert mails(kent) == ["agreed", "offered", "ready"]


def test_a_way_that_does_not_suit_both_is_refused(kent: Council) -> None:
    made = ask(waiting(kent), factories.ambassador(kent, ways=["phone"]))
    talk(made).accept()
    with pytest.raises(Refused, match="suit"):
        talk(made).agree(TalkBy.VIDEO)
    with pytest.raises(Refused, match="number"):
        talk(made).agree(TalkBy.PHONE)
    assert state_of(made) == State.ACCEPTED


def test_no_number_is_released_unless_they_say_so(kent: Council) -> None:
    made = ask(waiting(kent, phone="+447700900123"), factories.ambassador(kent))
    talk(made).accept()
    assert seen_by_ambassador(talk(made).where).phone == ""
    talk(made).agree(TalkBy.EMAIL, "+447700900123")
    assert seen_by_ambassador(talk(made).where).phone == ""


def test_whoever_would_rather_talk_to_somebody_else_says_no_reason(kent: Council) -> None:
    case, anna = waiting(kent), factories.ambassador(kent)
    made = ask(case, anna)
    talk(made).accept()
    answering.prefer_other(talk(made).where)
    assert state_of(made) == State.UNWANTED
    assert mails(kent, to=anna.email) == ["offered", "prefers_other"]
    ask(case, factories.ambassador(kent, first_name="Bea"))


def test_an_ambassador_sees_what_the_enquirer_chose_to_share_and_nothing_of_the_case(kent: Council) -> None:
    case = factories.enquiry(kent, name="Erin Example", message="Secret")
    factories.wish(case, about=(TalkAbout.MONEY,), detail="Pay", whom=(Attribute.MUSLIM,))
    made = ask(case, factories.ambassador(kent))
    seen = seen_by_ambassador(talk(made).where)
    assert (seen.first_name, seen.about, seen.detail) == ("Erin", ("Money and support",), "Pay")
    for secret in ("Example", "Secret", "Muslim", "ME14", case.email, case.phone, case.reference):
        assert secret not in repr(seen)


def test_an_enquirer_sees_what_is_offered_now(kent: Council) -> None:
    anna = factories.ambassador(kent, about="Two dogs", household="Two", email="anna@example.org")
    with as_council(kent):
        Offering.objects.create(council=kent, ambassador=anna, attribute=Attribute.SIKH, version="1")
        Offering.objects.create(council=kent, ambassador=anna, attribute=Attribute.SINGLE, version="1")
    made = ask(waiting(kent), anna)
    talk(made).accept()
    with as_council(kent):
        Offering.objects.filter(attribute=Attribute.SIKH).delete()
    seen = seen_by_enquirer(talk(made).where)
    assert (seen.first_name, seen.text, seen.attributes) == ("Anna", "Two dogs", ("Fosters on their own",))
    assert anna.email not in repr(seen)


def test_what_ended_shows_a_name_and_no_more(kent: Council) -> None:
    case, anna = waiting(kent), factories.ambassador(kent, about="Two dogs")
    made = ask(case, anna)
    talk(made).accept()
    talk(made).agree(TalkBy.PHONE, "+447700900123")
    meeting.stop(talk(made).where, by_whom=StoppedBy.AMBASSADOR, by=None)
    assert again(made).released_phone == ""
    for seen in (seen_by_ambassador(talk(made).where), seen_by_enquirer(talk(made).where)):
        assert "+44" not in repr(seen)
        assert "Two dogs" not in repr(seen)


def test_no_mail_to_an_ambassador_names_the_enquirer_or_what_they_wish(
    sharing: None, kent: Council, hampshire: Council
) -> None:
    case = factories.enquiry(kent, name="Zebedee Quillfeather")
    factories.wish(case, detail="My secret", whom=(Attribute.MUSLIM,))
    made = ask(case, factories.ambassador(hampshire), checked=False)
    answering.confirm(offer_of(made), by=cora(hampshire))
    talk(made).accept()
    talk(made).agree()
    with across([kent, hampshire], reason="test"):
        written = [each for each in Message.objects.all() if each.council_id == hampshire.pk]
    assert len(written) >= 3
    for message in written:
        for secret in ("Zebedee", "Quillfeather", "secret", "Muslim"):
            assert secret not in f"{message.subject} {message.text}"


def test_every_step_is_an_event_in_both_councils(sharing: None, kent: Council, hampshire: Council) -> None:
    made = ask(waiting(kent), factories.ambassador(hampshire), checked=False)
    answering.confirm(offer_of(made), by=cora(hampshire))
    talk(made).accept()
    for council in (kent, hampshire):
        with as_council(council):
            verbs = Event.objects.filter(verb__startswith="introduction.").values_list("verb", flat=True)
            assert sorted(verbs) == ["introduction.accept", "introduction.confirm", "introduction.introduced"]
