"""The days on which a person works: who may change whose, and what they change."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from councils.models import Absence, Council, Event, ToDo, User
from councils.models.todos import ToDoKind
from councils.presence import Presence, can_take
from councils.roles import Role
from councils.tenancy import as_council
from councils.working_time import LONDON, WorkingHours
from enquiries.recipients import managers_of
from staff.working_days import in_words
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
Move = Callable[[datetime], None]
PAGE = reverse("admin:councils_absence_changelist")
CHANGE = reverse("admin:councils_absence_working_days")
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def london(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LONDON)


def november(day: int) -> date:
    return date(2026, 11, day)


def days_of(user: User) -> list[int]:
    return User.objects.values_list("working_days", flat=True).get(pk=user.pk)


# When somebody is in.


def test_a_person_is_in_on_the_days_they_work_and_are_not_away() -> None:
    part_time = Presence(frozenset([MON, TUE, FRI]), ((november(24), november(25)),))
    assert [part_time.is_in(november(day)) for day in (23, 24, 25, 26, 27)] == [True, False, False, False, True]


def test_nobody_is_in_on_a_bank_holiday() -> None:
    christmas = date(2026, 12, 25)
    assert not Presence(frozenset(range(7))).is_in(christmas)
    assert Presence(frozenset(range(7))).next_in(christmas) == date(2026, 12, 27)  # a Sunday; Monday stands in


def test_the_next_day_in_is_looked_for_but_not_for_ever() -> None:
    assert Presence(frozenset([WED])).next_in(november(26)) == date(2026, 12, 2)
    for_ever = Presence(frozenset([WED]), ((november(1), date(2099, 1, 1)),))
    assert for_ever.next_in(november(26)) is None


@pytest.mark.parametrize(
    ("weekdays", "absences", "now", "due_at", "can"),
    [
        ([MON, TUE, WED, THU, FRI], [], london(23, 10), london(24, 17), True),
        ([TUE], [], london(23, 10), london(24, 17), False),  # not in today, and the council is open
        ([TUE], [], london(23, 17), london(24, 17), True),  # tomorrow is the next day on which it is open
        ([MON], [], london(23, 10), london(24, 17), True),
        ([MON], [], london(23, 15, 1), london(24, 17), False),  # less than two hours left of their one day
        ([MON, TUE], [], london(23, 16, 30), london(23, 17), True),  # half an hour, and nobody has more
        ([MON, TUE], [], london(23, 10), london(20, 17), True),  # late already: somebody must have it
        ([MON, TUE], [(20, 22)], london(22, 20), london(23, 17), True),  # back on Monday from a fortnight away
        ([MON, TUE], [(23, 23)], london(22, 20), london(24, 17), False),
        ([MON, TUE], [(28, 29)], london(28, 9), london(28, 16), False),  # a Saturday's promise, away on that Saturday
        ([MON, TUE], [], london(28, 9), london(28, 16), True),
    ],
)
def test_who_can_take_a_case(
    weekdays: list[int], absences: list[tuple[int, int]], now: datetime, due_at: datetime, can: bool
) -> None:
    spans = tuple((november(first), november(last)) for first, last in absences)
    presence = Presence(frozenset(weekdays), spans)
    assert can_take(presence, now=now, due_at=due_at, hours=WorkingHours()) is can


def test_the_hub_is_told_of_a_new_case_where_nobody_works_on_that_day(
    kent: Council, office: Council, cast: Cast, move_clock: Move
) -> None:
    move_clock(london(23, 10))
    User.objects.filter(pk__in=[cast.kate.pk, cast.mina.pk]).update(working_days=[TUE])
    factories.enquiry(kent)
    with as_council(office):
        assert ToDo.objects.filter(kind=ToDoKind.NOBODY_HERE).count() == 1


def test_reminders_go_to_who_is_in(kent: Council, cast: Cast) -> None:
    other = factories.user("Milly", kent, Role.MANAGER)
    User.objects.filter(pk=cast.mina.pk).update(working_days=[TUE])
    assert managers_of(kent, london(23, 10)) == [other.email]
    assert managers_of(kent, london(24, 10)) == [cast.mina.email, other.email]
    Absence.objects.create(user=other, first_day=november(23), last_day=november(23), written_by=other)
    assert managers_of(kent, london(23, 10)) == [cast.mina.email, other.email]  # nobody is in: all of them


# Who changes them.


def test_everybody_says_on_which_days_they_work(kent: Council, cast: Cast, as_user: AsUser) -> None:
    kate = as_user(cast.kate)
    assert "Monday to Friday" in kate.get(PAGE).content.decode()
    for _ in range(2):
        assert kate.post(CHANGE, {"who": cast.kate.pk, "days": [TUE, MON]}).status_code == 302
    assert days_of(cast.kate) == [MON, TUE]
    assert "Monday and Tuesday" in kate.get(PAGE).content.decode()
    with as_council(kent):
        event = Event.objects.get(verb="staff.working_days_changed")  # once, though it was sent twice
    assert (event.by, event.subject_id.int) == (cast.kate, cast.kate.pk)


def test_a_manager_says_it_for_colleagues(cast: Cast, as_user: AsUser) -> None:
    page = as_user(cast.mina).post(CHANGE, {"who": cast.kate.pk, "days": [WED]}, follow=True)
    assert days_of(cast.kate) == [WED]
    assert "Wednesday" in page.content.decode()


def test_an_officer_may_not_say_it_for_a_colleague(cast: Cast, as_user: AsUser) -> None:
    page = as_user(cast.kate).post(CHANGE, {"who": cast.mina.pk, "days": [WED]})
    assert page.status_code == 422
    assert days_of(cast.mina) == [MON, TUE, WED, THU, FRI]
    assert "Mina" not in as_user(cast.kate).get(PAGE).content.decode()


def test_a_manager_may_not_say_it_for_another_council(cast: Cast, as_user: AsUser) -> None:
    answers = [as_user(cast.mina).post(CHANGE, {"who": who, "days": [WED]}) for who in (cast.hal.pk, 1_900_000_000)]
    assert [answer.status_code for answer in answers] == [422, 422]
    told, as_of_nobody = (answer.context["refusal"].args for answer in answers)
    assert told == as_of_nobody
    assert days_of(cast.hal) == [MON, TUE, WED, THU, FRI]


@pytest.mark.parametrize("days", [[], [7], ["x"]])
def test_a_week_has_seven_days_and_one_of_them_is_worked(cast: Cast, as_user: AsUser, days: list[object]) -> None:
    assert as_user(cast.kate).post(CHANGE, {"who": cast.kate.pk, "days": days}).status_code == 422
    assert days_of(cast.kate) == [MON, TUE, WED, THU, FRI]


@pytest.mark.parametrize("days", [[], [7], [0, 9]])
def test_the_database_keeps_no_other_week(cast: Cast, days: list[int]) -> None:
    with pytest.raises(IntegrityError, match="councils_user_works_on_days_of_the_week"), transaction.atomic():
        User.objects.filter(pk=cast.kate.pk).update(working_days=days)


def test_days_are_read_as_words() -> None:
    assert [in_words(days) for days in ([4, 3, 2, 1, 0], [2], [6, 0, 2])] == [
        "Monday to Friday",
        "Wednesday",
        "Monday, Wednesday and Sunday",
    ]
