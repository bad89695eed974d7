"""Who among staff is written to. Addresses are the accounts' own or a mailbox that a council named."""

from datetime import datetime

from councils.absences import presence_of
from councils.models import Council, CouncilKind, FirstContact, Membership, User
from councils.roles import PERMISSIONS, Permission, Role
from councils.working_time import in_london
from enquiries.models import Enquiry

WORKING_ROLES = [role for role in Role if Permission.WORK_CASES in PERMISSIONS[role]]
MANAGING_ROLES = [Role.MANAGER, Role.HUB_MANAGER]


def office_of(council: Council) -> Council:
    return Council.objects.get(hub=council.hub_id, kind=CouncilKind.HUB_OFFICE)


def officer_of(case: Enquiry, council: Council, now: datetime) -> list[str]:
    """The owner; of nobody's case whoever looks after new ones, which is the hub where it makes the first contact."""
    if case.owner is not None and case.owner.is_active:
        return [case.owner.email]
    hub_first = case.promise_by == FirstContact.HUB and case.promise_kept_at is None
    return duty_of(office_of(council) if hub_first else council, now)


def duty_of(council: Council, now: datetime) -> list[str]:
    """The duty mailbox; without one everybody who works there, else the hub office."""
    if council.duty_mailbox:
        return [council.duty_mailbox]
    present = _present(council, WORKING_ROLES, now)
    return present or ([] if council.kind == CouncilKind.HUB_OFFICE else duty_of(office_of(council), now))


def hubs_in_use() -> frozenset[int]:
    """Those where anybody reads mail. Others are loaded, and have nobody yet."""
    staffed = Membership.objects.current().values_list("council__hub_id", flat=True)
    mailboxes = Council.objects.exclude(duty_mailbox="").values_list("hub_id", flat=True)
    return frozenset(staffed.union(mailboxes))


def digest_readers(council: Council, now: datetime) -> list[str]:
    """One mailbox where there is one: the council's, else the hub office's."""
    mailbox = council.duty_mailbox or office_of(council).duty_mailbox
    return [mailbox] if mailbox else duty_of(council, now)


def managers_of(council: Council, now: datetime) -> list[str]:
    return _present(council, MANAGING_ROLES, now) or duty_of(council, now)


def _present(council: Council, roles: list[Role], now: datetime) -> list[str]:
    """Addresses of who is in today; of all where nobody is."""
    holders = Membership.objects.current().filter(council=council, role__in=roles, user__is_active=True)
    users = list(User.objects.filter(pk__in=holders.values("user")).order_by("pk"))
    today = in_london(now).date()
    presence = presence_of(users, today)
    here = [user for user in users if presence[user.pk].is_in(today)]
    return [user.email for user in here or users]
