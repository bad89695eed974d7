"""Put messages into the outbox."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NotRequired, TypedDict, Unpack
from uuid import UUID, uuid4

import structlog
from django.conf import settings

from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import OutOfScope, current_scope
from outbox.mime import Attached, Headers, compose, domain_of, is_mailable, is_number, one_line
from outbox.models import Message
from outbox.rendering import RENDERING_ERRORS, render
from outbox.states import ChannelKind, Lane, State, Window
from outbox.suppressions import covered
from outbox.todos import tell_a_person
from outbox.transactions import in_transaction
from outbox.waking import wake_after_commit

log = structlog.get_logger("outbox.actions")


class NoTransaction(RuntimeError):
    """A message was about to be enqueued outside the transaction that causes it."""


class Envelope(TypedDict):
    """What every message needs besides its text.

    `dedupe_key` is unique in the council: a second message of the same key is not made. `subject_kind` and
    `subject_id` say what it is about, and so what the to-do is about if it cannot be sent; `to_staff` that the
    address is not of the person it is about. A text message has a number in E.164 for its address and no subject.
    `by_person`: somebody wrote it, no program. `key`: the message's own, and so its Message-ID, for what is written
    again after it was taken out.
    """

    council: Council | int
    kind: str
    to: str
    subject: str
    dedupe_key: str
    expires_at: datetime
    lane: NotRequired[Lane]
    channel: NotRequired[ChannelKind]
    subject_kind: NotRequired[str]
    subject_id: NotRequired[UUID | None]
    to_staff: NotRequired[bool]
    sender: NotRequired[str]
    reply_to: NotRequired[str]
    headers: NotRequired[Headers]
    not_before: NotRequired[datetime | None]
    window: NotRequired[Window]
    by_person: NotRequired[bool]
    attached: NotRequired[Attached | None]
    key: NotRequired[UUID]


def enqueue(*, text: str, html: str = "", **envelope: Unpack[Envelope]) -> Message | None:
    """None where the council has a message of this `dedupe_key`. It leaves if, and only if, the transaction commits."""
    message = _message(envelope, text)
    if not _is_address(message):
        return _set_aside(message, State.SUPPRESSED, "address_malformed")
    if message.channel == ChannelKind.EMAIL:
        message.mime = _mime(message, html, envelope)
    if covered([message]):  # written out all the same: a colleague may find that the address works again
        return _set_aside(message, State.SUPPRESSED, "address_suppressed")
    return _add(message)


def _is_address(message: Message) -> bool:
    return is_number(message.to_address) if message.channel == ChannelKind.SMS else is_mailable(message.to_address)


def _mime(message: Message, html: str, envelope: Envelope) -> bytes:
    return compose(
        message_id=message.message_id,
        date=message.created_at,
        sender=message.from_address,
        to=message.to_address,
        subject=message.subject,
        text=message.text,
        html=html,
        reply_to=envelope.get("reply_to", ""),
        headers=envelope.get("headers", ()),
        by_person=envelope.get("by_person", False),
        attached=envelope.get("attached"),
    )


def written(*, text: str, html: str = "", **envelope: Unpack[Envelope]) -> Message:
    """As `enqueue` would put it into the outbox, and put nowhere: to be looked at. ValueError for no address."""
    message = _message(envelope, text)
    if message.channel == ChannelKind.EMAIL:
        message.mime = _mime(message, html, envelope)
    return message


def enqueue_template(*, template: str, context: Mapping[str, Any], **envelope: Unpack[Envelope]) -> Message | None:
    """`enqueue` with text and HTML of `templates/mail/TEMPLATE.txt` (and `.html`); see outbox.rendering.

    A template that fails does not roll back what caused the message: the message is set aside and becomes a to-do.
    """
    try:
        rendered = render(template, context)
    except RENDERING_ERRORS as error:
        log.error("template_failed", template=template, error=type(error).__qualname__)
        return _set_aside(_message(envelope, text=""), State.DEAD, "template_failed")
    return enqueue(text=rendered.text, html=rendered.html, **envelope)


def _message(envelope: Envelope, text: str) -> Message:
    council = envelope["council"]
    council_id = council if isinstance(council, int) else council.pk
    _require_scope_and_transaction(council_id)
    now = hub_now()
    return Message(
        pk=envelope.get("key") or uuid4(),
        council_id=council_id,
        kind=envelope["kind"],
        lane=envelope.get("lane", Lane.SERVICE),
        channel=envelope.get("channel", ChannelKind.EMAIL),
        dedupe_key=envelope["dedupe_key"],
        subject_kind=envelope.get("subject_kind", ""),
        subject_id=envelope.get("subject_id"),
        to_staff=envelope.get("to_staff", False),
        to_address=envelope["to"],
        to_domain=domain_of(envelope["to"]),
        from_address=envelope.get("sender") or settings.DEFAULT_FROM_EMAIL,
        subject=one_line(envelope["subject"])[:300],
        text=text,
        created_at=now,
        not_before=envelope.get("not_before") or now,
        window=envelope.get("window", Window.ANY_TIME),
        expires_at=envelope["expires_at"],
    )


def _require_scope_and_transaction(council_id: int) -> None:
    if not in_transaction():
        raise NoTransaction("enqueue() belongs inside the transaction that causes the message")
    scope = current_scope()
    if scope is None or council_id not in scope.councils:
        raise OutOfScope("a message may only be enqueued for a council in scope")


def _set_aside(message: Message, state: State, code: str) -> Message | None:
    message.state, message.last_error, message.settled_at = state, code, message.created_at
    added = _add(message)
    if added:
        tell_a_person(added)
    return added


def _add(message: Message) -> Message | None:
    Message.objects.bulk_create([message], ignore_conflicts=True)
    if not Message.objects.filter(pk=message.pk).exists():
        return None
    if message.state == State.QUEUED:
        wake_after_commit()
    return message
