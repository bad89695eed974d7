"""What every action on a case has in common: the lock, a missed promise written down before it can be hidden, and the
plan made anew at the end; for staff the role as well."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from uuid import UUID

from councils.access import Access
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from enquiries.actions import follow_ups
from enquiries.actions.handover_rows import end_open_offer
from enquiries.actions.missed import write_down_if_missed
from enquiries.models import Enquiry
from enquiries.states import CLOSED_STATES
from enquiries.workflow import StepRefused


class Erased(Refused):
    """Nobody's data may come back to a case that was erased."""


@contextmanager
def changing(enquiry: Enquiry, permission: Permission, by: Access, *, closed_too: bool = False) -> Iterator[Enquiry]:
    by.require(permission, enquiry.council_id)
    with _at_work(enquiry, locked) as case:
        if case.state in CLOSED_STATES and not closed_too:
            raise StepRefused("This case is closed. Reopen it first.")
        yield case


def on_case(enquiry: Enquiry) -> AbstractContextManager[Enquiry]:
    """For what the enquirer does: it counts for the case in which theirs goes on, whatever they opened."""
    return _at_work(enquiry, locked_going_on)


def on_this_case(enquiry: Enquiry) -> AbstractContextManager[Enquiry]:
    """For what another council does: it has checked the role in its own."""
    return _at_work(enquiry, locked)


@contextmanager
def _at_work(enquiry: Enquiry, lock: Callable[[int, UUID], Enquiry]) -> Iterator[Enquiry]:
    with as_council(enquiry.council_id):
        case = lock(enquiry.council_id, enquiry.pk)
        write_down_if_missed(case)
        yield case
        if not case.is_open:
            end_open_offer(case)
        follow_ups.replan(case)


def locked(council_id: int, enquiry_id: UUID) -> Enquiry:
    """Without its owner: whoever waited for the lock would get the new row joined to the old one's owner, and a case
    that somebody has just taken would look like nobody's."""
    case = Enquiry.objects.select_for_update().get(council=council_id, pk=enquiry_id)
    if case.erased_at:
        raise Erased("This enquiry was erased. Nothing can be written to it any more.")
    return case


def locked_going_on(council_id: int, enquiry_id: UUID) -> Enquiry:
    """Of a case that was merged the one in which it goes on. Whoever waited for a merge looks again."""
    case = locked(council_id, enquiry_id)
    while case.merged_into_id:
        case = locked(council_id, case.merged_into_id)
    return case


def save(case: Enquiry, *fields: str) -> None:
    case.version += 1
    case.save(update_fields=[*fields, "version"])
