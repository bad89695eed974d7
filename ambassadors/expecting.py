"""How long somebody who asks for a conversation may expect to wait, in words. Pure.

Said from what happened where enough has happened; else from what the council promises by its settings: nothing is made
up.
"""

from collections.abc import Sequence
from datetime import timedelta
from math import ceil

LOOKED_BACK = timedelta(days=90)
ENOUGH = 10  # fewer tell of single people, and change with each
SHARE = 0.8


def usual_days(days: Sequence[int]) -> int | None:
    """Within which eight of ten were in touch with somebody; None where too few were. `days`: of each, since they
    asked."""
    if len(days) < ENOUGH:
        return None
    return max(sorted(days)[ceil(SHARE * len(days)) - 1], 1)


def in_words(usual: int | None, answer_days: int) -> str:
    if usual is not None:
        return (
            f"Of the people who talked to somebody here in the last three months, 8 out of 10 were in touch within"
            f" {_days(usual, 'day')} of asking."
        )
    return (
        f"We ask one person at a time, the one who suits you best. They have {_days(answer_days, 'working day')} to"
        " answer. If they cannot, we ask the next."
    )


def _days(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' if count > 1 else ''}"
