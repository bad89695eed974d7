""" "Are you still interested?": asked before a case is closed for no reply, by the sequence or by an officer."""

from datetime import datetime

from councils.access import Access
from councils.clock import hub_now
from councils.refusals import Refused
from councils.roles import Permission
from councils.working_time import in_london, next_working_day
from enquiries.actions.changing import changing
from enquiries.actions.follow_ups import carry_out
from enquiries.followups.facts import Facts, Start
from enquiries.followups.plan import Planned, channels_of, may_be_written_to
from enquiries.followups.reading import desk_of
from enquiries.followups.reasons import day
from enquiries.followups.sequences import BY_NAME
from enquiries.followups.starts import minute
from enquiries.models import Enquiry
from enquiries.promise import day_in_words
from enquiries.states import ENQUIRY_STATES
from enquiries.workflow import StepRefused

QUESTION = BY_NAME["still_interested"]
WAIT_FOR_AN_ANSWER = 5  # working days


def ask_still_interested(enquiry: Enquiry, *, by: Access) -> None:
    """Now, without waiting for the sequence. Raises Refused where it cannot be asked, or was."""
    with changing(enquiry, Permission.WORK_CASES, by) as case:
        desk = desk_of(case, hub_now())
        _require_askable(case, desk.facts)
        start = Start(desk.now, f"asked-{minute(desk.now)}")
        channels = channels_of(QUESTION, desk.facts)
        step = f"{QUESTION.name}:{start.key}"
        carry_out(desk, Planned(step, QUESTION, start, desk.now, channels, None), by=by.user)


def require_asked(case: Enquiry) -> None:
    """Nobody hears of the end before the question. Raises StepRefused, except where they cannot be asked."""
    facts = desk_of(case, hub_now()).facts
    if not may_be_written_to(facts):
        return
    if not is_asked(facts):
        raise StepRefused(
            "First ask whether they are still interested: there is a button for it under “What goes next”. "
            f"If they do not answer within {WAIT_FOR_AN_ANSWER} working days, you can close the case."
        )
    opens_on = next_working_day(in_london(_asked_at(facts)).date(), facts.hours, WAIT_FOR_AN_ANSWER)
    if in_london(hub_now()).date() < opens_on:
        raise StepRefused(
            f"They were asked on {day(_asked_at(facts))} whether they are still interested. "
            f"Give them until {day_in_words(opens_on)} to answer."
        )


def is_asked(facts: Facts) -> bool:
    """And have not said anything since."""
    return facts.asked_at is not None and (facts.last_word is None or facts.last_word < facts.asked_at)


def _asked_at(facts: Facts) -> datetime:
    if facts.asked_at is None:
        raise ValueError("nobody asked them")
    return facts.asked_at


def _require_askable(case: Enquiry, facts: Facts) -> None:
    if case.state not in ENQUIRY_STATES:
        raise Refused("Once there is an application, ask them yourself.")
    if not may_be_written_to(facts):
        raise Refused("We cannot write to them: ring them, or close the case.")
    if is_asked(facts):
        raise Refused(f"They were asked on {day(_asked_at(facts))} already, and have not answered yet.")
