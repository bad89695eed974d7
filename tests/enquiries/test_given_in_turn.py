"""A case that waits, comes back or is only given: whose it is then, and what it says."""

from collections import Counter

from django.urls import reverse

from councils.access import access_of
from councils.models import Assignment, Council, Event, ToDo, User
from councils.models.todos import ToDoKind
from councils.tenancy import across, as_council
from enquiries import actions
from enquiries.actions.direct import take_direct
from enquiries.actions.entry import enter
from enquiries.models import Enquiry
from enquiries.states import Channel, CloseReason, Outcome, Slot, Step, Way
from enquiries.tasks import escalate, watch_unseen
from outbox.incoming import parse
from tests import factories
from tests.conftest import Cast
from tests.enquiries.in_turn import LETTER, MON, AsUser, Move, arrive, away, ken, london, owner_of, switch_on, works_on

__all__ = ["ken"]  # a fixture


def test_what_may_be_spam_waits_until_it_is_released(kent: Council, cast: Cast, ken: User) -> None:
    case = factories.enquiry(kent, suspicions=("typed too fast",))
    assert owner_of(case) is None
    actions.release(case, by=access_of(cast.mina))
    assert owner_of(case) == cast.kate


def test_what_came_by_mail_waits_until_it_is_an_enquiry(kent: Council, cast: Cast, ken: User) -> None:
    with as_council(kent):
        case = take_direct(parse(LETTER), kent, announce=False)
    assert owner_of(case) is None
    for _ in range(2):
        actions.confirm_enquiry(case, by=access_of(cast.mina))
    assert owner_of(case) == cast.kate
    assert arrive(kent) == [ken]


def test_a_call_written_down_for_another_council_finds_its_officer_there(
    kent: Council, hampshire: Council, cast: Cast, ken: User
) -> None:
    answers = factories.answers(kent)
    enter(answers, token="t" * 43, channel=Channel.PHONE, by=access_of(cast.hal))
    with as_council(kent):
        assert Enquiry.objects.get().owner == cast.kate


def test_who_comes_back_to_nobodys_closed_case_finds_an_officer(kent: Council, cast: Cast, ken: User) -> None:
    switch_on(kent, Assignment.NOBODY)
    case = factories.enquiry(kent, token="t" * 43)
    actions.take_step(case, Step.WITHDRAW, reason=CloseReason.OTHER, by=access_of(cast.mina))
    switch_on(kent)
    factories.enquiry(kent, token="t" * 43, message="We thought again.")
    assert owner_of(case) == cast.kate


def test_the_to_dos_of_a_new_case_are_its_owners(kent: Council, cast: Cast, ken: User) -> None:
    factories.enquiry(kent, email="")
    with as_council(kent):
        assert ToDo.objects.get(kind=ToDoKind.CALL).owner == cast.kate


def test_what_comes_back_is_given_anew(kent: Council, cast: Cast, ken: User, move_clock: Move) -> None:
    case = factories.enquiry(kent)
    move_clock(london(23, 11))
    away(cast.kate, 23, 24)
    for _ in range(2):
        escalate()
    assert owner_of(case) == ken
    with as_council(kent):
        assert not ToDo.objects.filter(kind=ToDoKind.OWNER_AWAY).exists()
        verbs = list(Event.objects.filter(verb__in=["enquiry.assigned", "enquiry.returned"]).order_by("at", "id"))
        assert Counter(event.verb for event in verbs) == {"enquiry.assigned": 2, "enquiry.returned": 1}


def test_what_comes_back_with_nobody_there_is_nobodys(kent: Council, cast: Cast, ken: User, move_clock: Move) -> None:
    case = factories.enquiry(kent)
    move_clock(london(23, 11))
    away(cast.kate, 23, 24)
    away(ken, 23, 24)
    escalate()
    assert owner_of(case) is None
    with as_council(kent):
        assert ToDo.objects.get(kind=ToDoKind.OWNER_AWAY).owner is None


def test_a_case_does_not_go_round_among_people_who_are_all_away(
    kent: Council, cast: Cast, ken: User, move_clock: Move
) -> None:
    """Promised for Saturday; in again on Monday, when the council opens next."""
    move_clock(london(26, 10))
    case = factories.enquiry(kent, times=(Slot.SATURDAY,))
    assert owner_of(case) == cast.kate
    move_clock(london(28, 9))
    away(cast.kate, 28, 29)
    away(ken, 28, 29)
    for _ in range(3):
        escalate()
    assert owner_of(case) is None
    with as_council(kent):
        assert Event.objects.filter(verb="enquiry.returned").count() == 1


def test_an_owner_with_a_day_off_keeps_the_case(kent: Council, cast: Cast, ken: User, move_clock: Move) -> None:
    """Nobody wrote down an absence: reminders tell colleagues and managers in time."""
    works_on(cast.kate, MON)
    case = factories.enquiry(kent)
    assert owner_of(case) == cast.kate
    move_clock(london(24, 16))
    escalate()
    assert owner_of(case) == cast.kate


# What does not change.


def test_who_was_given_a_case_and_never_opened_it_has_not_seen_it(
    kent: Council, office: Council, cast: Cast, ken: User, move_clock: Move
) -> None:
    case = factories.enquiry(kent)
    assert owner_of(case) == cast.kate
    move_clock(london(23, 12, 1))
    watch_unseen()
    with across([office], reason="test"):
        assert ToDo.objects.get(kind=ToDoKind.UNSEEN).subject_id == case.pk


def test_until_it_was_opened_the_newest_answers_are_the_cases(kent: Council, cast: Cast, ken: User) -> None:
    factories.enquiry(kent, token="t" * 43, email="wrnog@example.org")
    again = factories.enquiry(kent, token="t" * 43, email="right@example.org")
    assert (again.email, again.owner) == ("right@example.org", cast.kate)


def test_the_timeline_says_who_got_it_and_why(kent: Council, cast: Cast, ken: User, as_user: AsUser) -> None:
    case = factories.enquiry(kent)
    address = reverse("admin:enquiries_enquiry_change", args=[case.pk])
    assert "Given to Kate, whose turn it was" in as_user(cast.kate).get(address).content.decode()


def test_a_council_switches_it_on_in_its_settings(kent: Council, cast: Cast, as_user: AsUser) -> None:
    address = reverse("admin:councils_council_change", args=[kent.pk])
    assert "Who gets a new enquiry" in as_user(cast.mina).get(address).content.decode()
    sent = {"opens_at": "09:00", "closes_at": "17:00", "promise_working_days": 1, "first_contact_by": "council"}
    assert as_user(cast.mina).post(address, sent | {"assignment": "by_load"}).status_code == 302
    assert Council.objects.get(pk=kent.pk).assignment == Assignment.BY_LOAD
    assert as_user(cast.kate).post(address, sent | {"assignment": "nobody"}).status_code == 403


def test_a_try_by_somebody_else_leaves_the_owner(kent: Council, cast: Cast, ken: User) -> None:
    case = factories.enquiry(kent)
    actions.log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=access_of(ken))
    assert owner_of(case) == cast.kate
