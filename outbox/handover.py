"""From one message to the next in one round trip: what a sender does most, and so the one place that skips the ORM.

One commit writes down that the last message was taken and counts the attempt of the next. The settings of the scope
travel with it, so row-level security stands guard as it does everywhere.
"""

from collections.abc import Iterable

from councils.tenancy import run_across
from outbox import timings
from outbox.models import Message
from outbox.outcomes import Outcome

_HAND_OVER = """
    WITH settled AS (
        UPDATE outbox_message SET
            state = 'sent', settled_at = hub_now(), lease_until = NULL, started_at = NULL,
            lease_token = lease_token + 1, smtp_reply = %s, last_error = '', provider_id = %s
        WHERE id = %s AND state = 'leased' AND lease_token = %s
        RETURNING 1
    ), started AS (
        UPDATE outbox_message SET
            started_at = hub_now(), first_tried_at = coalesce(first_tried_at, hub_now()), attempts = attempts + 1
        WHERE id = %s AND state = 'leased' AND lease_token = %s
            AND expires_at > hub_now() AND NOT cancel_asked AND lease_until > hub_now() + %s
        RETURNING 1
    )
    SELECT EXISTS (SELECT FROM settled), EXISTS (SELECT FROM started)
"""


def hand_over(councils: Iterable[int], last: Message, outcome: Outcome, following: Message) -> tuple[bool, bool]:
    """Whether `last` was still ours and is now sent, and whether `following` was begun."""
    params = [
        *(storable(outcome.reply), outcome.provider_id[:80], last.pk, last.lease_token),
        *(following.pk, following.lease_token, timings.SENDING),
    ]
    ((settled, started),) = run_across(councils, _HAND_OVER, params, reason="deliver")
    following.attempts += started
    return settled, started


def storable(reply: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in reply)[:500]
