"""Somebody is asked to join. Whether they have an account already is told to nobody: it is asked when they come."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from councils.access import Access
from councils.clock import hub_now
from councils.models import Council, Membership, User
from councils.refusals import Refused
from councils.roles import Role
from councils.tenancy import as_council
from councils.working_time import in_london
from outbox.actions import enqueue_template
from staff.models import Invitation
from staff.people.actions.recording import record_invitation
from staff.people.providers import sign_on_of
from staff.people.rules import managing, require_giving
from staff.people.tokens import new_token

LASTS = timedelta(days=7)
MAILED_WITHIN = timedelta(hours=24)
ALL_OVER = "This invitation has been taken up or withdrawn already."


def invite(council: Council, *, email: str, name: str, role: Role, by: Access) -> Invitation:
    """Raises Refused. Invited once more while the first one stands, nothing happens."""
    with managing(council.pk, by) as locked:
        require_giving(role, locked, by)
        return _invite(locked, email, name, role, by.user)


def invite_first(council: Council, *, email: str, name: str, role: Role, by: None = None) -> Invitation:
    """By the operator, on the command line: there is nobody yet who could."""
    with as_council(council):
        return _invite(council, email, name, role, by)


def send_again(invitation: Invitation, *, by: Access) -> None:
    """With a new link, which lasts as long as the first did; the old one opens nothing from now on. Raises Refused."""
    with managing(invitation.council_id, by) as council:
        found = _standing(invitation)
        require_giving(found.role, council, by)
        found.invited_by = by.user
        _send(found, council)
        record_invitation("people.invited_again", found, by=by.user)


def withdraw(invitation: Invitation, *, by: Access) -> None:
    """Safe to do twice. Raises Refused."""
    with managing(invitation.council_id, by) as council:
        found = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if found.withdrawn_at:
            return
        found = _standing(found)
        require_giving(found.role, council, by)
        found.withdrawn_at = hub_now()
        found.save(update_fields=["withdrawn_at"])
        record_invitation("people.invitation_withdrawn", found, by=by.user)


def _standing(invitation: Invitation) -> Invitation:
    found = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if found.accepted_at or found.withdrawn_at:
        raise Refused(ALL_OVER)
    return found


def _invite(council: Council, email: str, name: str, role: Role, by: User | None) -> Invitation:
    address = email.strip().lower()
    _refuse_who_is_there(council, address, role)
    _require_address_of_sign_on(council, address)
    standing = Invitation.objects.waiting().filter(council=council, email=address, role=role).first()
    if standing and standing.expires_at > hub_now():
        return standing
    found = standing or Invitation(council=council, email=address, role=role)
    found.name, found.invited_by = name, by
    _send(found, council)
    record_invitation("people.invited", found, by=by)
    return found


def _refuse_who_is_there(council: Council, address: str, role: Role) -> None:
    there = Membership.objects.current().filter(council=council, role=role, user__email=address, user__is_active=True)
    if there.exists():
        raise Refused(f"{address} works there as {role.label.lower()} already.")


def _require_address_of_sign_on(council: Council, address: str) -> None:
    """Where everybody logs in through the council's own provider, another address would never get in."""
    provider = sign_on_of(council.pk)
    if provider and provider.compulsory and not provider.vouches_for(address):
        ends = " or ".join(f"@{domain}" for domain in provider.email_domains)
        raise Refused(f"People of {council.name} log in with {provider.name}. Use an address that ends in {ends}.")


def _send(invitation: Invitation, council: Council) -> None:
    token, hashed = new_token()
    invitation.token_hash, invitation.expires_at = hashed, hub_now() + LASTS
    invitation.save()
    by = invitation.invited_by
    enqueue_template(
        template="invitation",
        context={
            "name": invitation.name,
            "by": f"{by.name} invites" if by else "We invite",
            "role": Role(invitation.role).label.lower(),
            "council": council,
            "hub": council.hub,
            "until": f"{in_london(invitation.expires_at):%-d %B %Y}",
            "link": settings.BASE_URL + reverse("staff_invitation_open", args=[token]),
        },
        council=council,
        kind="invitation",
        to=invitation.email,
        subject=f"Join {council.name} on the fostering enquiry hub",
        dedupe_key=f"invitation:{hashed[:32]}",
        to_staff=True,
        expires_at=hub_now() + MAILED_WITHIN,
    )
