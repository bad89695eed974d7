"""From one message to the next in one round trip: what a sender does most, and so the one place that skips the ORM.

One commit writes down that the last message was taken and counts the attempt of the next. The settings of the scope
travel with it, so row-level security stands guard as it does everywhere. The function stands in its migration.
"""

from councils.tenancy import Scope, run_in
from outbox import timings
from outbox.models import Message
from outbox.outcomes import Outcome

_HAND_OVER = "SELECT settled, started FROM outbox_hand_over(%s, %s, %s, %s, %s, %s, %s)"


def hand_over(scope: Scope, last: Message, outcome: Outcome, following: Message) -> tuple[bool, bool]:
    """Whether `last` was still ours and is now sent, and whether `following` was begun."""
    params = [
        *(last.pk, last.lease_token, storable(outcome.reply), outcome.provider_id[:80]),
        *(following.pk, following.lease_token, timings.SENDING),
    ]
    ((settled, started),) = run_in(scope, _HAND_OVER, params)
    following.attempts += started
    return settled, started


def storable(reply: str) -> str:
    shown = reply if reply.isprintable() else "".join(letter if letter.isprintable() else " " for letter in reply)
    return shown[:500]
