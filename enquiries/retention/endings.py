"""How an enquiry ended decides how long it is kept: one table, with the source and the reason of each number.

A council may set a number of its own, never below a minimum that the law sets. No ORM and no clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from enquiries.retention.months import months_after
from enquiries.states import APPLICATION_REASONS, State

RULES_VERSION = "2026-11"
LONGEST = 240  # months: more than twenty years is a slip
_NO_LAW = "No law sets a time. This is the hub’s proposal: each council confirms it or sets its own."


class Ending(TextChoices):
    ENQUIRY = "enquiry", "Ended before an application"
    NOT_YET = "not_yet", "They asked to wait"
    APPLICATION = "application", "An application that was withdrawn or refused"
    APPROVED = "approved", "Approved"
    PASSED_ON = "passed_on", "Passed on to another council"
    NOT_AN_ENQUIRY = "not_an_enquiry", "Not an enquiry, or never released as one"


@dataclass(frozen=True)
class Rule:
    """`months` counted `after`; `minimum` where the law has one."""

    months: int
    after: str
    source: str
    reason: str
    minimum: int = 1


RULES: Mapping[Ending, Rule] = {
    Ending.ENQUIRY: Rule(
        24,
        "the day on which it was closed",
        "No law sets a time before an application. Devon County Council keeps initial enquiries 2 years from closure; "
        "Foster4 keeps enquiries 3 years.",
        "Many come back within two years, and then need not tell everything again.",
    ),
    Ending.NOT_YET: Rule(
        24,
        "the day on which they wanted to be asked again",
        "No law sets a time before an application. As for an enquiry that ended.",
        "They asked us to come back to them: the time cannot begin before that day.",
    ),
    Ending.APPLICATION: Rule(
        36,
        "the day on which it was withdrawn or refused",
        "Regulation 32(3) of the Fostering Services (England) Regulations 2011: at least three years.",
        "The law decides. A council may keep it longer (Devon: 5 years for assessments without approval).",
        minimum=36,
    ),
    Ending.APPROVED: Rule(
        24,
        "the day of the approval, once the number in your case system is written down here",
        "Regulation 32: the case record of a foster carer is kept at least ten years after the approval ends. That "
        f"record is the one in the council’s case system. For the copy here: {_NO_LAW}",
        "What is here is the way to the approval. Without the number nobody knows that the record is elsewhere, so "
        "nothing is erased before it is written down.",
    ),
    Ending.PASSED_ON: Rule(
        12,
        "the day on which the other council took it",
        f"{_NO_LAW} A complaint to the Ombudsman is to be made within 12 months (Local Government Act 1974, s. 26B).",
        "The other council has the enquiry and keeps it by its own rule. What stays here shows what was done.",
    ),
    Ending.NOT_AN_ENQUIRY: Rule(
        6,
        "the day on which it was closed",
        _NO_LAW,
        "Long enough for somebody who asks why nobody answered; there is nothing else to keep it for.",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Ended:
    """What decides. `applied`: an application was made, whatever came of it. `number`: in the case system."""

    state: State
    closed_on: date
    wake_on: date | None = None
    applied: bool = False
    number: bool = False
    unconfirmed: bool = False


def ending_of(ended: Ended) -> Ending:
    """Of a closed enquiry that was not joined with another: a joined one goes with the one in which it goes on."""
    if ended.state == State.APPROVED:
        return Ending.APPROVED
    if ended.applied or ended.state == State.NOT_APPROVED:
        return Ending.APPLICATION
    if ended.state == State.PASSED_ON:
        return Ending.PASSED_ON
    if ended.unconfirmed:
        return Ending.NOT_AN_ENQUIRY
    return Ending.NOT_YET if ended.state == State.NOT_YET else Ending.ENQUIRY


def goes_on(ended: Ended, months: Mapping[Ending, int]) -> date | None:
    """The first day on which it is no longer kept; None where that cannot be told yet."""
    ending = ending_of(ended)
    if ending == Ending.APPROVED and not ended.number:
        return None
    begins = max(ended.closed_on, ended.wake_on or ended.closed_on)
    return months_after(begins, months[ending])


def hub_months() -> dict[Ending, int]:
    return {ending: rule.months for ending, rule in RULES.items()}


def is_of_an_application(close_reason: str) -> bool:
    return close_reason in APPLICATION_REASONS


def fault_of(ending: Ending, months: int) -> str:
    """Why a council cannot set this number; empty where it can."""
    rule = RULES[ending]
    if months < rule.minimum:
        return f"“{ending.label}” cannot be kept for less than {rule.minimum} months. {rule.source}"
    if months > LONGEST:
        return f"“{ending.label}”: {months} months is more than twenty years. Check the number."
    return ""
