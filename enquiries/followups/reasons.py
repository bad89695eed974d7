"""Why a step does not go, in words for staff and as a code for the record. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from councils.working_time import in_london
from enquiries.followups.facts import Facts, Start
from enquiries.followups.sequences import Sequence, Until
from enquiries.promise import day_in_words


@dataclass(frozen=True, slots=True)
class Blocked:
    """`lifts`: a person may end it (release, confirm), and then the step goes; otherwise its time passes unsent."""

    code: str
    words: str
    lifts: bool = False


SEND_NOTHING = Blocked("send_nothing", "“Send them no confirmation” was chosen when this was written down.")
QUARANTINED = Blocked("quarantined", "Perhaps spam: nothing goes until somebody releases it.", lifts=True)
TO_CONFIRM = Blocked("to_confirm", "Nobody has said yet that this is an enquiry.", lifts=True)
NO_NEWS = Blocked("no_news", "They did not ask for news.")
TOO_LATE = Blocked("too_late", "Its time has passed.")
SWITCHED_OFF = Blocked("switched_off", "Your council has switched this message off.")
BOUNCED = Blocked("bounced", "Email to them comes back, and there is no mobile number that may be texted.")
NO_ADDRESS = Blocked("no_address", "There is no address that we may write to.")
# What this code means where nothing else is known of the case any more.
WORDS = {
    "stopped": "They had asked us to stop.",
    "state": "The case had moved on.",
    "reached": "You had spoken to them.",
    "heard": "They had answered.",
    "asked": "They had been asked already.",
    "handed_over": "The council that had it before had confirmed it.",
    "switched_off": "Your council had switched it off.",
    "merged": "Another enquiry of theirs, which was joined with this one, had sent it.",
} | {each.code: each.words for each in (SEND_NOTHING, NO_NEWS, TOO_LATE, BOUNCED, NO_ADDRESS)}


def blocked(sequence: Sequence, start: Start, facts: Facts, *, off: bool, reachable: bool) -> Blocked | None:
    """The first that applies."""
    return next(_reasons(sequence, start, facts, off, reachable), None)


def _reasons(sequence: Sequence, start: Start, facts: Facts, off: bool, reachable: bool) -> Iterator[Blocked]:
    if sequence.message:
        yield from _wishes(sequence, facts)
    if facts.state not in sequence.states:
        yield Blocked("state", f"The case is now “{facts.state.label}”.")
    yield from _answered(sequence, start, facts)
    if sequence.message:
        yield from _held(facts)
    if off and not sequence.always:
        yield SWITCHED_OFF
    if not reachable:
        yield BOUNCED if facts.email_fails else NO_ADDRESS


def _wishes(sequence: Sequence, facts: Facts) -> Iterator[Blocked]:
    if facts.send_nothing:
        yield SEND_NOTHING
    if facts.stopped_at:
        yield Blocked("stopped", f"They asked us to stop writing on {day(facts.stopped_at)}.")
    if sequence.promotional and not facts.wants_news:
        yield NO_NEWS


def _held(facts: Facts) -> Iterator[Blocked]:
    if facts.quarantined:
        yield QUARANTINED
    if facts.to_confirm:
        yield TO_CONFIRM


def _answered(sequence: Sequence, start: Start, facts: Facts) -> Iterator[Blocked]:
    reached, heard, asked = facts.last_reached, facts.heard_at, facts.asked_at
    if Until.REACHED in sequence.until and reached and reached > start.since:
        yield Blocked("reached", f"You spoke to them on {day(reached)}.")
    if Until.HEARD in sequence.until and heard and heard > start.since:
        yield Blocked("heard", f"They answered on {day(heard)}.")
    if Until.ASKED in sequence.until and asked and (facts.last_word is None or facts.last_word < asked):
        yield Blocked("asked", f"They were asked on {day(asked)}.")


def day(moment: datetime) -> str:
    return day_in_words(in_london(moment).date())
