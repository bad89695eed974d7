"""How long somebody who asks for a conversation may expect to wait, in words. Pure.

Said from what happened where enough has happened; else from what the council promises by its settings: nothing is made
up.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from ambassadors.deadlines import answer_by
from councils.working_time import WorkingHours

LOOKED_BACK = timedelta(days=90)
ENOUGH = 10  # fewer tell of single people, and change with each
SHARE = 0.8
TWO_PEOPLE = 2  # asked one after the other


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


def may_expect_by(since: datetime, usual: int | None, answer_days: int, hours: WorkingHours) -> datetime:
    """From when on it takes longer than they were told: than it usually does, or than two people take to answer."""
    if usual is not None:
        return since + timedelta(days=usual)
    return answer_by(since, TWO_PEOPLE * answer_days, hours)
