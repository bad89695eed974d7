"""What goes next to one enquirer, when, and why or why not. Pure: facts in, plan out.

`plan` reads the table of sequences; nothing here knows a database, an outbox or a template.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from councils.working_time import at, in_london, next_working_day
from enquiries.followups.facts import Facts, Override, Overrides, Start
from enquiries.followups.reasons import TOO_LATE, Blocked, blocked
from enquiries.followups.sequences import SEQUENCES, By, Sequence
from enquiries.followups.starts import day_before
from enquiries.states import Way
from outbox import windows
from outbox.states import ChannelKind

OURS = Override()
_NEVER_TEXTED = frozenset({By.EMAIL})


@dataclass(frozen=True)
class Planned:
    """`step` is what the record of it is called: the sequence and, where it can recur, which."""

    step: str
    sequence: Sequence
    start: Start
    at: datetime
    channels: tuple[ChannelKind, ...]
    blocked: Blocked | None

    @property
    def may_skip(self) -> bool:
        return not self.sequence.always and self.blocked is None

    @property
    def waits(self) -> bool:
        """To be looked at when its time comes: to be sent, or to be written down as not possible."""
        return self.blocked is None or not self.blocked.lifts


def plan(facts: Facts, done: Collection[str], overrides: Overrides, now: datetime) -> list[Planned]:
    """Every step that has begun and has not ended, soonest first."""
    begun = (each for sequence in SEQUENCES for each in steps(sequence, facts, overrides, now))
    return sorted((each for each in begun if each.step not in done), key=lambda each: each.at)


def steps(sequence: Sequence, facts: Facts, overrides: Overrides, now: datetime) -> Iterator[Planned]:
    override = overrides.get(sequence.message, OURS) if sequence.message else OURS
    for start in sequence.starts(facts):
        moment = due(sequence, start, facts, override)
        channels = channels_of(sequence, facts)
        why = blocked(sequence, start, facts, off=override.off, reachable=bool(channels) or sequence.message is None)
        if why is None and _is_too_late(sequence, start, moment, now):
            why = TOO_LATE
        yield Planned(step_key(sequence.name, start), sequence, start, moment, channels, why)


def step_key(name: str, start: Start) -> str:
    return f"{name}:{start.key}" if start.key else name


def due(sequence: Sequence, start: Start, facts: Facts, override: Override) -> datetime:
    when = sequence.when
    if when.days is None:
        return start.since + when.wait
    days = when.days if override.days is None else override.days
    if when.before and start.at:
        return day_before(start.at, when.hour, facts, days)
    if not days:
        return start.since
    return at(next_working_day(in_london(start.since).date(), facts.hours, days), when.hour)


def channels_of(sequence: Sequence, facts: Facts) -> tuple[ChannelKind, ...]:
    texted = facts.can_text and sequence.by not in _NEVER_TEXTED
    email = facts.can_email and not (sequence.by is By.AS_ASKED and facts.way == Way.TEXT and texted)
    text = texted and (sequence.by is By.BOTH or not email)
    return (*([ChannelKind.EMAIL] if email else []), *([ChannelKind.SMS] if text else []))


def next_look(planned: Collection[Planned]) -> datetime | None:
    return min((each.at for each in planned if each.waits), default=None)


def leaves_at(sequence: Sequence, moment: datetime) -> datetime:
    """A message may have to wait in the outbox; a to-do does not."""
    return moment if sequence.message is None else windows.leaves_at(sequence.window, moment)


def may_be_written_to(facts: Facts) -> bool:
    """Whether “are you still interested?” could reach them at all."""
    reachable = facts.can_email or facts.can_text
    return reachable and not (facts.send_nothing or facts.stopped_at or facts.quarantined or facts.to_confirm)


def _is_too_late(sequence: Sequence, start: Start, moment: datetime, now: datetime) -> bool:
    """A reminder that would come after the visit, or that was overtaken by the news of the visit itself."""
    if start.at and (start.at <= now or (moment <= start.since and sequence.when.before)):
        return True
    return moment + sequence.late < now
