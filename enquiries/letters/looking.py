"""A letter exactly as it will arrive, before it leaves; and what sending it does."""

from dataclasses import dataclass
from datetime import datetime

from councils.working_time import in_london
from enquiries.contact_details import spoken_phone
from enquiries.due import on_day
from enquiries.letters.quoting import last_reply
from enquiries.letters.writing import Letter, example_links, leaving
from enquiries.models import Enquiry
from enquiries.promise import hour_in_words
from enquiries.states import Way
from outbox.actions import written
from outbox.channels import provider_of
from outbox.channels.carriers import NOTIFY
from outbox.mail_pages import html_of, parsed
from outbox.models import Message
from outbox.states import Window
from outbox.texts import parts
from outbox.windows import leaves_at


@dataclass(frozen=True)
class Looked:
    """`html` and `headers` of an email; `parts` of a text message. `framed`: GOV.UK Notify puts the text into a frame
    of its own."""

    message: Message
    to: str
    headers: list[tuple[str, str]]
    html: str
    framed: bool
    parts: int
    leaves: str
    does: str


def look_at(letter: Letter, case: Enquiry, *, to: str, now: datetime) -> Looked:
    """Nothing is written down anywhere."""
    reply = last_reply(case, only=letter.quote) if letter.quote else None
    ready = leaving(letter, case, case.council, to=to, links=example_links(), reply=reply, now=now)
    message = written(text=ready.text, html=ready.html, **ready.envelope)
    framed = provider_of(message.channel) == NOTIFY and letter.way == Way.EMAIL
    return Looked(
        message=message,
        to=spoken_phone(to) if letter.way == Way.TEXT else to,
        headers=_headers(message) if letter.way == Way.EMAIL else [],
        html="" if framed else html_of(message),
        framed=framed,
        parts=parts(ready.text) if letter.way == Way.TEXT else 0,
        leaves=_leaves(message, now),
        does=_does(case, letter, now),
    )


def _headers(message: Message) -> list[tuple[str, str]]:
    mail = parsed(message)
    return [(name, str(mail[name])) for name in ("From", "To", "Subject")]


def _leaves(message: Message, now: datetime) -> str:
    at = leaves_at(Window(message.window), message.not_before)
    if at == message.not_before:
        return "A minute after you press “Send”. Until then you can call it back."
    here = in_london(at)
    day = on_day(here.date(), in_london(now).date())
    hour = hour_in_words(here.time())
    return f"{day.capitalize()} at {hour}: no text message leaves at night, on Sundays or bank holidays."


def _does(case: Enquiry, letter: Letter, now: datetime) -> str:
    if not case.is_open:
        return "This case is closed, and stays closed. The letter is written down, and changes nothing else."
    if case.promise_kept_at:
        return "It counts as a contact attempt."
    if letter.way != case.way:
        asked = case.get_way_display().lower()
        return f"It counts as a contact attempt. It does not keep the promise, because they asked for: {asked}."
    late = ", late" if case.promise_due_at <= now else ""
    return f"It counts as a contact attempt, and it keeps the promise{late}."
