"""An ambassador cannot go on: another of their council takes over, or the enquirer waits again. Asked anew, and
confirmed anew: nobody is handed to a stranger without a yes."""

from ambassadors.actions.ending import end
from ambassadors.actions.introducing import NOT_CHECKED, NOT_THERE, begin
from ambassadors.actions.seats import ambassador_locked, refuse_if_left_out
from ambassadors.introduction_states import Event, State
from ambassadors.letters.sending import to_enquirer
from ambassadors.letters.words import Letter
from ambassadors.models import Ambassador
from ambassadors.pairs import Where, pair_at
from councils.access import Access
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.actions.changing import locked


def hand_on(where: Where, *, to: Ambassador | None, checked: bool, by: Access) -> None:
    """`to`: of the same council, whose staff have checked that these people are no family of a child placed there.
    An enquirer of another council is looked at by name first, as at the beginning: nobody can check a first name. None:
    the enquirer waits where they were. Refused where `to` cannot be asked, and then nothing has changed."""
    by.require(Permission.MATCH, where.ambassador_council)
    own = where.enquirer_council == where.ambassador_council
    if to and own and not checked:
        raise Refused(NOT_CHECKED)
    if to and to.council_id != where.ambassador_council:
        raise Refused(NOT_THERE)
    with pair_at(where) as found:
        successor = ambassador_locked(to.pk, to.council_id) if to else None
        if to and successor is None:
            raise Refused(NOT_THERE)
        case = locked(where.enquirer_council, found.introduction.enquiry_id) if successor else None
        _end(where, by)
        if successor and case:
            refuse_if_left_out(case, successor)
            begin(case, successor, f"Took over from {found.introduction.ambassador_name}", confirmed=own, by=by.user)


def _end(where: Where, by: Access) -> None:
    """The enquirer hears of it where they knew of the first one."""
    with pair_at(where, lock=True) as pair:
        known = pair.state in (State.ACCEPTED, State.AGREED)
        end(pair, Event.HAND_ON, by=by.user)
        if known:
            to_enquirer(pair, Letter.HANDED_ON)
