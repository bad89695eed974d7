"""Staff put right what is known of a person: a slip on the phone, a new number, another postcode.

What stood before goes to the event's details, where it can be erased. A new address takes over everything that waits;
a new postcode is routed anew, and moves no case by itself.
"""

from dataclasses import dataclass

from councils.access import Access
from councils.doors import close_doors
from councils.events import record
from councils.households import remember_household
from councils.models import Council
from councils.models.doors import DoorPurpose
from councils.models.todos import ToDoKind
from councils.refusals import Refused
from councils.roles import Permission
from enquiries import status_mails
from enquiries.actions.changing import changing, save
from enquiries.actions.contact_change import CHANGEABLE_STATES, take_over
from enquiries.actions.indexing import index_again
from enquiries.actions.intake import IN_DOUBT
from enquiries.actions.rewriting import confirm_at_last, move_waiting
from enquiries.actions.todos import close_todos, open_todo
from enquiries.answers import ROUTE_FIELDS
from enquiries.models import Enquiry
from enquiries.states import FostersWith, Kind, RouteChoice, Slot, Way
from enquiries.whereabouts import Whereabouts
from outbox.models import Message
from outbox.states import LEFT

CORRECTED = "enquiry.corrected"
# Somebody named the council: where they live puts that in no doubt.
_NAMED = frozenset({RouteChoice.CHOSE_COUNCIL, RouteChoice.STAFF_CHOICE})
_ROUTE = (*ROUTE_FIELDS, "route_choice", "check_council")


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """The names are those of the case."""

    name: str
    email: str
    phone: str
    way: Way
    times: tuple[Slot, ...]
    voicemail_ok: bool
    text_ok: bool
    language: str
    needs_interpreter: bool
    uses_bsl: bool
    uses_text_relay: bool
    kind: Kind
    fosters_with: FostersWith
    fosters_with_name: str


def correct(enquiry: Enquiry, told: Particulars, *, postcode: str, by: Access) -> Council | None:
    """The council that the new postcode belongs to, where that is another one. Raises Refused."""
    with changing(enquiry, Permission.WORK_CASES, by, closed_too=True) as case:
        _require_reachable(told)
        council = Council.objects.select_related("hub").get(pk=case.council_id)
        failed = case.email_fails
        old, elsewhere = take_over(case, told), None
        if postcode != case.postcode:
            old["postcode"] = case.postcode
            elsewhere = _route(case, council, postcode)
        if not old:
            return None
        save(case, *old, *_ROUTE, "promise_slot", "email_fails")
        record(CORRECTED, subject=case, by=by.user, old=old, changed=sorted(old))
        _renew(case, council, old, failed=failed)
    return elsewhere


def settle_council(enquiry: Enquiry, *, by: Access) -> Enquiry:
    """ "It is ours": whatever put the council in doubt. Safe to do twice."""
    with changing(enquiry, Permission.WORK_CASES, by, closed_too=True) as case:
        if case.check_council:
            case.check_council = False
            save(case, "check_council")
            close_todos(case, ToDoKind.CHECK_COUNCIL)
            record("enquiry.council_settled", subject=case, by=by.user, choice=case.route_choice)
    return case


def _require_reachable(told: Particulars) -> None:
    if not told.email and not told.phone:
        raise Refused("Keep an email address or a phone number: without both nobody can reach them.")


def _route(case: Enquiry, council: Council, typed: str) -> Council | None:
    """The caller saves. Returns the council that should be asked, where it is another one."""
    place = Whereabouts(hub=council.hub, typed=typed, without=not typed)
    for field, value in place.snapshot().on_case().items():
        setattr(case, field, value)
    if case.route_choice in _NAMED:
        return None
    case.route_choice = place.choice
    ours = case.council_id in place.possible
    elsewhere = None if ours else place.home
    case.check_council = not ours or case.route_choice in IN_DOUBT
    if elsewhere:
        open_todo(case, council, ToDoKind.CHECK_COUNCIL)
    elif ours:
        close_todos(case, ToDoKind.CHECK_COUNCIL)
    return elsewhere


def _renew(case: Enquiry, council: Council, old: dict[str, str], *, failed: bool) -> None:
    """What a case is found by, and what is on its way to them."""
    index_again(case)
    remember_household(case.household_id, council, email=case.email, phone=case.phone)
    addresses = [old[name] for name in ("email", "phone") if name in old]
    moved = move_waiting(case, old=addresses) if addresses else False
    if "email" in old:
        close_todos(case, ToDoKind.RING_INSTEAD)
        _send_on(case, council, old["email"], failed=failed, moved=moved)


def _send_on(case: Enquiry, council: Council, before: str, *, failed: bool, moved: bool) -> None:
    """Links sent so far close. Who had mail from us at the old address is told there; where nothing ever arrived,
    it may be a stranger's."""
    close_doors(DoorPurpose.STATUS, subject_id=case.pk)
    if case.state not in CHANGEABLE_STATES or not case.email:
        return
    if before and not failed and _was_written_to(case, before):
        status_mails.tell_old_address(case, council, before)
    if not confirm_at_last(case) and not moved:
        status_mails.send_link(case, council)


def _was_written_to(case: Enquiry, address: str) -> bool:
    sent = Message.objects.about(case.pk).filter(council=case.council_id, to_staff=False, state__in=LEFT)
    return sent.filter(to_address=address).exists()
