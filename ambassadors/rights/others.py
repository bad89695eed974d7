"""Whom an ambassador talked to stays out of the ambassador's file: of each conversation it tells what both knew of it
and what the ambassador wrote, with the other one's names and ways to reach them cut out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from ambassadors.models import Ambassador, Mentorship, Offer
from ambassadors.pairs import pair_at, where_of_offer
from ambassadors.relay.removing import without_contacts
from ambassadors.relay.telling import PASSED_ON
from councils.models import Event
from enquiries.rights.export import STAFF, Section, Told, row_of
from outbox.models import Message

# Of an introduction: everything else on it is the enquirer's.
_KNOWN_TO_BOTH = frozenset({"ambassador_name", "state", "way", "link", "place"}) | {
    *("created_at", "talk_at", "ended_at", "stopped_by")
}
_OF_A_MAIL = frozenset({"created_at", "state"})
_WRITTEN = "text as it was passed on"
_TEXT = "text"
_OWN_WORDS = frozenset({"how", "note", "answer", "old", _WRITTEN})  # by the names of what a row says
_QUOTED = re.compile(r"^[^\S\n]*>.*$", re.MULTILINE)


@dataclass(frozen=True)
class Shared:
    """`council_id`: the enquirer's, which answers for both. `names`: of the enquirer."""

    council_id: int
    known: Told
    mails: list[Told]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Cut:
    """Names that are cut out."""

    enquirers: re.Pattern[str]
    staff: re.Pattern[str]


def shared_of(offer: Offer) -> Shared:
    """One that the ambassador has heard of."""
    with pair_at(where_of_offer(offer)) as pair:
        row = pair.introduction
        sent = Message.objects.filter(council=row.council_id, subject_id=row.pk, kind=PASSED_ON, to_staff=False)
        mails = [_mail(each) for each in sent.order_by("created_at", "pk")]
        return Shared(row.council_id, _only(row, _KNOWN_TO_BOTH), mails, (row.shared_name, row.enquiry.name))


def _only(row: models.Model, named: frozenset[str]) -> Told:
    return row_of(row, {field.name for field in row._meta.local_concrete_fields} - named)


def _mail(row: Message) -> Told:
    """Without whom it went to, and what it quotes."""
    text = {_WRITTEN: _QUOTED.sub("[quoted]", row.text)} if row.text else {}
    return {**_only(row, _OF_A_MAIL), **text}


def cut_for(row: Ambassador, shared: Iterable[Shared]) -> Cut:
    """Each part of a name of somebody whom they talked to or were a mentor for. Their council is in scope."""
    mentees = Mentorship.objects.filter(council=row.council_id, ambassador=row).values_list("enquiry__name", flat=True)
    named = " ".join([*mentees, *(name for each in shared for name in each.names)])
    parts = {part for part in re.findall(r"[^\W\d_]\w+", named) if part.casefold() != row.first_name.casefold()}
    about = Event.objects.filter(council=row.council_id, subject_id=row.pk).exclude(by=None)
    return Cut(_any_of(parts), _any_of(about.values_list("by__name", flat=True)))


def without(cut: Cut, section: Section) -> Section:
    return Section(
        section.title, [{name: _without(cut, name, value) for name, value in row.items()} for row in section.rows]
    )


def _without(cut: Cut, name: str, value: object) -> object:
    """Enquirers only in what people wrote freely, staff only in what we sent: the rest names neither."""
    if name == _TEXT:
        return cut.staff.sub(STAFF, str(value))
    return cut.enquirers.sub("[name]", without_contacts(str(value))) if name in _OWN_WORDS else value


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """As whole words, the longest first."""
    written = "|".join(re.escape(name) for name in sorted(set(names), key=len, reverse=True) if name)
    return re.compile(rf"(?<!\w)(?:{written})(?!\w)" if written else r"(?!)", re.IGNORECASE)
