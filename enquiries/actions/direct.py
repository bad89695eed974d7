"""Somebody wrote to a council's address, and no enquiry is known under theirs: a case to confirm.

The promise runs and the case has its place in the queue, like any other. But nothing is sent to them until a person has
said that it is an enquiry: senders are forged, and programs answer programs.
"""

import uuid

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council
from councils.models.todos import ToDoKind
from councils.refusals import Refused
from councils.roles import Permission
from enquiries import mails
from enquiries.actions.changing import changing, save
from enquiries.actions.comings import note_coming
from enquiries.actions.indexing import index
from enquiries.actions.intake import case_from
from enquiries.actions.sendings import submission_from
from enquiries.actions.todos import close_todos, open_todo
from enquiries.actions.turns import assign_new
from enquiries.actions.watch import tell_hub_if_nobody_is_there
from enquiries.answers import Answers, RouteSnapshot
from enquiries.commitment import commitment
from enquiries.incoming_states import NotAnEnquiry
from enquiries.models import Enquiry
from enquiries.states import Channel, CloseReason, RouteChoice, State, Way
from outbox.incoming import Incoming

NO_NAME = "Name not given"
NO_ADDRESS = "unknown@sender.invalid"  # RFC 2606: never anybody's
_MESSAGE = 2000
_CLOSED = ("state", "state_changed_at", "state_since", "closed_at", "close_reason", "next_due_at", "wake_on")


def take_direct(mail: Incoming, council: Council, *, announce: bool) -> Enquiry:
    """In the council's scope. `announce`: tell the duty mailbox; never of what its own program may have sent."""
    answers = _answers(mail, council)
    promise = commitment(council, now=hub_now(), times=(), way=answers.way)
    case = case_from(answers, council, promise, Channel.EMAIL)
    case.pk, case.to_confirm, case.email_fails = uuid.uuid4(), True, not mail.sender
    case.save(force_insert=True)
    submission_from(case, answers, 1, Channel.EMAIL)
    note_coming(case, Channel.EMAIL, None)
    index(case)
    record("enquiry.came_direct", subject=case, by=None, automatic=mail.automatic, due=promise.due_at.isoformat())
    open_todo(case, council, ToDoKind.CAME_DIRECT)
    if announce:
        mails.tell_duty_mailbox(case, council, promise)
    tell_hub_if_nobody_is_there(case, council)
    return case


def confirm_enquiry(enquiry: Enquiry, *, by: Access) -> Enquiry:
    """It is one: the confirmation leaves. Safe to do twice."""
    with changing(enquiry, Permission.WORK_CASES, by) as case:
        if case.to_confirm:
            case.to_confirm = False
            save(case, "to_confirm")
            close_todos(case, ToDoKind.CAME_DIRECT)
            council = Council.objects.get(pk=case.council_id)
            if case.email_fails or not mails.is_confirmed_by_mail(case):
                open_todo(case, council, ToDoKind.CALL)
            record("enquiry.confirmed", subject=case, by=by.user)
            assign_new(case, council)
    return case


def not_an_enquiry(enquiry: Enquiry, *, why: NotAnEnquiry, by: Access) -> Enquiry:
    """Closed without a word to the sender; whoever writes again opens it again. Raises Refused."""
    with changing(enquiry, Permission.CLOSE_CASES, by) as case:
        if not case.to_confirm:
            raise Refused("This is an enquiry already. Choose a step instead.")
        before, now = State(case.state), hub_now()
        case.state, case.state_changed_at, case.closed_at = State.DECLINED_BY_SERVICE, now, now
        case.state_since = None
        case.close_reason, case.next_due_at, case.wake_on = CloseReason.OTHER, None, None
        save(case, *_CLOSED)
        close_todos(case, ToDoKind.CAME_DIRECT)
        record("enquiry.not_an_enquiry", subject=case, by=by.user, old_state=before.value, why=why.value)
    return case


def _answers(mail: Incoming, council: Council) -> Answers:
    """What there is to know. No privacy notice was shown: the confirmation names it."""
    return Answers(
        hub_id=council.hub_id,
        council_id=council.pk,
        route=RouteSnapshot(),
        route_choice=RouteChoice.WROTE_TO_COUNCIL,
        name=mail.name or NO_NAME,
        email=mail.sender or NO_ADDRESS,
        way=Way.EMAIL,
        message=mail.text[:_MESSAGE],
        notice_version="",
    )
