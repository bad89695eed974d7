"""The enquirer changes how they are reached.

Whoever holds an old mail must not be able to follow them to a new address: every link mailed so far closes, the old
address is told, and the next link goes to the new one.
"""

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import TYPE_CHECKING

from councils.clock import hub_now
from councils.doors import close_doors, open_door
from councils.events import record
from councils.households import remember_household
from councils.models import Council, Event
from councils.models.doors import DoorPurpose
from councils.models.todos import ToDoKind
from councils.refusals import Refused
from enquiries import status_mails
from enquiries.actions.changing import on_case
from enquiries.actions.hearing import heard_from
from enquiries.actions.indexing import index_again
from enquiries.actions.rewriting import move_waiting
from enquiries.actions.todos import close_todos
from enquiries.models import Enquiry
from enquiries.states import OPEN_STATES, Slot, State, Way

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

CHANGEABLE_STATES = OPEN_STATES | {State.NOT_YET}
_MOST_ADDRESSES_A_DAY = 3
DETAILS_CHANGED = "enquiry.details_changed"
_THIS_VISIT = timedelta(hours=2)


@dataclass(frozen=True, kw_only=True)
class ContactDetails:
    email: str
    phone: str
    way: Way
    times: tuple[Slot, ...]
    voicemail_ok: bool
    text_ok: bool


def change_contact(enquiry: Enquiry, details: ContactDetails) -> str:
    """With a new email address: the token of a short door in place of those that were closed. Else the empty string."""
    with on_case(enquiry) as case:
        if case.state not in CHANGEABLE_STATES:
            raise Refused("Your enquiry is closed. Please ring us to change how we reach you.")
        old = take_over(case, details)
        if not old:
            return ""
        if "email" in old:
            _refuse_many_addresses(case)
        case.save(update_fields=[*old, "promise_slot", "email_fails"])
        seen = case.first_seen_at is not None or case.claimed_at is not None
        heard_from(case, todo=ToDoKind.CHANGED_DETAILS if seen else None, reopen=False)
        index_again(case)
        council = Council.objects.select_related("hub").get(pk=case.council_id)
        remember_household(case.household_id, council, email=case.email, phone=case.phone)
        record(DETAILS_CHANGED, subject=case, by=None, old=old, changed=sorted(old))
        move_waiting(case, old=[old[name] for name in ("email", "phone") if name in old])
        if "email" in old and case.email:
            close_todos(case, ToDoKind.RING_INSTEAD)
        return _move(case, council, old["email"]) if "email" in old else ""


def _refuse_many_addresses(case: Enquiry) -> None:
    """Each new address is written to: this page must not fill strangers' mailboxes."""
    lately = Event.objects.filter(
        council=case.council_id, subject_id=case.pk, verb=DETAILS_CHANGED, at__gt=hub_now() - timedelta(days=1)
    )
    if sum("email" in event.facts["changed"] for event in lately) >= _MOST_ADDRESSES_A_DAY:
        raise Refused("You have changed your email address several times today. Please ring us to change it again.")


def take_over(case: Enquiry, details: "DataclassInstance") -> dict[str, str]:
    """The old values of what is different now."""
    old: dict[str, str] = {}
    for field in fields(details):
        before, now = getattr(case, field.name), getattr(details, field.name)
        now = list(now) if isinstance(now, tuple) else now
        if now != before:
            old[field.name] = ", ".join(before) if isinstance(before, list) else str(before)
            setattr(case, field.name, now)
    if case.promise_slot not in case.times:  # the promised time stands, but is not what they ask for now
        case.promise_slot = ""
    if "email" in old:
        case.email_fails = False
    return old


def _move(case: Enquiry, council: Council, old_address: str) -> str:
    close_doors(DoorPurpose.STATUS, subject_id=case.pk)
    status_mails.tell_old_address(case, council, old_address)
    status_mails.send_link(case, council)
    until = hub_now() + _THIS_VISIT
    return open_door(purpose=DoorPurpose.STATUS, council=council, subject_id=case.pk, expires_at=until)
