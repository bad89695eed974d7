"""The phone team writes down an enquiry, also for a council that is not theirs.

Where the postcode names another council, only this action reaches it: it checks the role in the member of staff's own
councils, crosses to the named council, writes an event in both, and returns the receipt. The case stays out of sight.
"""

from councils.access import Access
from councils.doors import find_door
from councils.models import Council, Event
from councils.models.doors import DoorPurpose
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council, crossing
from enquiries.actions.intake import Receipt, submit
from enquiries.actions.preparing import prepare
from enquiries.answers import Answers, Preparation
from enquiries.states import Channel, HeardFrom


def enter(
    answers: Answers,
    *,
    token: str,
    channel: Channel,
    send_nothing: bool = False,
    heard_from: HeardFrom | None = None,
    by: Access,
) -> Receipt:
    """Raises Refused where the role or the hub is not theirs."""
    own = sorted(council for council in by.roles if by.may(Permission.ENTER_CALLS, council))
    if not own:
        raise Refused("Your role does not allow this. Ask your manager to change it or to do it for you.")
    _same_hub(answers.council_id, by)
    with crossing("enter_for_another_council", to={own[0], *_reached(answers, token)}):
        receipt = submit(answers, token=token, channel=channel, send_nothing=send_nothing, by=by.user)
        if heard_from and not receipt.repeated:
            prepare(token, Preparation(heard_from=heard_from))
        if receipt.council_id not in own:
            _leave_word(receipt, own[0], by)
    return receipt


def _same_hub(council_id: int, by: Access) -> None:
    if not Council.objects.filter(pk=council_id, hub__councils=by.user.home_id).exists():
        raise Refused("That council belongs to another hub.")


def _reached(answers: Answers, token: str) -> set[int]:
    """The council named; and the one that took this very form before, if the postcode was corrected since."""
    door = find_door(token, DoorPurpose.FORM)
    return {answers.council_id} | ({door.council_id} if door else set())


def _leave_word(receipt: Receipt, council_id: int, by: Access) -> None:
    with as_council(council_id):
        Event.objects.create(
            council_id=council_id,
            verb="enquiry.entered_elsewhere",
            subject_kind="enquiry",
            subject_id=receipt.enquiry_id,
            by=by.user,
            facts={"council": receipt.council_id},
        )
