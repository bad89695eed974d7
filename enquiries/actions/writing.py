"""Write one follow-up to an enquirer: into the outbox, in the transaction that caused it."""

from datetime import timedelta

import structlog

from councils.models.todos import ToDoKind
from enquiries.actions.todos import open_todo
from enquiries.follow_up_states import FollowUp
from enquiries.followups import composing
from enquiries.followups.placeholders import Words
from enquiries.followups.plan import Planned, leaves_at
from enquiries.followups.reading import Desk
from enquiries.followups.values import about, values_of
from enquiries.links import Links, links_of
from outbox.actions import Envelope, enqueue, enqueue_template
from outbox.models import Message
from outbox.states import ChannelKind, Lane

log = structlog.get_logger("enquiries.writing")
SEND_WITHIN = timedelta(hours=72)


def write(desk: Desk, planned: Planned, follow_up: FollowUp, *, to: str = "") -> list[str]:
    """Ids of the messages, one a channel. `to` is another email address of theirs."""
    letter = composing.letter(follow_up, desk.wordings.get(follow_up), values_of(about(desk, planned)))
    if letter.failed:
        log.error("wording_failed", council_id=desk.council.pk, follow_up=follow_up.value)
        open_todo(desk.case, desk.council, ToDoKind.TEMPLATE_FAILED)
    links = links_of(desk.case)
    sent = [_send(desk, planned, channel, letter.words, links, to) for channel in planned.channels]
    return [str(message.pk) for message in sent if message]


def _send(desk: Desk, planned: Planned, channel: ChannelKind, words: Words, links: Links, to: str) -> Message | None:
    envelope = _envelope(desk, planned, channel, words, links, to)
    if channel == ChannelKind.SMS:
        return enqueue(text=composing.text_message(words, links), **envelope)
    promotional = planned.sequence.promotional
    context = composing.context(words, desk.council, links, promotional=promotional)
    return enqueue_template(template=composing.TEMPLATE, context=context, **envelope)


def _envelope(desk: Desk, planned: Planned, channel: ChannelKind, words: Words, links: Links, to: str) -> Envelope:
    case, sequence, text = desk.case, planned.sequence, channel == ChannelKind.SMS
    until = leaves_at(sequence, desk.now) + SEND_WITHIN
    return Envelope(
        council=desk.council,
        kind=sequence.name,
        channel=channel,
        to=case.phone if text else to or case.email,
        subject="" if text else words.subject,
        dedupe_key=_key(desk, planned.step) + (":text" if text else ""),
        expires_at=min(until, planned.start.at) if planned.start.at else until,
        lane=Lane.CAMPAIGN if sequence.promotional else Lane.SERVICE,
        window=sequence.window,
        subject_kind="enquiry",
        subject_id=case.pk,
        reply_to="" if text else links.reply_to,
        headers=_one_click(links) if sequence.promotional else (),
    )


def _key(desk: Desk, step: str) -> str:
    """`confirmation:CASE`, `followup:CASE:STEP`."""
    name, _, which = step.partition(":")
    if name != "confirmation":
        return f"followup:{desk.case.pk}:{step}"
    return ":".join(part for part in (name, str(desk.case.pk), which) if part)


def _one_click(links: Links) -> tuple[tuple[str, str], ...]:
    """RFC 8058: mail programs show a button that posts to this address."""
    return ("List-Unsubscribe", f"<{links.stop}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
