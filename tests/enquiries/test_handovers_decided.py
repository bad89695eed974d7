"""Where two councils do not agree, the hub manager decides: no answer, two refusals, to and fro."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, ToDo, User
from councils.models.todos import ToDoKind
from councils.refusals import Refused, RoleRefused
from councils.roles import Role
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions import handovers, status
from enquiries.actions.handover_watch import find_stuck
from enquiries.actions.tidying import finish_settled
from enquiries.handover_states import HandoverState
from enquiries.models import Enquiry, Handover
from enquiries.states import State
from tests import factories
from tests.conftest import Cast
from tests.enquiries.handing import (
    accept,
    again,
    ask,
    fresh,
    mail,
    open_cases,
    own,
    passed_on,
    refuse,
    todos,
    verbs,
)

MoveClock = Callable[[datetime], None]
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
WEDNESDAY_EVENING = datetime(2026, 11, 25, 17, 1, tzinfo=LONDON)
STUCK = ToDoKind.HANDOVER_STUCK


@pytest.fixture
def case(kent: Council, cast: Cast, move_clock: MoveClock) -> Enquiry:
    move_clock(TUESDAY)
    return factories.enquiry(kent)


@pytest.fixture
def hana(office: Council) -> User:
    return factories.user("Hana", office, Role.HUB_MANAGER)


@pytest.fixture
def medway(office: Council) -> Council:
    return Council.objects.get(slug="medway")


@pytest.fixture
def mel(medway: Council) -> User:
    return factories.user("Mel", medway, Role.OFFICER)


def decide(handover: Handover, by: User, *, to_receiver: bool, words: str = "Nearer to them.") -> None:
    handovers.decide(own(handover), to_receiver=to_receiver, words=words, by=access_of(by))


def test_what_nobody_answers_for_a_working_day_goes_to_the_hub_once(
    case: Enquiry, hampshire: Council, office: Council, cast: Cast, move_clock: MoveClock
) -> None:
    ask(case, hampshire, cast.kate)
    assert find_stuck() == 0
    move_clock(WEDNESDAY_EVENING)
    assert find_stuck() == 1
    assert find_stuck() == 0
    assert todos(office).count(STUCK) == 1
    assert len(mail(office, "handover_stuck")) == 1
    assert verbs(case).count("enquiry.hub_told") == 1


def test_the_hub_is_not_told_again_of_what_it_has_ticked_off(
    case: Enquiry, hampshire: Council, office: Council, cast: Cast, move_clock: MoveClock
) -> None:
    ask(case, hampshire, cast.kate)
    move_clock(WEDNESDAY_EVENING)
    find_stuck()
    with as_council(office):
        ToDo.objects.filter(kind=STUCK).update(done_at=hub_now())
    assert find_stuck() == 0
    assert todos(office) == []


def test_a_late_answer_is_an_answer_and_nobody_has_to_decide_any_more(
    case: Enquiry, hampshire: Council, office: Council, cast: Cast, move_clock: MoveClock
) -> None:
    asked = ask(case, hampshire, cast.kate)
    move_clock(WEDNESDAY_EVENING)
    find_stuck()
    accept(asked, cast.hal)
    assert STUCK not in todos(office)


def test_while_there_is_time_nobody_decides(case: Enquiry, hampshire: Council, cast: Cast, hana: User) -> None:
    asked = ask(case, hampshire, cast.kate)
    with pytest.raises(Refused, match="still has time"):
        decide(asked, hana, to_receiver=True)


@pytest.mark.parametrize("who", ["kate", "mina", "hal", "olu", "rhea"])
def test_only_the_hub_manager_decides(
    case: Enquiry, hampshire: Council, cast: Cast, move_clock: MoveClock, who: str
) -> None:
    asked = ask(case, hampshire, cast.kate)
    move_clock(WEDNESDAY_EVENING)
    with pytest.raises(RoleRefused):
        decide(asked, getattr(cast, who), to_receiver=True)
    assert again(asked).state == HandoverState.OFFERED


def test_a_decision_says_why(case: Enquiry, hampshire: Council, cast: Cast, hana: User, move_clock: MoveClock) -> None:
    asked = ask(case, hampshire, cast.kate)
    move_clock(WEDNESDAY_EVENING)
    with pytest.raises(Refused, match="Say why"):
        decide(asked, hana, to_receiver=True, words=" ")


def test_decided_for_the_other_council_the_case_begins_there_and_it_is_told(
    case: Enquiry, kent: Council, hampshire: Council, office: Council, cast: Cast, hana: User, move_clock: MoveClock
) -> None:
    asked = ask(case, hampshire, cast.kate)
    move_clock(WEDNESDAY_EVENING)
    find_stuck()
    hampshire.duty_mailbox = "duty@example.org"
    hampshire.save()
    decide(asked, hana, to_receiver=True)
    row = again(asked)
    assert (row.state, row.decided_by_hub, row.answer) == (HandoverState.ACCEPTED, True, "Nearer to them.")
    assert open_cases(case, kent, hampshire) == [hampshire.pk]
    assert len(mail(hampshire, "new_enquiry")) == 1
    assert STUCK not in todos(office)


def test_decided_for_the_first_council_it_stays_for_good(
    case: Enquiry, kent: Council, hampshire: Council, medway: Council, cast: Cast, hana: User, move_clock: MoveClock
) -> None:
    asked = ask(case, hampshire, cast.kate)
    move_clock(WEDNESDAY_EVENING)
    decide(asked, hana, to_receiver=False, words="They rang Kent.")
    assert fresh(case).state == State.NEW
    assert ToDoKind.HANDOVER_REFUSED in todos(kent)
    assert (own(asked).state, own(asked).answer) == (HandoverState.REFUSED, "They rang Kent.")
    with pytest.raises(Refused, match="The hub manager decided on Wednesday 25 November that Kent"):
        ask(case, medway, cast.kate)
    with pytest.raises(Refused, match="nothing to decide"):
        decide(asked, hana, to_receiver=True)
    assert ask(case, medway, hana).state == HandoverState.OFFERED  # who decided may think again: people move


def test_refused_twice_by_whatever_councils_the_hub_manager_decides(
    case: Enquiry,
    kent: Council,
    hampshire: Council,
    medway: Council,
    office: Council,
    cast: Cast,
    mel: User,
    hana: User,
) -> None:
    refuse(ask(case, hampshire, cast.kate), cast.hal)
    assert STUCK not in todos(office)
    second = ask(case, medway, cast.kate)
    refuse(second, mel)
    assert STUCK in todos(office)
    with pytest.raises(Refused, match="refused twice"):
        ask(case, office, cast.kate)
    assert fresh(case).is_open  # and is Kent's meanwhile
    decide(second, hana, to_receiver=True)
    assert open_cases(case, kent, hampshire, medway) == [medway.pk]
    assert STUCK not in todos(office)


def test_refusals_are_counted_across_the_journey(
    case: Enquiry, hampshire: Council, medway: Council, office: Council, cast: Cast, mel: User
) -> None:
    refuse(ask(case, medway, cast.kate), mel)
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    refuse(ask(new, medway, cast.hal), mel)
    assert STUCK in todos(office)


def test_back_once_is_allowed_and_a_third_time_the_hub_manager_decides(
    case: Enquiry, kent: Council, hampshire: Council, office: Council, cast: Cast, hana: User
) -> None:
    there = passed_on(case, hampshire, cast.kate, cast.hal)
    back = passed_on(there, kent, cast.hal, cast.kate)
    assert back.earlier_references == [case.reference, there.reference]
    asked = ask(back, hampshire, cast.kate)
    assert STUCK in todos(office)
    for answer in (accept, refuse):
        with pytest.raises(Refused, match="to and fro"):
            answer(asked, cast.hal)
    decide(asked, hana, to_receiver=False)
    assert open_cases(case, kent, hampshire) == [kent.pk]
    assert fresh(back).is_open


def test_whoever_asked_may_still_take_it_back_and_then_nobody_decides(
    case: Enquiry, hampshire: Council, office: Council, cast: Cast, hana: User, move_clock: MoveClock
) -> None:
    asked = ask(case, hampshire, cast.kate)
    move_clock(WEDNESDAY_EVENING)
    find_stuck()
    handovers.withdraw(own(asked), by=access_of(cast.kate))
    assert STUCK not in todos(office)
    with pytest.raises(Refused, match="nothing to decide"):
        decide(asked, hana, to_receiver=True)


def test_when_the_enquirer_ends_it_nobody_has_to_decide(
    case: Enquiry,
    kent: Council,
    hampshire: Council,
    medway: Council,
    office: Council,
    cast: Cast,
    mel: User,
    hana: User,
) -> None:
    refuse(ask(case, hampshire, cast.kate), cast.hal)
    second = ask(case, medway, cast.kate)
    refuse(second, mel)
    status.say_no(case, reason=None)
    finish_settled()
    assert STUCK not in todos(office)
    assert ToDoKind.HANDOVER_REFUSED not in todos(kent)
    with pytest.raises(Refused, match="closed"):
        decide(second, hana, to_receiver=True)


def test_an_offer_made_after_one_got_stuck_is_told_of_anew(
    case: Enquiry, hampshire: Council, medway: Council, office: Council, cast: Cast, move_clock: MoveClock
) -> None:
    asked = ask(case, hampshire, cast.kate)
    move_clock(WEDNESDAY_EVENING)
    find_stuck()
    handovers.withdraw(own(asked), by=access_of(cast.kate))
    move_clock(WEDNESDAY_EVENING + timedelta(minutes=1))
    ask(case, medway, cast.kate)
    assert find_stuck() == 0
    move_clock(WEDNESDAY_EVENING + timedelta(days=2))
    assert find_stuck() == 1
    assert todos(office).count(STUCK) == 1
