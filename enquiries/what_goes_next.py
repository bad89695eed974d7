"""What the hub writes to this enquirer next, when, and why or why not: for the page of the case."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from councils.working_time import in_london
from enquiries.actions.asking import is_asked
from enquiries.due import on_day
from enquiries.followups.plan import Planned, leaves_at, may_be_written_to
from enquiries.followups.reading import Desk
from enquiries.followups.reasons import day
from enquiries.promise import hour_in_words
from enquiries.states import ENQUIRY_STATES
from outbox.states import ChannelKind

_BY: Mapping[tuple[ChannelKind, ...], str] = {
    (ChannelKind.EMAIL,): "by email",
    (ChannelKind.SMS,): "by text message",
    (ChannelKind.EMAIL, ChannelKind.SMS): "by email and by text message",
}
_BECAUSE: Mapping[str, str] = {
    "confirmation": "They sent an enquiry",
    "tried": "You tried to reach them",
    "information": "You reached them for the first time",
    "visit_booked": "A visit was booked",
    "visit_reminder": "A visit is booked",
    "application": "Their application came",
    "not_yet": "They asked to wait",
    "wake_up": "They named this day",
    "still_interested": "The third try in a row reached nobody",
    "no_answer": "They were asked whether they are still interested",
    "closed": "The case was closed",
    **dict.fromkeys(("nurture", "nurture_3", "nurture_10", "nurture_30"), "They asked for news"),
}
# What became pointless by itself is not worth a line.
_SAID = frozenset({"reached", "heard", "stopped", "send_nothing", "quarantined", "to_confirm", "switched_off"}) | {
    "bounced",
    "no_address",
}


@dataclass(frozen=True)
class Upcoming:
    """`why_not` is empty for what goes. `step` is empty where there is nothing to look at or to skip."""

    title: str
    when: str
    because: str
    step: str
    why_not: str
    may_skip: bool


@dataclass(frozen=True)
class WhatGoesNext:
    upcoming: list[Upcoming]
    asked: str
    may_ask: bool


def what_goes_next(desk: Desk) -> WhatGoesNext:
    facts = desk.facts
    askable = facts.state in ENQUIRY_STATES and may_be_written_to(facts)
    return WhatGoesNext(
        upcoming=list(_upcoming(desk)),
        asked=f"They were asked on {day(facts.asked_at)} whether they are still interested."
        if facts.asked_at and is_asked(facts)
        else "",
        may_ask=askable and not is_asked(facts),
    )


def _upcoming(desk: Desk) -> Iterator[Upcoming]:
    for planned in desk.planned():
        if planned.blocked is None or planned.blocked.code in _SAID:
            yield _line(planned, desk.now)


def _line(planned: Planned, now: datetime) -> Upcoming:
    message = planned.sequence.message
    why_not = planned.blocked.words if planned.blocked else ""
    return Upcoming(
        title=f"“{message.label}”" if message else "A to-do for you: no answer, ring or close",
        when="" if why_not else _when(planned, now),
        because=_because(planned),
        step=planned.step if message and not why_not else "",
        why_not=why_not,
        may_skip=planned.may_skip,
    )


def _when(planned: Planned, now: datetime) -> str:
    here = in_london(leaves_at(planned.sequence, planned.at))
    by = _BY.get(planned.channels, "") if planned.sequence.message else ""
    return f"{by} {on_day(here.date(), in_london(now).date())} at {hour_in_words(here.time())}".strip()


def _because(planned: Planned) -> str:
    return f"{_BECAUSE[planned.sequence.name]} ({day(planned.start.since)})"
