"""Staff invite ambassadors, and say who is a mentor. What an ambassador says of themselves is theirs to write."""

from ambassadors.actions.log_in import end_log_in, send_invitation
from ambassadors.models import Ambassador, AmbassadorState
from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council


def invite(council: Council, *, first_name: str, email: str, by: Access) -> Ambassador:
    """They join by the link in the mail. Refused for an address that an ambassador of this council has."""
    by.require(Permission.MATCH, council.pk)
    address = email.strip().lower()
    with as_council(council):
        Council.objects.select_for_update().get(pk=council.pk)  # two coordinators at once: one after the other
        known = Ambassador.objects.here().filter(council=council, email=address).first()
        if known:
            raise Refused(f"{known.first_name} has this address and is on your list.")
        made = Ambassador.objects.create(council=council, first_name=first_name, email=address, invited_by=by.user)
        record("ambassador.invited", subject=made, by=by.user)
        send_invitation(made, by=by.user)
    return made


def invite_again(ambassador: Ambassador, *, by: Access) -> None:
    """Another mail, as long as they have not joined."""
    by.require(Permission.MATCH, ambassador.council_id)
    with as_council(ambassador.council_id):
        row = locked(ambassador)
        if row.state != AmbassadorState.INVITED:
            raise Refused(f"{row.first_name} has joined already.")
        send_invitation(row, by=by.user)


def withdraw_invitation(ambassador: Ambassador, *, by: Access) -> None:
    """Before they have joined. Harmless afterwards."""
    by.require(Permission.MATCH, ambassador.council_id)
    with as_council(ambassador.council_id):
        row = locked(ambassador)
        if row.state != AmbassadorState.INVITED:
            raise Refused(f"{row.first_name} has joined. Use “Leaves” instead.")
        row.state, row.left_at = AmbassadorState.LEFT, hub_now()
        row.save(update_fields=["state", "left_at"])
        end_log_in(row)
        record("ambassador.invitation_withdrawn", subject=row, by=by.user)


def set_mentor(ambassador: Ambassador, *, is_mentor: bool, by: Access) -> None:
    by.require(Permission.MATCH, ambassador.council_id)
    with as_council(ambassador.council_id):
        row = locked(ambassador)
        if row.is_mentor != is_mentor:
            row.is_mentor = is_mentor
            row.save(update_fields=["is_mentor"])
            record("ambassador.mentor", subject=row, by=by.user, is_mentor=is_mentor)


def locked(ambassador: Ambassador) -> Ambassador:
    """The council is in scope. Whoever left changes no more: Refused."""
    row = Ambassador.objects.select_for_update().get(council=ambassador.council_id, pk=ambassador.pk)
    if row.state == AmbassadorState.LEFT:
        raise Refused(f"{row.first_name} is an ambassador no longer.")
    return row
