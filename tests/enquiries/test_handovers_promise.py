"""What becomes of the promise when another council takes over, and what the enquirer is told."""

from datetime import timedelta

import pytest

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, FirstContact
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from enquiries import actions
from enquiries.actions import handovers, status
from enquiries.actions.missed import find_missed
from enquiries.models import Enquiry
from enquiries.states import (
    Outcome,
    Slot,
    Step,
    Way,
)
from tests import factories
from tests.conftest import Cast
from tests.enquiries.handing import accept, ask, fresh, mail, own, passed_on, todos, verbs
from tests.enquiries.taken_over import TUESDAY, MoveClock, case, everything_to_erin

__all__ = ["case"]


def test_a_promise_still_to_keep_stands_and_is_the_new_councils(case: Enquiry, hampshire: Council, cast: Cast) -> None:
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    assert new.promise_due_at == new.next_due_at == case.promise_due_at
    assert new.promise_slot == Slot.WEEKDAY_EVENING
    assert new.promise_kept_at is None


def test_a_missed_promise_is_missed_once_and_the_new_council_has_four_hours(
    case: Enquiry, kent: Council, hampshire: Council, cast: Cast, move_clock: MoveClock
) -> None:
    asked = ask(case, hampshire, cast.kate)
    move_clock(case.promise_due_at + timedelta(hours=15))  # Thursday at eleven
    new = accept(asked, cast.hal)
    assert new.promise_due_at == case.promise_due_at
    assert new.next_due_at == hub_now() + timedelta(hours=4)
    assert verbs(case).count("enquiry.promise_missed") == 1
    find_missed()
    assert "enquiry.promise_missed" not in verbs(new)


def test_a_kept_promise_stays_kept_and_somebody_new_gets_in_touch_all_the_same(
    case: Enquiry, hampshire: Council, cast: Cast
) -> None:
    actions.log_attempt(case, way=Way.CALL, outcome=Outcome.REACHED, by=access_of(cast.kate))
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    assert new.promise_kept_at == fresh(case).promise_kept_at
    assert new.reached_at is None
    assert new.next_due_at is not None
    assert new.next_due_at <= case.promise_due_at
    (message,) = mail(hampshire, "handed_over")
    assert "Hampshire County Council will get in touch by " in message.text


def test_the_promise_names_who_makes_the_first_contact_there(case: Enquiry, hampshire: Council, cast: Cast) -> None:
    hampshire.first_contact_by = FirstContact.HUB
    hampshire.save()
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    assert new.promise_by == FirstContact.HUB
    assert "Local Authority Fostering South East will ring you by" in mail(hampshire, "handed_over")[0].text


def test_the_enquirer_is_told_once_and_not_when_a_council_is_asked(
    case: Enquiry, kent: Council, hampshire: Council, office: Council, cast: Cast
) -> None:
    def told() -> list[str]:
        every = [message for council in (kent, hampshire, office) for message in everything_to_erin(council)]
        return sorted(message.kind for message in every)

    assert told() == ["confirmation"]
    asked = ask(case, office, cast.kate)
    handovers.withdraw(own(asked), by=access_of(cast.kate))
    asked = ask(case, hampshire, cast.kate)
    assert told() == ["confirmation"]
    accept(asked, cast.hal)
    actions.run_due()
    assert told() == ["confirmation", "handed_over"]
    (message,) = mail(hampshire, "handed_over")
    assert "Kent Fostering has passed your fostering enquiry to Hampshire County Council" in message.text
    assert "Hampshire County Council will ring you by" in message.text


@pytest.mark.parametrize("why", ["stopped", "no address", "send nothing"])
def test_whom_we_may_not_write_to_is_called(kent: Council, hampshire: Council, cast: Cast, why: str) -> None:
    case = factories.enquiry(kent, email="" if why == "no address" else "erin@example.org")
    with as_council(kent):
        if why == "stopped":
            status.ask_to_stop(case)
        if why == "send nothing":
            Enquiry.objects.filter(pk=case.pk).update(send_nothing=True)
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    assert mail(hampshire, "handed_over") == []
    assert todos(hampshire) == [ToDoKind.CALL]
    assert (new.stopped_at is not None) is (why == "stopped")
    assert new.send_nothing is (why == "send nothing")


def test_a_visit_that_was_booked_is_called_off_in_words(case: Enquiry, hampshire: Council, cast: Cast) -> None:
    visit_at = TUESDAY + timedelta(days=6)
    actions.take_step(case, Step.BOOK_VISIT, visit_at=visit_at, by=access_of(cast.kate))
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    assert new.visit_at is None
    (message,) = mail(hampshire, "handed_over")
    assert "The visit that was booked for Monday 30 November at 10am does not take place." in message.text
