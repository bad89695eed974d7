"""When to try again. Pure: the clock and the luck come in as arguments."""

from datetime import datetime, timedelta

from outbox import timings

_LONGEST = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240))
SHORTEST = timedelta(seconds=5)
GIVE_UP_AFTER = timedelta(hours=72)
DOUBLINGS = 10  # more than lead from the first pause to the longest


def next_try(attempt: int, *, now: datetime, since: datetime, until: datetime, luck: float) -> datetime | None:
    """After the `attempt`th failure (1 is the first) of a message made at `since`; None where it is time to give up.

    Full jitter: `luck`, from 0 to 1, places the try anywhere between at once and the longest wait of this attempt, so
    that messages that failed together do not come back together.
    """
    longest = _LONGEST[min(attempt, len(_LONGEST)) - 1]
    moment = now + max(longest * luck, SHORTEST)
    return moment if moment < min(since + GIVE_UP_AFTER, until) else None


def after_hold(*, now: datetime, luck: float) -> datetime:
    """When the fault is ours or the provider's and the message is not to blame: five to ten minutes."""
    return now + timings.HOLD * (1 + luck)


def pause(failed_probes: int, *, luck: float) -> timedelta:
    """How long a circuit stays open. Half of it is luck, so that senders of several hubs do not knock together."""
    doubled: timedelta = timings.FIRST_PAUSE * 2 ** min(failed_probes, DOUBLINGS)
    longest = min(doubled, timings.LONGEST_PAUSE)
    return longest * (1 + luck) / 2
