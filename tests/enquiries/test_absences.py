"""Who is away does not keep cases that come due meanwhile; who may write down whose days."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from councils.absences import last_day_away
from councils.access import access_of
from councils.clock import hub_now
from councils.models import Absence, Council, Event, Membership, ToDo, User
from councils.models.todos import ToDoKind
from councils.roles import Role
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries import actions
from enquiries.models import Enquiry
from enquiries.tasks import escalate
from outbox.models import Message
from tests import factories
from tests.conftest import Cast

Move = Callable[[datetime], None]
AsUser = Callable[[User], Client]
LIST = reverse("admin:councils_absence_changelist")


def london(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LONDON)


def november(day: int) -> date:
    return date(2026, 11, day)


def away(user: User, first: int, last: int) -> Absence:
    return Absence.objects.create(user=user, first_day=november(first), last_day=november(last), written_by=user)


def fresh(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.select_related("owner").get(pk=case.pk)


def list_of(council: Council, kind: ToDoKind) -> list[ToDo]:
    with as_council(council):
        return list(ToDo.objects.filter(kind=kind, done_at=None))


@pytest.fixture
def case(kent: Council, cast: Cast, move_clock: Move) -> Enquiry:
    """Kate's, sent on Monday and promised for 5pm on Tuesday 24 November."""
    move_clock(london(23, 10))
    case = factories.enquiry(kent)
    actions.claim(case, by=access_of(cast.kate))
    move_clock(london(23, 11))
    return case


@pytest.mark.parametrize(
    ("spans", "end"),
    [
        ([], None),
        ([(25, 27)], None),
        ([(20, 23)], None),
        ([(24, 24)], 24),
        ([(20, 24), (25, 26)], 26),
        ([(24, 27), (30, 30)], 30),  # a weekend in between
        ([(24, 25), (27, 27)], 25),  # a day at work in between
        ([(23, 27), (24, 24)], 27),
    ],
)
def test_an_absence_goes_on_through_the_next_that_adjoins_it(spans: list[tuple[int, int]], end: int | None) -> None:
    days = [(november(first), november(last)) for first, last in spans]
    assert last_day_away(days, november(24)) == (november(end) if end else None)


def test_a_case_that_comes_due_while_its_owner_is_away_goes_back(kent: Council, case: Enquiry, cast: Cast) -> None:
    away(cast.kate, 23, 24)
    escalate()
    after = fresh(case)
    assert (after.owner, after.claimed_at) == (None, None)
    assert (after.promise_due_at, after.next_due_at) == (case.promise_due_at, case.next_due_at)
    [todo] = list_of(kent, ToDoKind.OWNER_AWAY)
    assert (todo.subject_id, todo.owner, todo.due_at) == (case.pk, None, case.next_due_at)
    with as_council(kent):
        event = Event.objects.get(verb="enquiry.returned")
    assert (event.subject_id, event.facts) == (case.pk, {"why": "away", "owner": cast.kate.pk})


def test_an_absence_counts_from_its_first_day(case: Enquiry, cast: Cast, move_clock: Move) -> None:
    away(cast.kate, 24, 24)
    escalate()
    assert fresh(case).owner == cast.kate
    move_clock(london(24, 0, 1))
    escalate()
    assert fresh(case).owner is None


def test_who_is_back_in_time_keeps_the_case(case: Enquiry, cast: Cast) -> None:
    away(cast.kate, 23, 23)
    escalate()
    assert fresh(case).owner == cast.kate


def test_a_case_goes_back_when_its_owner_is_back_too_late_to_act(
    kent: Council, case: Enquiry, cast: Cast, move_clock: Move
) -> None:
    Council.objects.filter(pk=kent.pk).update(duty_mailbox="duty@kent.example")
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(next_due_at=london(24, 10))
    away(cast.kate, 23, 23)
    move_clock(london(23, 14))
    escalate()
    assert fresh(case).owner is None
    with as_council(kent):
        assert Message.objects.get(kind="due_soon").to_address == "duty@kent.example"


def test_who_takes_a_case_while_being_away_keeps_it(kent: Council, cast: Cast, case: Enquiry, as_user: AsUser) -> None:
    away(cast.kate, 23, 24)
    escalate()
    page = as_user(cast.kate).post(reverse("admin:enquiries_enquiry_claim", args=[case.pk]), follow=True)
    assert "You are written down as away until 24 November" in page.content.decode()
    escalate()
    assert fresh(case).owner == cast.kate
    assert list_of(kent, ToDoKind.OWNER_AWAY) == []


def test_an_absence_written_down_later_counts(case: Enquiry, cast: Cast, move_clock: Move) -> None:
    away(cast.kate, 23, 23)
    move_clock(london(23, 12))
    actions.claim(case, by=access_of(cast.kate))
    away(cast.kate, 23, 24)
    Absence.objects.filter(last_day=november(24)).update(created_at=hub_now() + timedelta(seconds=1))
    escalate()
    assert fresh(case).owner is None


@pytest.mark.parametrize("how", ["deactivated", "membership ended"])
def test_the_cases_of_who_left_go_back(kent: Council, case: Enquiry, cast: Cast, how: str) -> None:
    if how == "deactivated":
        User.objects.filter(pk=cast.kate.pk).update(is_active=False)
    else:
        Membership.objects.filter(user=cast.kate).update(ended_at=hub_now())
    escalate()
    assert fresh(case).owner is None
    with as_council(kent):
        assert Event.objects.get(verb="enquiry.returned").facts["why"] == "left"


def test_who_changed_roles_keeps_the_case(kent: Council, case: Enquiry, cast: Cast) -> None:
    Membership.objects.filter(user=cast.kate).update(ended_at=hub_now())
    Membership.objects.create(user=cast.kate, council=kent, role=Role.MANAGER)
    escalate()
    assert fresh(case).owner == cast.kate


def test_a_case_that_is_due_soon_and_nobodys_is_one_to_do(
    kent: Council, case: Enquiry, cast: Cast, move_clock: Move
) -> None:
    away(cast.kate, 23, 24)
    escalate()
    move_clock(london(24, 14))
    escalate()
    assert list_of(kent, ToDoKind.OWNER_AWAY) == []
    [todo] = list_of(kent, ToDoKind.DUE_SOON)
    assert (todo.subject_id, todo.owner) == (case.pk, None)


def test_whose_owner_goes_away_when_it_is_due_soon_stays_one_to_do(
    kent: Council, case: Enquiry, cast: Cast, move_clock: Move
) -> None:
    move_clock(london(24, 14))
    escalate()
    away(cast.kate, 24, 25)
    move_clock(london(24, 14, 1))
    escalate()
    assert fresh(case).owner is None
    assert list_of(kent, ToDoKind.OWNER_AWAY) == []
    assert [todo.owner for todo in list_of(kent, ToDoKind.DUE_SOON)] == [None]


def test_giving_back_twice_is_written_down_once(kent: Council, case: Enquiry, cast: Cast) -> None:
    away(cast.kate, 23, 24)
    for _ in range(2):
        escalate()
    with as_council(kent):
        assert Event.objects.filter(verb="enquiry.returned").count() == 1


def test_others_cases_stay(hampshire: Council, case: Enquiry, cast: Cast) -> None:
    other = factories.enquiry(hampshire)
    actions.claim(other, by=access_of(cast.hal))
    away(cast.kate, 23, 24)
    escalate()
    assert fresh(other).owner == cast.hal
    assert list_of(hampshire, ToDoKind.OWNER_AWAY) == []


@pytest.mark.parametrize(("last", "told"), [(24, 1), (22, 0)])
def test_the_hub_is_told_where_everybody_is_away(
    kent: Council, office: Council, cast: Cast, move_clock: Move, last: int, told: int
) -> None:
    move_clock(london(23, 10))
    for user in (cast.kate, cast.mina):
        away(user, 20, last)
    factories.enquiry(kent)
    assert len(list_of(office, ToDoKind.NOBODY_HERE)) == told


def test_on_a_friday_night_it_matters_who_is_there_on_monday(
    kent: Council, office: Council, cast: Cast, move_clock: Move
) -> None:
    move_clock(london(20, 22))
    for user in (cast.kate, cast.mina):
        away(user, 20, 20)
    factories.enquiry(kent)
    assert list_of(office, ToDoKind.NOBODY_HERE) == []


def test_the_list_and_the_case_say_until_when_an_owner_is_away(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    away(cast.kate, 23, 23)
    page = as_user(cast.mina).get(reverse("admin:enquiries_enquiry_changelist")).content.decode()
    assert "(away until 23 November)" in page
    page = as_user(cast.mina).get(reverse("admin:enquiries_enquiry_change", args=[case.pk])).content.decode()
    assert "has this case and is away until 23 November." in page


# Writing them down.

DAYS = {"first_day": "2026-11-25", "last_day": "2026-11-27"}


@pytest.fixture
def clock(move_clock: Move) -> None:
    move_clock(london(23, 10))


def days(user: User) -> list[tuple[int, int]]:
    return [(row.first_day.day, row.last_day.day) for row in Absence.objects.filter(user=user).order_by("first_day")]


def send(client: Client, address: str = LIST, **sent: Any) -> Any:
    return client.post(address, sent)


def changing(absence: Absence) -> str:
    return reverse("admin:councils_absence_change", args=[absence.pk])


def removing(absence: Absence) -> str:
    return reverse("admin:councils_absence_remove", args=[absence.pk])


def test_everybody_writes_down_their_own_days(clock: None, kent: Council, cast: Cast, as_user: AsUser) -> None:
    for user in (cast.kate, cast.rhea):
        assert send(as_user(user), **DAYS).status_code == 302
        assert days(user) == [(25, 27)]
    with as_council(kent):
        assert Event.objects.get(verb="staff.absence_written").by == cast.kate


def test_days_sent_twice_are_written_down_once(clock: None, cast: Cast, as_user: AsUser) -> None:
    for _ in range(2):
        assert send(as_user(cast.kate), **DAYS).status_code == 302
    assert days(cast.kate) == [(25, 27)]


def test_ones_own_days_are_changed_and_deleted(clock: None, cast: Cast, as_user: AsUser) -> None:
    absence = away(cast.kate, 25, 27)
    kate = as_user(cast.kate)
    assert send(kate, changing(absence), first_day="26/11/2026", last_day="30/11/2026").status_code == 302
    assert days(cast.kate) == [(26, 30)]
    assert send(kate, removing(absence)).status_code == 302
    assert days(cast.kate) == []


def test_a_manager_writes_them_down_for_colleagues(clock: None, cast: Cast, as_user: AsUser) -> None:
    assert send(as_user(cast.mina), who=cast.kate.pk, **DAYS).status_code == 302
    assert days(cast.kate) == [(25, 27)]
    assert Absence.objects.get().written_by == cast.mina


def test_an_officer_may_not_write_down_a_colleagues(clock: None, cast: Cast, as_user: AsUser) -> None:
    kate, minas = as_user(cast.kate), away(cast.mina, 25, 27)
    send(kate, who=cast.mina.pk, **DAYS)
    assert (days(cast.kate), days(cast.mina)) == ([(25, 27)], [(25, 27)])  # their own: who was asked for is not offered
    assert send(kate, changing(minas), **DAYS | {"first_day": "2026-11-26"}).status_code == 403
    assert send(kate, removing(minas)).status_code == 403
    assert days(cast.mina) == [(25, 27)]


def test_a_manager_may_not_write_down_another_councils(clock: None, cast: Cast, as_user: AsUser) -> None:
    mina, hals = as_user(cast.mina), away(cast.hal, 25, 27)
    assert send(mina, who=cast.hal.pk, **DAYS).status_code == 422
    assert send(mina, changing(hals), **DAYS | {"first_day": "2026-11-26"}).status_code == 404
    assert send(mina, removing(hals)).status_code == 404
    assert days(cast.hal) == [(25, 27)]


def test_colleagues_days_are_seen_and_another_councils_are_not(clock: None, cast: Cast, as_user: AsUser) -> None:
    away(cast.mina, 25, 27)
    away(cast.hal, 25, 27)
    page = as_user(cast.kate).get(LIST).content.decode()
    assert "Mina" in page
    assert "Hal" not in page
    assert "Delete" not in page


def test_what_is_over_is_no_longer_shown_or_changed(clock: None, cast: Cast, as_user: AsUser) -> None:
    absence = away(cast.kate, 18, 20)
    kate = as_user(cast.kate)
    assert kate.get(LIST).context["rows"] == []
    assert send(kate, removing(absence)).status_code == 403
    assert days(cast.kate) == [(18, 20)]


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2026-11-27", "2026-11-25", "The last day must be the first day or later."),
        ("2026-11-18", "2026-11-20", "The last day must be today or later."),
        ("2026-11-23", "9999-12-31", "The last day must be within two years."),  # nothing can be counted past it
        ("", "2026-11-25", "Enter the first day away."),
        ("soon", "2026-11-25", "Enter the first day away like 24/11/2026."),
    ],
)
def test_days_that_cannot_be_are_refused_in_words(
    clock: None, cast: Cast, as_user: AsUser, first: str, last: str, told: str
) -> None:
    page = send(as_user(cast.kate), first_day=first, last_day=last)
    assert page.status_code == 422
    assert told in page.content.decode()
    assert days(cast.kate) == []
