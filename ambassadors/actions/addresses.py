"""An ambassador has another email address. Staff change it, because the old one may be closed; both are told."""

from ambassadors import log_in_mails
from ambassadors.actions.log_in import ASKED_OPEN_FOR, link_for, remember_address, send_invitation
from ambassadors.actions.people import locked
from ambassadors.models import Ambassador, AmbassadorState
from councils.access import Access
from councils.doors import close_doors
from councils.events import record
from councils.models import Council
from councils.models.doors import DoorPurpose
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council


def change_address(ambassador: Ambassador, *, email: str, by: Access) -> None:
    """What was opened by a link to the old one is closed. Refused for an address that another ambassador here has."""
    by.require(Permission.MATCH, ambassador.council_id)
    address = email.strip().lower()
    with as_council(ambassador.council_id):
        council = Council.objects.select_for_update(of=("self",)).select_related("hub").get(pk=ambassador.council_id)
        row = locked(ambassador)
        before = row.email
        if address == before:
            return
        if other := Ambassador.objects.here().filter(council=council, email=address).first():
            raise Refused(f"{other.first_name} has this address and is on your list.")
        row.email = address
        row.save(update_fields=["email"])
        close_doors(DoorPurpose.AMBASSADOR, subject_id=row.pk)
        record("ambassador.address_changed", subject=row, by=by.user)
        log_in_mails.tell_old_address(row, council, address=before)
        _write_to_new(row, council, by)


def _write_to_new(row: Ambassador, council: Council, by: Access) -> None:
    if row.state == AmbassadorState.INVITED:
        send_invitation(row, by=by.user)
        return
    remember_address(row)
    link = link_for(row, lasting=ASKED_OPEN_FOR)
    log_in_mails.send_link(row, council, link=link, lasting=ASKED_OPEN_FOR)
