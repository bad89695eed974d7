"""Mail that came in finds its place: an enquiry through its door or by the sender's address, or a case to confirm.

A door proves that the writer has a mail of ours. An address proves nothing, so what was matched by it says so, and it
is looked for in the one council that was written to. Each mail is taken once, however often it is delivered: replies by
their Message-ID under the lock of the case, direct mail by a receipt whose key settles the race.
"""

import hashlib

import structlog
from django.conf import settings

from councils.doors import find_door
from councils.events import record
from councils.models import Council, CouncilKind, Door, User
from councils.models.doors import DoorPurpose
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from enquiries.actions.changing import locked_going_on
from enquiries.actions.direct import take_direct
from enquiries.actions.handover_trail import led_elsewhere
from enquiries.actions.hearing import heard_from
from enquiries.incoming_states import Came
from enquiries.mail_prefixes import take_elsewhere
from enquiries.models import Enquiry, Reply, SearchKey
from enquiries.search import SearchKind
from enquiries.states import GOING_ON_STATES
from outbox.incoming import Incoming
from outbox.models import Receipt
from outbox.receipts import take

log = structlog.get_logger("enquiries.incoming")
_REPLY_TO = "reply+"
_SOURCE = "mail"


def receive(mail: Incoming, *, to: str) -> Came:
    """`to` is the address that it was delivered to. Call it outside of any scope; when it returns, all is committed."""
    if mail.report:
        take(mail.report)
        return Came.REPORT
    if mail.is_report or mail.is_ours:
        return _drop(mail, "report" if mail.is_report else "own mail")
    local = _local_part(to)
    if came := take_elsewhere(mail, local):
        return came
    door = _door(local)
    if door:
        return _by_door(mail, door)
    return _by_address(mail, _council(local))


def _local_part(to: str) -> str:
    """Whatever the domain: the mail server hands over only what it was told is ours."""
    local = to.strip().strip("<>").rpartition("@")[0].lower()
    return local if local.isascii() and local.isprintable() else ""


def _door(local: str) -> Door | None:
    return find_door(local.removeprefix(_REPLY_TO), DoorPurpose.REPLY) if local.startswith(_REPLY_TO) else None


def _council(local: str) -> Council:
    """Written to by its slug; whatever names none is the hub office's, and never dropped."""
    councils = Council.objects.select_related("hub")
    named = councils.filter(slug=local.partition("+")[0]).first()
    return named or councils.get(hub__slug=settings.DEFAULT_HUB, kind=CouncilKind.HUB_OFFICE)


def _by_door(mail: Incoming, door: Door) -> Came:
    with as_council(door.council_id):
        case = locked_going_on(door.council_id, door.subject_id)
        moved = led_elsewhere(case, door)
        if moved is None:
            return _answered(mail, case, by_link=True)
    return _by_door(mail, moved)


def _by_address(mail: Incoming, council: Council) -> Came:
    colleague = _is_ours(mail.sender)
    with as_council(council):
        if not _is_first(mail, council):
            return Came.AGAIN
        case = None if colleague else _known(mail.sender, council)
        if case:
            return _answered(mail, locked_going_on(council.pk, case.pk), by_link=False)
        if mail.automatic and mail.answers:
            return _drop(mail, "automatic answer")
        case = take_direct(mail, council, announce=not (mail.automatic or colleague))
        _keep(mail, case)
    return Came.DIRECT


def _answered(mail: Incoming, case: Enquiry, *, by_link: bool) -> Came:
    """The case is locked. A program's answer is kept and counts as nothing: nobody was heard."""
    if case.replies.filter(council=case.council_id, message_id=mail.message_id).exists():
        return Came.AGAIN
    reply, reopened = _keep(mail, case), False
    if not mail.automatic:
        todo = ToDoKind.CAME_DIRECT if case.to_confirm else ToDoKind.REPLIED
        reopened = heard_from(case, todo=todo, reopen=True)
    record(
        "enquiry.replied",
        subject=case,
        by=None,
        reply=str(reply.pk),
        by_link=by_link,
        automatic=mail.automatic,
        reopened=reopened,
    )
    return Came.REPLY


def _keep(mail: Incoming, case: Enquiry) -> Reply:
    return Reply.objects.create(
        council_id=case.council_id,
        enquiry=case,
        from_address=mail.sender,
        subject=mail.subject,
        text=mail.text,
        files=mail.files,
        automatic=mail.automatic,
        message_id=mail.message_id,
    )


def _known(sender: str, council: Council) -> Enquiry | None:
    """The one case of this council that goes on, or can, under this address; with two of them nobody can tell."""
    named = SearchKey.objects.filter(council=council, kind=SearchKind.EMAIL, key=sender.casefold())
    cases = Enquiry.objects.filter(council=council, pk__in=named.values("enquiry"), state__in=GOING_ON_STATES)[:2]
    return cases[0] if sender and len(cases) == 1 else None


def _is_first(mail: Incoming, council: Council) -> bool:
    """Whoever comes second with the same mail waits for the first to commit."""
    key = hashlib.sha256(f"{council.pk}:{mail.message_id}".encode()).hexdigest()
    return Receipt.objects.get_or_create(provider=_SOURCE, report_id=key)[1]


def _is_ours(sender: str) -> bool:
    """A colleague's or a council's own mailbox: what it forwards is about somebody else each time."""
    address = sender.lower()
    mailboxes = Council.objects.filter(duty_mailbox__iexact=address) | Council.objects.filter(email__iexact=address)
    return bool(address) and (User.objects.filter(email=address).exists() or mailboxes.exists())


def _drop(mail: Incoming, why: str) -> Came:
    digest = hashlib.sha256(mail.message_id.encode()).hexdigest()[:16]
    log.info("mail_dropped", why=why, mail=digest)
    return Came.DROPPED
