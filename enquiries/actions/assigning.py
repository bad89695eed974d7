"""Who has a case: given to a colleague, or back to nobody.

Taking a case oneself stays `claim`, where the first one wins. Giving needs the role, or the case; whoever gave it knew
who is away, so an absence that stands already takes it back from nobody.
"""

from typing import Final

from councils.access import Access, access_of
from councils.clock import hub_now
from councils.events import record
from councils.models import User
from councils.models.todos import ToDoKind
from councils.refusals import Refused, RoleRefused
from councils.roles import Permission
from enquiries.actions.changing import changing
from enquiries.actions.todos import close_todos
from enquiries.actions.turns import assign_new, give_to, officers_of
from enquiries.models import Enquiry

__all__ = ["ANYBODY", "assign", "assign_new", "officers_of"]
ANYBODY: Final = 0  # nobody's key


def assign(enquiry: Enquiry, *, to: User | None, instead_of: int | None = ANYBODY, by: Access) -> Enquiry:
    """`instead_of`: whose it was on the page; raises Refused where somebody else has it since. Safe to do twice."""
    with changing(enquiry, Permission.WORK_CASES, by) as case:
        before = case.owner_id
        if before == (to.pk if to else None):
            return case
        _require_as_seen(case, instead_of)
        _require_giver(case, to, by)
        if to:
            _require_worker(to, case)
        give_to(case, to.pk if to else None, at=hub_now() if to else None)
        if to:
            close_todos(case, ToDoKind.OWNER_AWAY)
        record("enquiry.assigned", subject=case, by=by.user, to=to.pk if to else None, before=before)
    return case


def may_give(case: Enquiry, by: Access) -> bool:
    """To a colleague. Whoever has it, and whoever gives out the work."""
    if not case.is_open or not by.may(Permission.WORK_CASES, case.council_id):
        return False
    return case.owner_id == by.user.pk or by.may(Permission.ASSIGN_CASES, case.council_id)


def _require_as_seen(case: Enquiry, instead_of: int | None) -> None:
    if instead_of in (ANYBODY, case.owner_id):
        return
    who = f"{case.owner.name} has this case now" if case.owner else "Nobody has this case any more"
    raise Refused(f"{who}: it changed since you opened the page. Look again before you give it away.")


def _require_giver(case: Enquiry, to: User | None, by: Access) -> None:
    if may_give(case, by) or (case.owner_id is None and to == by.user):  # taking what is nobody's is everybody's
        return
    if case.owner is None:
        raise RoleRefused("Take this case yourself first, or ask a manager to give it to a colleague.")
    raise RoleRefused(f"This case is {case.owner.name}’s: ask them, or a manager, to give it away.")


def _require_worker(to: User, case: Enquiry) -> None:
    if not access_of(to).may(Permission.WORK_CASES, case.council_id):
        raise Refused(f"{to.name} does not work on this council’s cases.")
