"""Who ticked the box gets news, as long as their case says so; and what the outbox learns of an address is heeded."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from campaigns.actions.leaving import PAGE, end_one, leave
from campaigns.actions.taking_in import take_in
from campaigns.models import Agreement, Subscriber
from campaigns.news.jobs import compare_one_council, follow_cases, follow_suppressions
from campaigns.news.standing import may_be_written_to
from campaigns.states import Origin, Purpose, SubscriberState
from councils.models import Council
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions import status
from enquiries.models import Enquiry, Submission
from enquiries.states import State
from outbox.models import Message
from outbox.states import Cover
from outbox.suppressions import COMPLAINT, HARD_BOUNCE, suppress
from tests import factories
from tests.campaigns.subscribed import subscriber

MONDAY = datetime(2026, 11, 23, 11, tzinfo=LONDON)


@pytest.fixture
def case(kent: Council, move_clock: Callable[[datetime], None]) -> Enquiry:
    move_clock(MONDAY)
    return factories.enquiry(kent, news_by_email=True)


def of(council: Council) -> list[Subscriber]:
    with as_council(council):
        return list(Subscriber.objects.filter(council=council).order_by("created_at"))


def may(own: Subscriber, purpose: Purpose = Purpose.NEWS) -> bool:
    with as_council(own.council_id):
        return own.pk in may_be_written_to([own.pk], purpose)


def how_ended(own: Subscriber) -> set[str]:
    with as_council(own.council_id):
        return set(Agreement.objects.filter(subscriber=own).values_list("how_ended", flat=True))


def test_the_box_of_the_form_gives_both_purposes_in_its_own_words(kent: Council, case: Enquiry) -> None:
    factories.enquiry(kent, email="not.ticked@example.org")
    for _ in range(2):
        follow_cases()
    (own,) = of(kent)
    assert (own.enquiry_id, own.address, own.first_name, own.area_code) == (case.pk, case.email, "Erin", case.area_code)
    assert may(own)
    assert may(own, Purpose.EVENTS)
    with as_council(kent):
        given = Agreement.objects.get(subscriber=own, purpose=Purpose.NEWS)
    assert (given.origin, given.version, given.given_at) == (Origin.FORM, "2026-11", MONDAY)


def test_cases_that_want_no_news_are_looked_at_together(
    kent: Council, move_clock: Callable[[datetime], None], django_assert_max_num_queries: Callable[..., Any]
) -> None:
    """A list that is brought in makes thousands of them within minutes, and promises wait behind this."""
    move_clock(MONDAY)
    for number in range(8):
        factories.enquiry(kent, email=f"wants.none{number}@example.org")
    with django_assert_max_num_queries(16):
        follow_cases()


def test_what_the_minutes_missed_is_found_when_its_council_is_compared(
    kent: Council, hampshire: Council, case: Enquiry, move_clock: Callable[[datetime], None]
) -> None:
    move_clock(MONDAY + timedelta(days=1))
    follow_cases()
    assert of(kent) == []
    assert take_in(hampshire) == 0
    assert take_in(kent) == 1
    assert take_in(kent) == 0, "nothing is out of step"
    assert len(of(kent)) == 1
    assert of(hampshire) == []


def test_every_council_has_its_turn_within_the_half_hour(case: Enquiry, move_clock: Callable[[datetime], None]) -> None:
    for minute in range(30):
        move_clock(MONDAY + timedelta(hours=5, minutes=minute))
        compare_one_council()
    assert len(of(case.council)) == 1


def test_the_same_tick_counts_once(kent: Council, case: Enquiry) -> None:
    take_in(kent)
    (own,) = of(kent)
    end_one(own, Purpose.EVENTS, how=PAGE)
    follow_cases()
    assert may(own)
    assert not may(own, Purpose.EVENTS)
    leave(own, how=PAGE)
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(news_by_email=True)
    follow_cases()
    assert not may(own)
    assert of(kent)[0].state == SubscriberState.ENDED


@pytest.mark.parametrize("says", [status.stop_news, status.ask_to_stop])
def test_a_no_on_the_case_ends_it(kent: Council, case: Enquiry, says: Callable[[Enquiry], None]) -> None:
    take_in(kent)
    says(case)
    follow_cases()
    (own,) = of(kent)
    assert own.state == SubscriberState.ENDED
    assert how_ended(own) == {"case"}


def test_a_new_address_is_followed_and_the_old_one_left(kent: Council, case: Enquiry) -> None:
    take_in(kent)
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(email="moved@example.org")
    take_in(kent)
    old, new = sorted(of(kent), key=lambda own: own.address == "moved@example.org")
    assert (old.state, how_ended(old)) == (SubscriberState.ENDED, {"moved"})
    assert may(new)


def test_a_case_that_goes_to_another_council_takes_its_news_along(kent: Council, case: Enquiry) -> None:
    take_in(kent)
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(state=State.PASSED_ON, closed_at=MONDAY, next_due_at=None)
    take_in(kent)
    (own,) = of(kent)
    assert how_ended(own) == {"passed_on"}
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(state=State.NEW, closed_at=None, next_due_at=MONDAY)
    take_in(kent)
    assert may(own), "they said no to nothing"


def test_a_joined_case_hands_its_subscriber_to_the_one_that_goes_on(kent: Council, case: Enquiry) -> None:
    take_in(kent)
    kept = factories.enquiry(kent, news_by_email=True)
    with as_council(kent):
        Enquiry.objects.filter(pk=kept.pk).update(email=case.email)
        Enquiry.objects.filter(pk=case.pk).update(
            merged_into=kept, state=State.DUPLICATE, closed_at=MONDAY, next_due_at=None
        )
    (own,) = of(kent)
    assert not may(own), "until the other one is looked at"
    take_in(kent)
    (own,) = of(kent)
    assert own.enquiry_id == kept.pk
    assert may(own)


def test_a_yes_that_nobody_can_show_is_none(kent: Council, case: Enquiry) -> None:
    with as_council(kent):
        Submission.objects.filter(enquiry=case).update(consents={})
    take_in(kent)
    assert of(kent) == []


def test_a_tick_under_an_address_that_refused_brings_nothing(kent: Council, case: Enquiry) -> None:
    suppress(case.email, hub_id=kent.hub_id, cover=Cover.PROMOTIONAL, reason="opted_out")
    follow_cases()
    assert of(kent) == []


def test_what_may_be_spam_is_not_taken_in(kent: Council, case: Enquiry) -> None:
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(quarantined=True)
    follow_cases()
    assert of(kent) == []


def test_who_subscribed_before_they_enquired_is_one_person(
    kent: Council, move_clock: Callable[[datetime], None]
) -> None:
    move_clock(MONDAY)
    own = subscriber(kent, "sam@example.org", purposes=(Purpose.NEWS,))
    case = factories.enquiry(kent, email="sam@example.org")
    follow_cases()
    (after,) = of(kent)
    assert (after.pk, after.enquiry_id) == (own.pk, case.pk)
    assert may(own), "a box left empty takes nothing back"
    assert not may(own, Purpose.EVENTS)


@pytest.mark.parametrize(
    ("cover", "reason", "how"),
    [
        (Cover.PROMOTIONAL, COMPLAINT, "complaint"),
        (Cover.EVERYTHING, HARD_BOUNCE, "bounced"),
        (Cover.PROMOTIONAL, "opted_out", "case"),
    ],
)
def test_what_the_outbox_learns_ends_it_in_every_council(
    kent: Council, hampshire: Council, cover: Cover, reason: str, how: str
) -> None:
    here, there, other = subscriber(kent), subscriber(hampshire), subscriber(kent, "other@example.org")
    suppress(here.address, hub_id=kent.hub_id, cover=cover, reason=reason)
    assert follow_suppressions() == 2
    assert follow_suppressions() == 0
    assert how_ended(here) == how_ended(there) == {how}
    assert may(other)


def test_a_tick_on_a_form_that_joined_is_a_question_to_the_owner_of_the_address(
    kent: Council, move_clock: Callable[[datetime], None]
) -> None:
    """Anybody can type an address: what was typed changes nothing that stands."""
    move_clock(MONDAY)
    case = factories.enquiry(kent, email="sam@example.org")
    move_clock(MONDAY + timedelta(minutes=5))
    factories.enquiry(kent, email="sam@example.org", news_by_email=True, message="Once more", name="Somebody Else")
    with as_council(kent):
        assert Submission.objects.filter(enquiry=case).count() == 2, "joined"
    for _ in range(3):
        follow_cases()
    (own,) = of(kent)
    assert own.state == SubscriberState.PENDING
    assert not may(own)
    with as_council(kent):
        assert [message.to_address for message in Message.objects.filter(kind="news_confirm")] == ["sam@example.org"]


def test_who_took_the_tick_back_in_the_next_form_is_asked_nothing(
    kent: Council, move_clock: Callable[[datetime], None]
) -> None:
    move_clock(MONDAY)
    token = "t" * 43
    case = factories.enquiry(kent, token=token, email="sam@example.org", news_by_email=True)
    move_clock(MONDAY + timedelta(minutes=5))
    factories.enquiry(kent, token=token, email="sam@example.org", news_by_email=False, message="No news, please")
    with as_council(kent):
        assert not Enquiry.objects.get(pk=case.pk).news_by_email
    follow_cases()
    assert of(kent) == []
    with as_council(kent):
        assert not Message.objects.filter(kind="news_confirm").exists()
