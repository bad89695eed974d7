"""Roles change and end. Whoever holds none any more has no account: it opens nothing, and stays for what it did."""

from collections.abc import Collection

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from councils.access import Access, access_of
from councils.clock import hub_now
from councils.models import Council, Membership, ToDo, User
from councils.refusals import Refused
from councils.roles import Permission, Role
from staff.models import Invitation
from staff.people.actions.recording import record_invitation, record_person
from staff.people.rules import current, gives, locked, managing, reach_of, require_changing, require_giving
from staff.people.work import hand_on
from staff.sessions import end_sessions


def change_role(membership: Membership, *, to: Role, by: Access) -> None:
    """The old one ends, and the new one begins: who was what when stays readable. Cases that the new one
    does not work go back to the council's list. Raises Refused. Safe to do twice."""
    reach = reach_of(membership)
    with managing(membership.council_id, by, within=reach) as council:
        held = current(membership)
        if held.role == to:
            return
        require_changing(held, council, by)
        require_giving(to, council, by)
        _end(held)
        Membership.objects.get_or_create(user=held.user, council=council, role=to, ended_at=None)
        record_person("people.role_changed", held.user, council=council.pk, by=by.user, before=held.role, to=to.value)
        _hand_on(held.user, reach, None, by)


def remove(membership: Membership, *, work_to: User | None = None, by: Access) -> int:
    """`work_to`: who gets their open cases and to-dos where this role worked; None: nobody, so they stand on the list.
    Where they hold no other role here, invitations that wait for them are withdrawn. Returns how many cases went on.
    Raises Refused."""
    reach = reach_of(membership)
    with managing(membership.council_id, by, within=reach) as council:
        held = current(membership)
        require_changing(held, council, by)
        _require_taker(work_to, held)
        user = locked(held.user_id)
        _end(held)
        cases = _hand_on(user, reach, work_to, by)
        _withdraw_invitations(user, council, by)
        closed = _close_account_without_roles(user)
        record_person(
            "people.left", user, council=council.pk, by=by.user, role=held.role, account_closed=closed, cases=cases
        )
        end_sessions(user)
    return cases


def _withdraw_invitations(user: User, council: Council, by: Access) -> None:
    """Whoever holds no role here any more does not come back by a link that was mailed to them before."""
    if Membership.objects.current().filter(user=user, council=council).exists():
        return
    waiting = Invitation.objects.select_for_update().waiting().filter(council=council, email=user.email)
    for each in waiting.filter(role__in=gives(by, council)):
        each.withdrawn_at = hub_now()
        each.save(update_fields=["withdrawn_at"])
        record_invitation("people.invitation_withdrawn", each, by=by.user)


def _end(membership: Membership) -> None:
    membership.ended_at = hub_now()
    membership.save(update_fields=["ended_at"])


def _require_taker(taker: User | None, leaver: Membership) -> None:
    if taker is None:
        return
    if taker.pk == leaver.user_id or not access_of(taker).may(Permission.WORK_CASES, leaver.council_id):
        raise Refused("Choose somebody else who works on this council’s enquiries.")


def _hand_on(user: User, councils: Collection[int], to: User | None, by: Access) -> int:
    """Not where another role of theirs still works."""
    access, cases = access_of(user), 0
    for council in councils:
        if not access.may(Permission.WORK_CASES, council):
            cases += hand_on(user, council, to=to, by=by)
            ToDo.objects.filter(council=council, owner=user, done_at=None).update(owner=to)
    return cases


def _close_account_without_roles(user: User) -> bool:
    """Whether it was closed. Whoever comes back is invited, and begins with a new password and a new second step, or is
    found by address once more at their council's log-in: the address may be somebody else's by then."""
    if Membership.objects.current().filter(user=user).exists():
        return False
    user.is_active, user.second_factor_at = False, None
    user.set_unusable_password()
    user.save(update_fields=["is_active", "second_factor_at", "password"])
    Authenticator.objects.filter(user=user.pk).delete()
    SocialAccount.objects.filter(user=user.pk).delete()
    return True
