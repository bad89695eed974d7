"""One letter to one person: its words as they are filled in, and the message as it leaves. What sends it and what shows
it before are the same code; only the links, which are made anew for every message, lead nowhere in a preview."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from councils.models import Council, User
from enquiries.followups import composing
from enquiries.followups.placeholders import Words
from enquiries.followups.trial import LONGEST_SUBJECT, no_such_letters
from enquiries.followups.values import About, values_of
from enquiries.letters.placeholders import left_over
from enquiries.letters.quoting import Quoted, answer_to, quoted
from enquiries.letters.trying import LINK
from enquiries.letters.ways import CHANNELS
from enquiries.links import Links
from enquiries.models import Enquiry, Reply
from enquiries.states import Way
from outbox.actions import Envelope
from outbox.mime import Headers
from outbox.rendering import render
from outbox.states import Window
from outbox.texts import IN_PARTS, plain, strange

KIND = "letter"
HELD_FOR = timedelta(minutes=1)  # so that whoever sees a slip can still call it back
SEND_WITHIN = timedelta(hours=72)
MOST_PARTS = 3
_AS_LONG_AS = {"status": 43, "reply": 48}  # letters of a real token: a text message is charged by its length


@dataclass(frozen=True, kw_only=True)
class Letter:
    """As it was typed. `key` is of the page it was written on, `version` the case's when that page was made; `agreed`:
    whoever writes says that they expect it. `quote`: the reply that stands below."""

    way: Way
    text: str
    key: str
    version: int
    subject: str = ""
    agreed: bool = False
    quote: UUID | None = None
    started_from: UUID | None = None

    @property
    def dedupe_key(self) -> str:
        """The same words from the same page are one letter, however often the button is pressed."""
        words = f"{self.way}\0{self.subject}\0{self.text}\0{self.quote}"
        return f"{self.key}:{hashlib.sha256(words.encode()).hexdigest()[:16]}"


@dataclass(frozen=True)
class CalledBack:
    """What had been written in a letter that did not leave."""

    way: Way
    subject: str
    text: str


@dataclass(frozen=True)
class Leaving:
    """What `enqueue` takes."""

    text: str
    html: str
    envelope: Envelope


def values_for(case: Enquiry, council: Council, writer: User, now: datetime) -> Mapping[str, str]:
    return {"my name": writer.name, **values_of(About(case, council, now, apologises=True))}


def faults_of(letter: Letter) -> list[str]:
    """Why it cannot leave like this, as sentences for whoever wrote it."""
    return list(_email_faults(letter) if letter.way == Way.EMAIL else _text_faults(letter))


def _email_faults(letter: Letter) -> Iterator[str]:
    if not letter.subject:
        yield "Write a subject."
    if len(letter.subject) > LONGEST_SUBJECT:
        yield f"The subject is {len(letter.subject)} letters long. Keep it to {LONGEST_SUBJECT}."
    yield from filter(None, [left_over(letter.subject, letter.text)])


def _text_faults(letter: Letter) -> Iterator[str]:
    yield from filter(None, [left_over(letter.text)])
    if found := strange(plain(letter.text)):
        yield no_such_letters(found)
    too_long = len(text_message(letter, example_links())) - MOST_PARTS * IN_PARTS
    if too_long > 0:
        yield f"This text message is {too_long} letters too long. With its links it may have {MOST_PARTS} parts."


def example_links() -> Links:
    """As long as real ones."""
    token = "made-when-it-is-sent-".ljust(_AS_LONG_AS["status"], "x")
    status, stop = (settings.BASE_URL + reverse(f"status:{name}", args=[token]) for name in ("open", "stop"))
    return Links(status, stop, f"reply+{'x' * _AS_LONG_AS['reply']}@{settings.INBOUND_DOMAIN}")


def text_message(letter: Letter, links: Links) -> str:
    return composing.text_message(Words("", "", plain(letter.text), ""), links)


def leaving(
    letter: Letter, case: Enquiry, council: Council, *, to: str, links: Links, reply: Reply | None, now: datetime
) -> Leaving:
    if letter.way == Way.TEXT:
        return Leaving(text_message(letter, links), "", _envelope(letter, case, council, to, now))
    words = Words(subject=letter.subject, text=letter.text, text_message="", link=LINK)
    below = quoted(reply) if reply else None
    mail = render(composing.TEMPLATE, _context(words, council, links, below))
    envelope = _envelope(letter, case, council, to, now, reply_to=links.reply_to, headers=_headers(reply))
    return Leaving(mail.text, mail.html, envelope)


def _context(words: Words, council: Council, links: Links, below: Quoted | None) -> dict[str, object]:
    context = composing.context(words, council, links, promotional=False)
    if below is None:
        return context
    return {**context, "quoted": below, "text": f"{context['text']}\n\n{below.as_text}"}


def _headers(reply: Reply | None) -> Headers:
    return answer_to(reply) if reply else ()


def _envelope(
    letter: Letter,
    case: Enquiry,
    council: Council,
    to: str,
    now: datetime,
    *,
    reply_to: str = "",
    headers: Headers = (),
) -> Envelope:
    return Envelope(
        council=council,
        kind=KIND,
        channel=CHANNELS[letter.way],
        to=to,
        subject=letter.subject if letter.way == Way.EMAIL else "",
        dedupe_key=f"{KIND}:{case.pk}:{letter.dedupe_key}",
        not_before=now + HELD_FOR,
        expires_at=now + SEND_WITHIN,
        # Nobody's telephone rings at night because somebody works late.
        window=Window.DAYTIME if letter.way == Way.TEXT else Window.ANY_TIME,
        subject_kind="enquiry",
        subject_id=case.pk,
        reply_to=reply_to,
        headers=headers,
        by_person=True,
    )
