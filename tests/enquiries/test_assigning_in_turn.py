"""A new enquiry finds its officer by itself, where the council wishes it."""

import itertools
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Absence, Assignment, Council, Event, FirstContact, Membership, ToDo, User
from councils.models.todos import ToDoKind
from councils.roles import Role
from councils.tenancy import across, as_council
from councils.working_time import LONDON
from enquiries import actions
from enquiries.actions.assigning import officers_of
from enquiries.actions.direct import take_direct
from enquiries.actions.entry import enter
from enquiries.assignment import Candidate, next_of
from enquiries.models import Enquiry
from enquiries.states import Channel, CloseReason, Outcome, Slot, Step, Way
from enquiries.tasks import escalate, watch_unseen
from outbox.incoming import parse
from tests import factories
from tests.conftest import Cast

Move = Callable[[datetime], None]
AsUser = Callable[[User], Client]
NUMBERS = itertools.count()
MON, TUE, WED, THU, FRI = range(5)
LETTER = b"From: Rosa Example <rosa@example.org>\nSubject: Hello\nMessage-ID: <1@example.org>\n\nMay I foster?\n"


def london(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LONDON)


def switch_on(council: Council, how: Assignment = Assignment.IN_TURN) -> None:
    council.assignment = how
    council.save(update_fields=["assignment"])


def away(user: User, first: int, last: int) -> None:
    days = {"first_day": date(2026, 11, first), "last_day": date(2026, 11, last)}
    Absence.objects.create(user=user, written_by=user, **days)


def works_on(user: User, *days: int) -> None:
    User.objects.filter(pk=user.pk).update(working_days=days)


def owner_of(case: Enquiry) -> User | None:
    with as_council(case.council_id):
        return Enquiry.objects.select_related("owner").get(pk=case.pk).owner


def arrive(council: Council, count: int = 1) -> list[User | None]:
    """Whose each is. All are of different people: who enquires again under the same address has one case."""
    people = itertools.islice(NUMBERS, count)
    return [owner_of(factories.enquiry(council, email=f"erin{number}@example.org")) for number in people]


@pytest.fixture
def ken(kent: Council, cast: Cast, move_clock: Move) -> User:
    """Kate's colleague, on a Monday morning; Kent gives out its cases in turn."""
    move_clock(london(23, 10))
    switch_on(kent)
    return factories.user("Ken", kent, Role.OFFICER)


# Whose turn it is.


def test_where_nothing_is_switched_on_nobody_gets_it(kent: Council, cast: Cast) -> None:
    assert arrive(kent) == [None]


def test_officers_get_new_cases_in_turn(kent: Council, cast: Cast, ken: User) -> None:
    assert arrive(kent, 5) == [cast.kate, ken, cast.kate, ken, cast.kate]
    with as_council(kent):
        events = Event.objects.filter(verb="enquiry.assigned").order_by("at")
        assert {event.by for event in events} == {None}
        assert events[0].facts == {"to": cast.kate.pk, "before": None, "why": "in_turn"}


def test_a_newcomer_is_next_and_catches_up_on_nothing(kent: Council, cast: Cast, ken: User) -> None:
    arrive(kent, 4)
    new = factories.user("Nell", kent, Role.OFFICER)
    assert arrive(kent, 4) == [new, cast.kate, ken, new]


def test_who_comes_back_is_next_and_catches_up_on_nothing(
    kent: Council, cast: Cast, ken: User, move_clock: Move
) -> None:
    away(ken, 23, 24)
    assert arrive(kent, 3) == [cast.kate] * 3
    move_clock(london(25, 10))
    assert arrive(kent, 3) == [ken, cast.kate, ken]


def test_what_is_taken_by_hand_moves_nobody(kent: Council, cast: Cast, ken: User) -> None:
    switch_on(kent, Assignment.NOBODY)
    case = factories.enquiry(kent)
    switch_on(kent)
    actions.claim(case, by=access_of(cast.kate))
    assert arrive(kent, 2) == [cast.kate, ken]


def test_by_load_the_one_with_fewest_open_cases_gets_it(kent: Council, cast: Cast, ken: User) -> None:
    arrive(kent, 4)  # two each
    with as_council(kent):
        theirs = Enquiry.objects.filter(owner=ken).first()
        assert theirs
    actions.take_step(theirs, Step.WITHDRAW, reason=CloseReason.OTHER, by=access_of(ken))
    switch_on(kent, Assignment.BY_LOAD)
    assert arrive(kent, 3) == [ken, cast.kate, ken]  # 2:1, 2:2 and then whoever has waited longest
    with as_council(kent):
        assert set(Event.objects.filter(verb="enquiry.assigned").values_list("facts__why", flat=True)) == {
            "in_turn",
            "by_load",
        }


@given(
    days=st.lists(st.sets(st.integers(1, 6)), max_size=60),
    by_load=st.booleans(),
)
def test_of_who_is_always_there_nobody_gets_two_more_than_another(days: list[set[int]], by_load: bool) -> None:
    """1 and 2 and 3 are always there; the others come and go."""
    turns = dict.fromkeys(range(1, 7), 0)
    got: Counter[int] = Counter()
    for here in days:
        chosen = next_of([Candidate(user, turns[user], got[user]) for user in here | {1, 2, 3}], by_load=by_load)
        assert chosen
        turns[chosen.user] = max(turns.values()) + 1
        got[chosen.user] += 1
        always = [got[user] for user in (1, 2, 3)]
        assert max(always) - min(always) <= 1


def test_nobody_is_chosen_where_nobody_is_there() -> None:
    assert next_of([], by_load=False) is next_of([], by_load=True) is None


# Who is asked.


def test_nobody_gets_a_case_on_a_day_off_or_away(kent: Council, cast: Cast, ken: User) -> None:
    works_on(cast.kate, TUE, WED)
    assert arrive(kent, 2) == [ken, ken]
    away(ken, 23, 23)
    assert arrive(kent) == [None]


def test_the_next_day_on_which_the_council_is_open_counts(
    kent: Council, cast: Cast, ken: User, move_clock: Move
) -> None:
    move_clock(london(27, 18))  # Friday evening
    away(cast.kate, 27, 29)
    works_on(ken, FRI)
    assert arrive(kent, 2) == [cast.kate, cast.kate]


def test_where_nobody_is_there_the_hub_is_told_as_ever(kent: Council, office: Council, cast: Cast, ken: User) -> None:
    for user in (cast.kate, cast.mina, ken):
        away(user, 23, 24)
    assert arrive(kent) == [None]
    with as_council(office):
        assert ToDo.objects.filter(kind=ToDoKind.NOBODY_HERE).count() == 1


def test_managers_get_cases_only_where_no_officer_works(kent: Council, cast: Cast, ken: User) -> None:
    away(cast.kate, 23, 24)
    away(ken, 23, 24)
    assert arrive(kent) == [None]
    Membership.objects.filter(role=Role.OFFICER).update(ended_at=hub_now())
    assert arrive(kent) == [cast.mina]


def test_who_left_gets_nothing(kent: Council, cast: Cast, ken: User) -> None:
    User.objects.filter(pk=cast.kate.pk).update(is_active=False)
    assert arrive(kent, 2) == [ken, ken]


def test_another_councils_people_and_cases_are_left_alone(
    kent: Council, hampshire: Council, cast: Cast, ken: User
) -> None:
    assert arrive(hampshire) == [None]
    switch_on(hampshire)
    assert arrive(kent, 2) == [cast.kate, ken]
    assert arrive(hampshire, 2) == [cast.hal, cast.hal]
    turns = dict(Membership.objects.values_list("user__name", "turn"))
    assert (turns["Hal"], turns["Kate"], turns["Ken"], turns["Mina"]) == (2, 1, 2, 0)


def test_where_the_hub_rings_first_its_officers_take_turns(
    kent: Council, hampshire: Council, office: Council, cast: Cast, ken: User
) -> None:
    """The office's own choice counts, and one queue for all councils."""
    Council.objects.filter(pk__in=[kent.pk, hampshire.pk]).update(first_contact_by=FirstContact.HUB)
    assert arrive(kent) == [None]
    switch_on(office)
    olga = factories.user("Olga", office, Role.HUB_OFFICER)
    assert arrive(kent) + arrive(hampshire) + arrive(kent) == [cast.olu, olga, cast.olu]


def test_who_is_given_cases_on_a_day(kent: Council, office: Council, cast: Cast, ken: User) -> None:
    away(ken, 24, 24)
    assert officers_of(kent, date(2026, 11, 23)) == [cast.kate, ken]
    assert officers_of(kent, date(2026, 11, 24)) == [cast.kate]
    assert officers_of(kent, date(2026, 11, 28)) == []
    kent.first_contact_by = FirstContact.HUB
    assert officers_of(kent, date(2026, 11, 24)) == [cast.olu]


# When.


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
