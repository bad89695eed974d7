"""The first message to an enquirer, written in the transaction in which the enquiry arrives.

It repeats nothing that was typed: a stranger's address could be in the form.
"""

from dataclasses import replace

from councils.clock import hub_now
from councils.models import Council
from enquiries.actions.follow_ups import replan, write_down
from enquiries.actions.writing import write
from enquiries.follow_up_states import FollowUp, FollowUpEnd
from enquiries.followups.plan import Planned, steps
from enquiries.followups.reading import Desk, first_desk
from enquiries.followups.sequences import BY_NAME
from enquiries.models import Enquiry
from outbox.states import ChannelKind


def confirm(enquiry: Enquiry, council: Council) -> None:
    """Of a case that has just arrived. What is held back (perhaps spam) goes when it is released."""
    desk = first_desk(enquiry, council, hub_now())
    planned = _planned(desk)
    if planned.blocked is None:
        write_down(desk, planned.step, FollowUpEnd.SENT, messages=write(desk, planned, FollowUp.CONFIRMATION))
    elif not planned.blocked.lifts:
        write_down(desk, planned.step, FollowUpEnd.NOT_POSSIBLE, why=planned.blocked.code)
    if desk.facts.wants_news:  # else nothing follows by itself until something happens
        replan(enquiry)


def confirm_to(enquiry: Enquiry, council: Council, *, to: str, number: int) -> bool:
    """To the address of a later sending of the form; False where the case is to be sent nothing."""
    desk = first_desk(enquiry, council, hub_now())
    planned = _planned(desk)
    if planned.blocked and planned.blocked.code != "no_address":
        return False
    again = replace(planned, step=f"{planned.step}:{number}", channels=(ChannelKind.EMAIL,))
    messages = write(desk, again, FollowUp.CONFIRMATION, to=to)
    if messages:
        write_down(desk, again.step, FollowUpEnd.SENT, messages=messages)
    return bool(messages)


def _planned(desk: Desk) -> Planned:
    (planned,) = steps(BY_NAME["confirmation"], desk.facts, {}, desk.now)
    return planned
