"""What became of a message after it had left: delivered, bounced, complained about. Told by the provider or by mail.

A report is taken once, however often it is delivered. It finds its message in all councils, so only what has shown
that it may (a signature, a token, the id that we gave the mail alone) comes here. A message that was sent stays sent:
the receipt says how that ended.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import structlog
from django.conf import settings

from councils.clock import HubNow
from councils.events import record
from councils.models import Council
from councils.tenancy import across
from outbox.models import Message, Receipt
from outbox.states import Cover, State
from outbox.suppressions import COMPLAINT, suppress_address_of
from outbox.todos import tell_a_person

log = structlog.get_logger("outbox.receipts")


class ReportKind(StrEnum):
    DELIVERED = "delivered"
    DELAYED = "delayed"  # still being tried: nothing to do
    HARD_BOUNCE = "hard_bounce"  # the address does not work
    SOFT_BOUNCE = "soft_bounce"  # given up, and the address is not to blame
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class Report:
    """`report_id` is the provider's, the same each time it is delivered. `code` names no person."""

    provider: str
    report_id: str
    message: UUID
    kind: ReportKind
    code: str = ""


class Taken(StrEnum):
    NOW = "now"
    BEFORE = "before"
    NO_SUCH_MESSAGE = "no_such_message"


def take(report: Report) -> Taken:
    """Enters every council's scope: call it outside of any."""
    with across(Council.objects.values_list("pk", flat=True), reason="receipt"):
        message = Message.objects.select_for_update().filter(pk=report.message).first()
        if message is None:
            log.info("receipt_for_nothing", provider=report.provider, message_id=str(report.message))
            return Taken.NO_SUCH_MESSAGE
        _, is_new = Receipt.objects.get_or_create(provider=report.provider, report_id=report.report_id[:200])
        if not is_new:
            return Taken.BEFORE
        _act_on(message, report)
    return Taken.NOW


def _act_on(message: Message, report: Report) -> None:
    if report.kind is ReportKind.DELAYED:
        return
    _write_down(message, report)
    if report.kind is ReportKind.DELIVERED:
        return
    if not message.to_address:  # erased since: there is nobody to spare, and nothing to do for anybody
        return
    log.warning("message_came_back", message_id=str(message.pk), kind=report.kind, code=report.code)
    record(f"message.{report.kind}", subject=message, by=None, code=report.code)
    if report.kind is ReportKind.COMPLAINT:
        suppress_address_of(message, cover=Cover.PROMOTIONAL, reason=COMPLAINT)
        return
    if report.kind is ReportKind.HARD_BOUNCE:
        suppress_address_of(message)
    tell_a_person(message, no_such_address=report.kind is ReportKind.HARD_BOUNCE)


def _write_down(message: Message, report: Report) -> None:
    row = Message.objects.filter(pk=message.pk)
    row.update(receipt=(report.code or report.kind)[:40], receipt_at=HubNow())
    if _proves_it_left(message, report):
        row.update(state=State.SENT, settled_at=HubNow(), smtp_reply=f"told by {report.provider}: {report.kind}")


def _proves_it_left(message: Message, report: Report) -> bool:
    """A send whose end nobody heard. What waits for another try is settled by nothing less than its arrival."""
    if message.state == State.UNKNOWN:
        return True
    return message.state == State.QUEUED and message.attempts > 0 and report.kind is ReportKind.DELIVERED


_OUR_ID = re.compile(r"<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@([^>\s]+)>?")


def message_of(message_id: str) -> UUID | None:
    """Of a Message-ID that we gave; None for anybody else's."""
    found = _OUR_ID.fullmatch(message_id.strip().lower())
    return UUID(found[1]) if found and found[2] == settings.MAIL_DOMAIN.lower() else None
