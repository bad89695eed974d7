"""What must hold at every moment of a living database. `manage.py verify` asks, and so does the fault harness.

Each invariant is one function that returns a Finding.
"""

from collections.abc import Callable, Iterator

from councils.models import Council
from councils.tenancy import across
from lafse.verification.campaigns import every_email_to_many_adds_up
from lafse.verification.delivery import (
    every_message_sent_has_a_reply_and_an_id,
    no_lease_is_older_than_twice_its_length,
    nothing_due_is_late,
)
from lafse.verification.enquiries import (
    every_open_case_has_an_owner_and_a_running_promise,
    everybody_is_written_to_once_or_called,
    what_was_acknowledged_is_stored,
)
from lafse.verification.erasures import what_was_asked_to_be_erased_does_not_wait, what_was_erased_is_gone
from lafse.verification.finding import Finding
from lafse.verification.handovers import (
    every_accepted_handover_goes_on_in_one_case,
    every_handover_is_known_alike_to_both_councils,
)
from lafse.verification.introductions import (
    both_rows_of_every_introduction_agree,
    nobody_has_two_conversations_in_one_seat,
)
from lafse.verification.merges import what_was_joined_goes_on
from lafse.verification.parents import every_row_is_in_its_parents_council

__all__ = ["Finding", "verify"]

INVARIANTS: tuple[Callable[[], Finding], ...] = (
    what_was_acknowledged_is_stored,
    everybody_is_written_to_once_or_called,
    nothing_due_is_late,
    no_lease_is_older_than_twice_its_length,
    every_message_sent_has_a_reply_and_an_id,
    every_row_is_in_its_parents_council,
    what_was_joined_goes_on,
    every_open_case_has_an_owner_and_a_running_promise,
    every_handover_is_known_alike_to_both_councils,
    every_accepted_handover_goes_on_in_one_case,
    both_rows_of_every_introduction_agree,
    nobody_has_two_conversations_in_one_seat,
    what_was_erased_is_gone,
    what_was_asked_to_be_erased_does_not_wait,
    every_email_to_many_adds_up,
)


def verify() -> Iterator[Finding]:
    """As the app's log-in; a transaction for each, so that none is held open for long."""
    councils = list(Council.objects.all())
    for invariant in INVARIANTS:
        with across(councils, reason="verify"):
            finding = invariant()
        yield finding
