"""An email to many: made once, cut at the marks, joined for each person.

`prepare` costs milliseconds (Markdown, layout, inlined styles), `Prepared.for_` microseconds: it escapes a handful of
values and joins. It holds no connection and knows no scope, so it may be kept as long as the mailing does not change.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path
from unicodedata import category

from css_inline import CSSInliner
from django.conf import settings
from django.template.loader import render_to_string

from campaigns.content.blocks import Kind, blocks_of
from campaigns.content.counting import counted_addresses
from campaigns.content.layout import Laid, as_html, as_text, laid_out
from campaigns.content.links import Addresses
from campaigns.content.look import legible, look_of
from campaigns.content.merging import CHOICES, STOP, Pieces, Slot, Slots, without_marks
from campaigns.models import Look, Mailing
from campaigns.states import Purpose
from councils.models import Council
from outbox.mime import one_line

_BODY = "\ue002"  # taken out of everything typed, as all of its kind
_NAME_MOST = 40
# After "because you asked".
_REASONS = {Purpose.NEWS: "for news about fostering", Purpose.EVENTS: "to hear of our events"}


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a copy is for. `council` and what follows: of the subscriber's own council, not the sender's."""

    first_name: str = ""
    council: str = ""
    council_phone: str = ""
    council_email: str = ""
    hub: str = ""
    hub_phone: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    subject: str
    preheader: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """`sender` and `reply_to` are ready for the envelope. `links`: where its countable links lead, in order."""

    sender: str
    reply_to: str
    links: tuple[str, ...]
    _subject: Pieces
    _preheader: Pieces
    _text: Pieces
    _html: Pieces

    def for_(self, person: Person, *, choices_url: str, stop_url: str) -> Written:
        value = _values(person, {CHOICES: choices_url, STOP: stop_url})
        return Written(
            subject=one_line(self._subject.joined(value)),
            preheader=one_line(self._preheader.joined(value)),
            text=self._text.joined(value),
            html=self._html.joined(lambda slot: escape(value(slot))),
        )


def person(first_name: str, council: Council) -> Person:
    """`council` with its hub. What is no name (an address, an advertisement) is left out: somebody else may have typed
    it for them."""
    hub = council.hub
    name = first_name.strip()
    return Person(
        first_name=name if _is_name(name) else "",
        council=council.service_name,
        council_phone=council.phone,
        council_email=council.email,
        hub=hub.name,
        hub_phone=hub.phone,
    )


def _is_name(typed: str) -> bool:
    """Letters and their marks in any script. A full stop inside would be made a link by mail programs."""
    return (
        len(typed) <= _NAME_MOST
        and all(category(letter)[0] in "LM" or letter in " .'’-" for letter in typed)
        and not any(letter == "." and after != " " for letter, after in pairwise(typed))
    )


def prepare(mailing: Mailing) -> Prepared:
    """With the links that are counted (campaigns.actions.counting.count_links writes them down; those that are not
    written down stand as they are). Needs the owner's scope; of a hub office the whole hub's, for the
    events of its councils. Raises MergeFault."""
    council = Council.objects.select_related("hub").get(pk=mailing.council_id)
    return prepared(mailing, council, look_of(council), counted_addresses(mailing))


def prepared(mailing: Mailing, council: Council, look: Look, counted: Mapping[str, str]) -> Prepared:
    slots = Slots()
    subject, preheader = slots.marked(mailing.subject), slots.marked(mailing.preheader)
    parts = laid_out(blocks_of(mailing.blocks), slots, council)
    to = Addresses(mailing.code, counted)
    frame = _frame(slots, council, look, parts, subject=subject, preheader=preheader)
    frame["reason"] = _REASONS[Purpose(mailing.purpose)]
    page = render_to_string("mail/campaign/frame.html", frame).replace(_BODY, as_html(_below(parts), to))
    text = render_to_string("mail/campaign/frame.txt", frame).replace(_BODY, as_text(_below(parts), to))
    return Prepared(
        sender=_sender(council, look),
        reply_to=look.reply_to or council.email,
        links=tuple(to.met),
        _subject=slots.cut(subject),
        _preheader=slots.cut(preheader),
        _text=slots.cut(text.strip() + "\n"),
        _html=slots.cut(_inliner(legible(look.colour)).inline(page)),
    )


def _frame(
    slots: Slots, council: Council, look: Look, parts: list[Laid], *, subject: str, preheader: str
) -> dict[str, object]:
    """The first heading is the email's own; without one its subject is."""
    opens = parts[0] if parts and parts[0].kind == Kind.HEADING else None
    return {
        "title": opens.text if opens else subject,
        "subject": subject,
        "preheader": preheader,
        "body": _BODY,
        "council": council,
        "hub": council.hub,
        "sender": without_marks(look.sender) or council.service_name,
        "postal_address": without_marks(look.postal_address),
        "base_url": settings.BASE_URL,
        "choices_url": slots.mark(Slot(CHOICES)),
        "stop_url": slots.mark(Slot(STOP)),
        "colour": legible(look.colour),
    }


def _below(parts: list[Laid]) -> list[Laid]:
    return parts[1:] if parts and parts[0].kind == Kind.HEADING else parts


def _sender(council: Council, look: Look) -> str:
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return formataddr((one_line(look.sender) or council.service_name, address))


def _values(person: Person, addresses: Mapping[str, str]) -> Callable[[Slot], str]:
    def value(slot: Slot) -> str:
        return addresses.get(slot.name) or getattr(person, slot.name, "") or slot.fallback

    return value


@cache
def _inliner(colour: str) -> CSSInliner:
    """Styles that fetch nothing."""
    css = Path(settings.BASE_DIR, "static", "mail", "campaign.css").read_text()
    return CSSInliner(extra_css=css.replace("#1d70b8", colour), load_remote_stylesheets=False)
