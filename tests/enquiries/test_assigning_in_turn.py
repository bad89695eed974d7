"""A new enquiry finds its officer by itself, where the council wishes it."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Assignment, Council, Event, FirstContact, Membership, ToDo, User
from councils.models.todos import ToDoKind
from councils.roles import Role
from councils.tenancy import as_council
from enquiries import actions
from enquiries.actions.assigning import officers_of
from enquiries.assignment import Candidate, next_of
from enquiries.models import Enquiry
from enquiries.states import CloseReason, Step
from tests import factories
from tests.conftest import Cast
from tests.enquiries.in_turn import FRI, TUE, WED, Move, arrive, away, ken, london, switch_on, works_on

__all__ = ["ken"]  # a fixture


def test_where_nothing_is_switched_on_nobody_gets_it(kent: Council, cast: Cast) -> None:
    assert arrive(kent) == [None]


def test_officers_get_new_cases_in_turn(kent: Council, cast: Cast, ken: User) -> None:
    assert arrive(kent, 5) == [cast.kate, ken, cast.kate, ken, cast.kate]
    with as_council(kent):
        events = Event.objects.filter(verb="enquiry.assigned")
        assert {event.by for event in events} == {None}
        told = [event.facts for event in events]
    assert told.count({"to": cast.kate.pk, "before": None, "why": "in_turn"}) == 3
    assert told.count({"to": ken.pk, "before": None, "why": "in_turn"}) == 2


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
