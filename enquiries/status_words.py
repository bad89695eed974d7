"""What "Your enquiry" says: where it stands, sorry first where we are late, and what happens next. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from councils.working_time import in_london
from enquiries.promise import Promise, day_in_words, hour_in_words
from enquiries.states import CLOSED_STATES, REOPENABLE_STATES, Outcome, State, Way


@dataclass(frozen=True)
class Try:
    way: Way
    outcome: Outcome
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Facts:
    """`service` has the case; `owes_answer`: the enquirer was heard and nobody has answered yet."""

    state: State
    service: str
    hub: str
    phone: str
    promise: Promise
    kept_at: datetime | None = None
    next_due_at: datetime | None = None
    last_try: Try | None = None
    owes_answer: bool = False
    closed_at: datetime | None = None
    visit_at: datetime | None = None
    wake_on: date | None = None
    email_fails: bool = False


@dataclass(frozen=True)
class Standing:
    sorry: str
    sentences: tuple[str, ...]


def standing(facts: Facts, now: datetime) -> Standing:
    if facts.state in CLOSED_STATES:
        return Standing(sorry_at_the_end(facts), closed(facts))
    sentences = (visit(facts, now), tried(facts.last_try, as_promised=in_time(facts)), whats_due(facts, now))
    told = tuple(sentence for sentence in sentences if sentence)
    return Standing(sorry(facts, now), told)


def sorry(facts: Facts, now: datetime) -> str:
    promised = f"{WAY_DONE[facts.promise.way]} by {moment(facts.promise.due_at)}"
    if facts.kept_at is None:
        return f"We are sorry. We promised that we would {promised}, and we did not." if late(facts, now) else ""
    if overdue(facts, now):
        return "We are sorry. We said that we would get in touch again by now, and we did not."
    if facts.kept_at > facts.promise.due_at:
        return f"We are sorry that we were late. We promised that we would {promised}."
    return ""


def sorry_at_the_end(facts: Facts) -> str:
    """Whoever was never called hears it also once the case is closed."""
    if facts.state not in REOPENABLE_STATES or facts.closed_at is None:
        return ""
    return sorry(facts, facts.closed_at) if facts.kept_at is None else ""


def late(facts: Facts, now: datetime) -> bool:
    return facts.kept_at is None and now > facts.promise.due_at


def overdue(facts: Facts, now: datetime) -> bool:
    """A next time that was said and has passed."""
    return says_next_time(facts) and facts.next_due_at is not None and now > facts.next_due_at


def says_next_time(facts: Facts) -> bool:
    unsuccessful = facts.last_try is not None and facts.last_try.outcome != Outcome.REACHED
    return facts.kept_at is not None and (facts.owes_answer or unsuccessful)


def whats_due(facts: Facts, now: datetime) -> str:
    if late(facts, now) or overdue(facts, now):
        ring = f" If you would rather not wait, ring {facts.phone}." if facts.phone else ""
        return f"{facts.service} and {facts.hub} can see that you are waiting. You do not need to do anything.{ring}"
    if facts.kept_at is None:
        return f"{facts.promise.sentence}."
    if says_next_time(facts) and facts.next_due_at:
        again = "get in touch" if facts.owes_answer else "try again"
        return f"{facts.service} will {again} by {moment(facts.next_due_at)}."
    return ""


def in_time(facts: Facts) -> bool:
    """The try that is told is the one that kept the promise."""
    last, kept_at = facts.last_try, facts.kept_at
    return last is not None and kept_at == last.at and kept_at <= facts.promise.due_at


def tried(last: Try | None, *, as_promised: bool = False) -> str:
    if last is None:
        return ""
    day = in_london(last.at).date()
    when = f"{day_in_words(day)} at {hour_in_words(in_london(last.at).time())}"
    if last.outcome == Outcome.REACHED:
        return f"We were in touch with you on {day_in_words(day)}{', as we promised' if as_promised else ''}."
    return TRIED[last.way, last.outcome].format(when=when, day=day_in_words(day))


def visit(facts: Facts, now: datetime) -> str:
    if facts.state != State.VISIT_BOOKED:
        return ""
    if facts.visit_at is None:
        return "We have arranged to visit you."
    here = in_london(facts.visit_at)
    tense = "is" if facts.visit_at > now else "was"
    return f"Your visit {tense} on {day_in_words(here.date())} at {hour_in_words(here.time())}."


def closed(facts: Facts) -> tuple[str, ...]:
    return tuple(sentence.format(facts=facts, wake=wake(facts)) for sentence in CLOSED[facts.state])


def wake(facts: Facts) -> str:
    return f"in {facts.wake_on:%B %Y}" if facts.wake_on else "when you are ready"


def moment(at: datetime) -> str:
    here = in_london(at)
    return f"{hour_in_words(here.time())} on {day_in_words(here.date())}"


WAY_DONE: Mapping[Way, str] = {
    Way.CALL: "ring you",
    Way.TEXT: "send you a text message",
    Way.EMAIL: "send you an email",
    Way.VIDEO: "get in touch about a video call",
    Way.VISIT: "get in touch about a visit",
}
_WRONG_NUMBER = "We tried to reach you on {day}, but the phone number did not work. Please check it below."
_WRONG_ADDRESS = "We wrote to you on {day}, but the email address did not work. Please check it below."
TRIED: Mapping[tuple[Way, Outcome], str] = {
    (Way.CALL, Outcome.NO_ANSWER): "We rang you on {when} and could not reach you.",
    (Way.CALL, Outcome.VOICEMAIL): "We rang you on {when} and left a message.",
    (Way.CALL, Outcome.WRONG_DETAILS): _WRONG_NUMBER,
    (Way.TEXT, Outcome.SENT): "We sent you a text message on {when}.",
    (Way.TEXT, Outcome.WRONG_DETAILS): _WRONG_NUMBER,
    (Way.EMAIL, Outcome.SENT): "We sent you an email on {when}.",
    (Way.EMAIL, Outcome.WRONG_DETAILS): _WRONG_ADDRESS,
    (Way.VIDEO, Outcome.NO_ANSWER): "We tried to reach you by video call on {when}.",
    (Way.VIDEO, Outcome.SENT): "We wrote to you about a video call on {when}.",
    (Way.VIDEO, Outcome.WRONG_DETAILS): "We tried to reach you on {day}, but it did not work. Please check your contact"
    " details below.",
    (Way.VISIT, Outcome.NO_ANSWER): "We came to see you on {when} and could not reach you.",
}
_COME_BACK = "You can come back at any time. Tell us below, or ring {facts.service}."
CLOSED: Mapping[State, tuple[str, ...]] = {
    State.APPROVED: ("You are approved as a foster carer. Thank you.", "{facts.service} supports you from here on."),
    State.WITHDRAWN: ("Your enquiry is closed, because you did not want to go on. Thank you for asking.", _COME_BACK),
    State.NOT_YET: (
        "Now is not the right time for you, and that is fine. {facts.service} gets in touch again {wake}.",
        "You do not have to wait. Tell us below when you are ready.",
    ),
    State.DECLINED_BY_SERVICE: (
        "{facts.service} has decided not to take your enquiry further.",
        "If you would like to know why, or if something has changed, please ring them or tell us below.",
    ),
    State.NOT_APPROVED: (
        "Your assessment has ended. {facts.service} writes to you about the decision and about what you can do next.",
        "If you have not heard from them, please ring.",
    ),
    State.PASSED_ON: (
        "Your enquiry has been passed to another council. It gets in touch with you.",
        "If you do not know which council, ring {facts.hub}.",
    ),
    State.NO_REPLY: ("We tried to reach you several times, and then closed your enquiry.", _COME_BACK),
    State.DUPLICATE: ("You have another enquiry with us, and {facts.service} answers you there.",),
}
_UNTIL_APPLYING = ("If you both want to go on, somebody visits you at home.", "Then you decide whether to apply.")
NEXT: Mapping[State, tuple[str, ...]] = {
    State.NEW: ("A person gets in touch with you. You can ask them anything.", *_UNTIL_APPLYING),
    State.IN_CONTACT: ("You talk with us for as long as you need.", *_UNTIL_APPLYING),
    State.VISIT_BOOKED: (
        "Somebody visits you at home and answers your questions.",
        "Then you decide whether to apply.",
    ),
    State.VISITED: ("You decide whether to apply.", "If you do, checks and the assessment begin."),
    State.APPLIED: (
        "The checks begin: your health, your criminal record and your references.",
        "A social worker gets to know you, and you join a short course.",
        "You meet a panel, and then the service decides.",
    ),
    State.IN_ASSESSMENT: (
        "A social worker visits you several times and writes a report with you.",
        "You meet a panel, and then the service decides.",
    ),
    State.PANEL: ("You meet the panel. It says whether it thinks that you should be approved.", "The service decides."),
    State.DECISION: ("A senior person at the service decides, and tells you.",),
}
