"""Mail that comes back makes a call of it, and soon."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import access_of
from councils.models import Council, Event, ToDo, User
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries import actions
from enquiries.models import Enquiry
from enquiries.states import Channel, CloseReason, Step, Way
from enquiries.tasks import raise_bounced
from outbox.states import Cover
from outbox.suppressions import suppress
from tests import factories
from tests.conftest import Cast

Move = Callable[[datetime], None]


def london(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LONDON)


@pytest.fixture
def case(kent: Council, cast: Cast, move_clock: Move) -> Enquiry:
    """Sent on Monday and promised for 5pm on Tuesday 24 November."""
    move_clock(london(23, 10))
    return factories.enquiry(kent)


def come_back(case: Enquiry) -> None:
    """What the outbox writes when the receiver knows no such address."""
    suppress(case.email, hub_id=case.council.hub_id, cover=Cover.EVERYTHING, reason="hard_bounce")
    with as_council(case.council_id):
        ToDo.objects.create(
            council_id=case.council_id,
            kind=ToDoKind.RING_INSTEAD,
            subject_kind="enquiry",
            subject_id=case.pk,
            about_council_id=case.council_id,
        )


def fresh(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.get(pk=case.pk)


def test_a_bounce_marks_the_case_and_makes_it_due_sooner(kent: Council, case: Enquiry) -> None:
    come_back(case)
    raise_bounced()
    after = fresh(case)
    assert after.email_fails
    assert after.next_due_at == london(23, 14)
    assert after.promise_due_at == case.promise_due_at
    with as_council(kent):
        assert ToDo.objects.get(kind=ToDoKind.RING_INSTEAD).due_at == london(23, 14)
        assert Event.objects.filter(verb="enquiry.email_failed", subject_id=case.pk).count() == 1


def test_a_case_is_never_due_later_for_it(case: Enquiry, move_clock: Move) -> None:
    move_clock(london(24, 15))
    come_back(case)
    raise_bounced()
    assert fresh(case).next_due_at == case.next_due_at


def test_at_night_the_hours_count_from_the_morning(kent: Council, cast: Cast, move_clock: Move) -> None:
    move_clock(london(23, 22))
    case = factories.enquiry(kent)
    come_back(case)
    raise_bounced()
    assert fresh(case).next_due_at == london(24, 13)


def test_looking_again_changes_nothing(kent: Council, case: Enquiry, move_clock: Move) -> None:
    come_back(case)
    raise_bounced()
    move_clock(london(23, 12))
    raise_bounced()
    assert fresh(case).next_due_at == london(23, 14)
    with as_council(kent):
        assert Event.objects.filter(verb="enquiry.email_failed").count() == 1


def test_an_address_corrected_meanwhile_is_not_marked(case: Enquiry) -> None:
    come_back(case)
    with as_council(case.council_id):
        Enquiry.objects.filter(pk=case.pk).update(email="right@example.org")
    raise_bounced()
    assert not fresh(case).email_fails


def test_a_corrected_address_takes_the_mark_away(kent: Council, cast: Cast, move_clock: Move) -> None:
    move_clock(london(23, 10))
    case = factories.enquiry(kent, token="the form", email="wrong@example.org")
    come_back(case)
    raise_bounced()
    assert fresh(case).email_fails
    actions.submit(factories.answers(kent, email="right@example.org"), token="the form", channel=Channel.WEB)
    raise_bounced()
    assert not fresh(case).email_fails


def test_a_closed_case_is_marked_and_stays_closed(case: Enquiry, cast: Cast) -> None:
    actions.take_step(case, Step.WITHDRAW, reason=CloseReason.OTHER, by=access_of(cast.kate))
    come_back(case)
    raise_bounced()
    after = fresh(case)
    assert (after.email_fails, after.next_due_at) == (True, None)


def test_others_are_not_marked(hampshire: Council, case: Enquiry) -> None:
    other = factories.enquiry(hampshire, email="other@example.org")
    come_back(case)
    raise_bounced()
    assert not fresh(other).email_fails
    assert fresh(other).next_due_at == other.next_due_at


def test_the_list_and_the_case_say_ring(case: Enquiry, cast: Cast, as_user: Callable[[User], Client]) -> None:
    come_back(case)
    raise_bounced()
    kate = as_user(cast.kate)
    for address in (
        reverse("admin:enquiries_enquiry_changelist") + "?special=bounced",
        reverse("admin:enquiries_enquiry_change", args=[case.pk]),
    ):
        assert "Email does not work: ring" in kate.get(address).content.decode()


def test_the_most_pressing_first(kent: Council, cast: Cast, as_user: Callable[[User], Client], case: Enquiry) -> None:
    bounced = factories.enquiry(kent, name="Bea", email="bea@example.org", way=Way.EMAIL)
    come_back(bounced)
    raise_bounced()
    rows = as_user(cast.kate).get(reverse("admin:enquiries_enquiry_changelist")).context["rows"]
    assert [row.case.name for row in rows] == ["Bea", case.name]


def test_the_form_sent_again_with_another_address_ends_the_call_instead(kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent, token="t" * 43)
    come_back(case)
    raise_bounced()
    factories.enquiry(kent, token="t" * 43, email=case.email, message="Did it arrive?")
    assert ring_instead(case)
    factories.enquiry(kent, token="t" * 43, email="right@example.org")
    assert not ring_instead(case)
    assert not fresh(case).email_fails


def ring_instead(case: Enquiry) -> bool:
    """Somebody is asked to ring."""
    with as_council(case.council_id):
        return ToDo.objects.filter(kind=ToDoKind.RING_INSTEAD, subject_id=case.pk, done_at=None).exists()
