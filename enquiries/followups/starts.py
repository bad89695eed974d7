"""What begins each sequence. Pure. A key that names the cause keeps a step from happening twice for it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time

from councils.working_time import WorkingHours, at, in_london, is_working_day, next_working_day, opening
from enquiries.followups.facts import Attempt, Facts, Start
from enquiries.states import Outcome, State

MOST_TRIES_TOLD = 3
TRIES_BEFORE_ASKING = 3
Starts = Callable[[Facts], Iterator[Start]]
# Who got an email or a text from a person needs no message that says so.
_UNNOTICED = frozenset({Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.WRONG_DETAILS})


def arrival(facts: Facts) -> Iterator[Start]:
    yield Start(facts.created_at)


def arrival_asking_for_news(facts: Facts) -> Iterator[Start]:
    """Not of a case that another council had first: it has begun there."""
    if facts.wants_news and not facts.taken_over_at:
        yield Start(facts.created_at)


def handover(facts: Facts) -> Iterator[Start]:
    if facts.taken_over_at:
        yield Start(facts.taken_over_at)


def unsuccessful_attempts(facts: Facts) -> Iterator[Start]:
    """Each, three at most. Three calls in one afternoon are told once: the last one stands.

    Counted as they were written down, so that an earlier one added later moves none that was told already.
    """
    days: dict[date, Attempt] = {}
    for each in sorted(facts.failed, key=lambda attempt: attempt.written_at):
        if each.outcome in _UNNOTICED:
            day = in_london(each.at).date()
            days[day] = max(days.get(day, each), each, key=lambda attempt: attempt.at)
    for number, attempt in enumerate(list(days.values())[:MOST_TRIES_TOLD], start=1):
        yield Start(attempt.at, str(number))


def first_reached(facts: Facts) -> Iterator[Start]:
    if facts.reached_at:
        yield Start(facts.reached_at)


def visit(facts: Facts) -> Iterator[Start]:
    if facts.visit_at:
        key = told_key(minute(facts.visit_at), facts.visits_told)
        yield Start(facts.visit_told_at or facts.state_changed_at, key, facts.visit_at)


def told_key(time: str, told: Sequence[str]) -> str:
    """A time that they were told of, and of another since, is told anew."""
    before = [key.partition("~")[0] for key in told]
    if time not in before:
        return time
    return told[-1] if before[-1] == time else f"{time}~{before.count(time) + 1}"


def application(facts: Facts) -> Iterator[Start]:
    if facts.state == State.APPLIED:
        yield Start(facts.state_changed_at)


def postponed(facts: Facts) -> Iterator[Start]:
    if facts.state == State.NOT_YET and facts.wake_on:
        yield Start(facts.state_changed_at, told_key(facts.wake_on.isoformat(), facts.waits_told))


def wake_up_day(facts: Facts) -> Iterator[Start]:
    """At opening time on the day they named, or on the first working day after it."""
    if facts.state == State.NOT_YET and facts.wake_on:
        yield Start(opening(asked_again_on(facts.wake_on, facts.hours), facts.hours), facts.wake_on.isoformat())


def silence(facts: Facts) -> Iterator[Start]:
    """The third attempt in a row that reached nobody."""
    unanswered = [each for each in facts.failed if facts.last_word is None or each.at > facts.last_word]
    if len(unanswered) >= TRIES_BEFORE_ASKING:
        third = unanswered[TRIES_BEFORE_ASKING - 1]
        yield Start(third.at, minute(third.at))


def asked(facts: Facts) -> Iterator[Start]:
    if facts.asked_at:
        yield Start(facts.asked_at, minute(facts.asked_at))


def closing(facts: Facts) -> Iterator[Start]:
    if facts.state in (State.WITHDRAWN, State.NO_REPLY):
        yield Start(facts.state_changed_at, minute(facts.state_changed_at))


def day_before(moment: datetime, hour: time, facts: Facts, days: int) -> datetime:
    """`days` working days before."""
    day = in_london(moment).date()
    for _ in range(days):
        day = date.fromordinal(day.toordinal() - 1)
        while not is_working_day(day, facts.hours):
            day = date.fromordinal(day.toordinal() - 1)
    return at(day, hour)


def asked_again_on(day: date, hours: WorkingHours) -> date:
    return day if is_working_day(day, hours) else next_working_day(day, hours)


def minute(moment: datetime) -> str:
    return f"{in_london(moment):%Y-%m-%dT%H:%M}"
