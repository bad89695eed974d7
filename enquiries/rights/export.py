"""Everything held on a person: read, case by case, each part under the name of the council that answers for it.

What a table holds is read from its model; keys, hashes and the bytes of mails stay out, for they tell nobody anything.
Names of staff stay out as well: whoever answers adds those that the person may be told.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.urls import reverse

from councils.households import kinds_known
from councils.models import Council, Event, User
from councils.tenancy import as_council
from councils.working_time import in_london
from enquiries.consents import Shown, as_shown
from enquiries.models import Enquiry, Submission
from enquiries.rights import beside
from enquiries.rights.reach import Part, everything
from enquiries.trail import safeguarding_only, what_was_done
from outbox.confidential import is_for_the_receiver_alone
from outbox.models import Message, Suppression
from outbox.suppressions import address_hash

OMITTED = frozenset({"digest", "token_hash", "dedupe_key", "hmac", "address_hash", "version", "lease_token", "near"})
STAFF = "A member of staff"
CONSENTS = "What they were asked to agree to"
NOTICES = "Privacy notices that they were shown"
# Where the name of the table would tell a stranger nothing.
TITLES = {
    "enquiries.enquiry": "The enquiry",
    "enquiries.submission": "Forms as they were sent",
    "enquiries.contactattempt": "When somebody tried to get in touch",
    "enquiries.reply": "What they wrote back",
    "enquiries.handover": "Questions between councils",
    "enquiries.wish": "Whom they would like to talk to",
    "enquiries.followuprecord": "Follow-ups of the hub",
    "enquiries.searchkey": "What the enquiry can be found by",
    "enquiries.suggestion": "Other enquiries that may be theirs",
    "enquiries.merge": "Other enquiries of theirs that were joined with it",
    "outbox.message": "Messages",
    "councils.event": "What happened",
    "councils.eventdetail": "What stood there before it was changed",
    "councils.todo": "Work for staff",
    "councils.door": "Links to their pages",
    "councils.legalhold": "Legal holds",
    "campaigns.subscriber": "News by email",
    "campaigns.agreement": "What they agreed to get as news, and when",
}
Told = Mapping[str, object]


@dataclass(frozen=True)
class Section:
    """One kind of thing: each row by the names of what it says."""

    title: str
    rows: list[Told]


@dataclass(frozen=True)
class CasePart:
    """`controller`: the council that decides about this part. `reference`: empty where there is no case."""

    controller: str
    reference: str
    sections: list[Section]


@dataclass(frozen=True)
class Holdings:
    made_at: datetime
    guarded: bool  # safeguarding notes are in it
    cases: list[CasePart]


def holdings_of(cases: Sequence[Enquiry], *, guarded: bool, now: datetime) -> Holdings:
    """Opens the scope of each case's council in turn."""
    return Holdings(now, guarded, [_case(case, guarded=guarded) for case in cases])


def beside_cases(councils: Iterable[Council], addresses: Iterable[str]) -> list[CasePart]:
    """Of whoever has no case, by their addresses."""
    parts = []
    for council in councils:
        titled = [each for address in sorted(set(addresses)) for each in beside.of_address(council, address)]
        if titled:
            parts.append(CasePart(council.name, "", [Section(*each) for each in titled]))
    return parts


def _case(case: Enquiry, *, guarded: bool) -> CasePart:
    with as_council(case.council_id):
        council = Council.objects.select_related("hub").get(pk=case.council_id)
        reached = everything(case.council_id, case.pk, guarded=guarded)
        parts = _of_them_alone(reached.parts)
        parts = parts if guarded else [_without_looks(case, part) for part in parts]
        sections = [section for part in parts if (section := _section(part)).rows]
        more = [Section(*titled) for titled in beside.of_case(case)]
        return CasePart(council.name, case.reference, [*sections, *more, *_agreed(case), *_keyed(case, council)])


def _of_them_alone(parts: Sequence[Part]) -> list[Part]:
    """Without rows that they have not heard of, since these tell of somebody else, and what happened with those."""
    hidden = {key for part in parts if part.told.known for key in _unknown(part)}
    return [_without(part, hidden) for part in parts]


def _unknown(part: Part) -> set[UUID]:
    known = part.rows.filter(part.told.known) if part.told.known else part.rows
    return set(part.rows.values_list("pk", flat=True)) - set(known.values_list("pk", flat=True))


def _without(part: Part, hidden: Collection[UUID]) -> Part:
    column = "subject_id__in" if part.model is Event else "pk__in"
    if part.model is not Event and part.told.known is None:
        return part
    return replace(part, rows=part.rows.exclude(**{column: hidden}))


def _without_looks(case: Enquiry, part: Part) -> Part:
    """Of the safeguarding role: they would tell that it has a reason to look."""
    if part.model is not Event:
        return part
    return replace(part, rows=part.rows.exclude(verb="enquiry.seen", by__in=safeguarding_only(case)))


def _section(part: Part) -> Section:
    named = str(part.model._meta.verbose_name_plural).capitalize()
    title = TITLES.get(part.model._meta.label_lower, named)
    return Section(title, [row_of(row, part.told.others) for row in part.rows.order_by("pk")])


def row_of(row: models.Model, others: Collection[str] = ()) -> Told:
    fields = [field for field in row._meta.local_concrete_fields if field.name not in others]
    told = {_name(field): value for field in fields if (value := _value(row, field)) != ""}
    if isinstance(row, Event):
        told["what"] = what_was_done(row)
    if isinstance(row, Message) and row.to_staff:
        told["to address"] = STAFF
        if is_for_the_receiver_alone(kind=row.kind, subject_kind=row.subject_kind):
            told.pop("text", None)
    return told


def _value(row: models.Model, field: "models.Field[Any, Any]") -> object:
    """Empty for what tells nobody anything."""
    value = getattr(row, field.attname)
    if value in (None, "", [], {}) or field.name in OMITTED or isinstance(field, models.BinaryField | models.UUIDField):
        return ""
    if isinstance(field, models.ForeignKey):
        return STAFF if field.related_model is User else ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _plain(value)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return in_london(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def _name(field: "models.Field[Any, Any]") -> str:
    return field.name.replace("_", " ")


def _agreed(case: Enquiry) -> Iterator[Section]:
    """In the words of then, each time the form was sent; and which privacy notice stood beside it."""
    sent = Submission.objects.filter(council=case.council_id, enquiry=case).order_by("number")
    rows = [_consent(each, shown) for each in sent for shown in as_shown(each.consents, each.answers)]
    if rows:
        yield Section(CONSENTS, rows)
    versions = sorted({each.notice_version for each in sent if each.notice_version})
    if versions:
        yield Section(NOTICES, [{"version": version, "to read at": _notice(version)} for version in versions])


def _consent(sent: Submission, shown: Shown) -> Told:
    wording = (shown.wording.question, shown.wording.answer, shown.wording.explanation)
    return {
        "asked with form": sent.number,
        "words": " / ".join(part for part in wording if part),
        "version": shown.version,
        "answer": {True: "yes", False: "no", None: "not kept"}[shown.given],
    }


def _notice(version: str) -> str:
    return settings.BASE_URL + reverse("pages:privacy_version", args=[version])


def _keyed(case: Enquiry, council: Council) -> Iterator[Section]:
    """What is kept as a keyed hash only, and is found by who brings the address."""
    known = kinds_known(case.household_id, council)
    if known:
        yield Section("Recognised again by", [{"kind": kind, "kept as": "a keyed hash"} for kind in known])
    yield from spared(council, (case.email, case.phone))


def spared(council: Council, addresses: Iterable[str]) -> Iterator[Section]:
    """Those that the council's hub does not write to."""
    hashes = [address_hash(address) for address in addresses if address]
    spared = Suppression.objects.filter(hub=council.hub_id, address_hash__in=hashes).order_by("pk")
    if rows := [{**row_of(each), "kept as": "a keyed hash", "for": council.hub.name} for each in spared]:
        yield Section("Addresses that we do not write to", list(rows))
