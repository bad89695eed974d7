"""Everything held on an ambassador, each part under the name of the council that answers for it.

Their own rows are those of models with an `ambassador_column`, and what the rooms below hold is found by `subject_id`,
so that a table which is added is in the file by itself. What tells of whom they talk to stays out: see `others`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from ambassadors import joining
from ambassadors.mentors.telling import KIND as TO_MENTOR
from ambassadors.models import Ambassador, Concern, KeptApart, LogInAddress, NextInTurn, Offer, Proposal
from ambassadors.rights.others import Shared, cut_for, shared_of, without
from ambassadors.rights.rows import told_of
from councils.holdings import holdings, personal_of, told_by_case
from councils.models import Council, Event
from councils.tenancy import as_council
from enquiries.rights.export import CONSENTS, TITLES, CasePart, Holdings, Section, spared
from enquiries.rights.reach import OF_A_SUBJECT, OF_AN_EVENT
from outbox.models import Message

_TITLES: Mapping[str, str] = MappingProxyType(
    {
        **TITLES,
        "ambassadors.ambassador": "What they say of themselves, and how they stand",
        "ambassadors.offering": "What they chose to share",
        "ambassadors.offer": "When they were asked to talk to somebody, and what they said",
        "ambassadors.mentorship": "When they were a mentor",
        "ambassadors.talk": "Their log of time and mileage",
    }
)
LEFT_OUT: Mapping[type[models.Model], str] = MappingProxyType(
    {
        Concern: "Concerns, if there are any, whoever raised them: the safeguarding lead decides about those",
        KeptApart: "Whom they must not meet, if there is anybody: the safeguarding lead decides about that",
        Proposal: "Suggestions to introduce somebody to them, which tell of that person, until the next round",
        NextInTurn: "For whom they may be asked next, which tells of that person",
    }
)
_ALSO = (
    "What whoever they talked to wrote and said, and who that was: names are cut out of their own words, too",
    "Introductions about which they were never asked",
    "Mail that names somebody whom they talked to or were a mentor for, and links that open their own pages",
)
_NOT_TOLD = ("ambassador.kept_apart",)  # events, as the rows


def holdings_of(row: Ambassador, *, now: datetime) -> Holdings:
    """Opens the scope of their council, and for each conversation that of the other one as well."""
    with as_council(row.council_id):
        council = Council.objects.select_related("hub").get(pk=row.council_id)
        shared = [shared_of(offer) for offer in theirs(Offer, row)]
        cut = cut_for(row, shared)
        own = [*_own(row), *_shared(shared, council), *_agreed(row), *_keyed(row, council)]
    left_out = Section("What is not in this file", [{"what": what} for what in (*LEFT_OUT.values(), *_ALSO)])
    parts = [CasePart(council.name, "", [*(without(cut, each) for each in own), left_out])]
    elsewhere = {each.council_id for each in shared} - {council.pk}
    for other in Council.objects.filter(pk__in=elsewhere).order_by("name"):
        parts.append(CasePart(other.name, "", [without(cut, each) for each in _shared(shared, other)]))
    return Holdings(now, guarded=False, cases=parts)


def _own(row: Ambassador) -> Iterator[Section]:
    """First what is theirs, then what is about any of that."""
    subjects = set[UUID]()
    for model, _ in holdings():
        if own_column(model):
            rows = theirs(model, row)
            subjects |= {each.pk for each in rows}
            yield from _section(model, rows)
    for model, told in told_by_case():
        by = next((name for name in told.by if name in (OF_A_SUBJECT, OF_AN_EVENT)), None)
        if by and not told.guarded:
            yield from _section(model, _about(model, by, subjects, row.council_id))


def own_column(model: type[models.Model]) -> str:
    """Which holds the ambassador's key, where the row is theirs; empty for other models."""
    return str(getattr(model, "ambassador_column", ""))


def theirs(model: type[models.Model], row: Ambassador) -> list[Any]:
    """As far as they have heard of them. Their council is in scope."""
    told = personal_of(model)
    known = (told and told.known) or Q()
    rows = model._default_manager.filter(known, **{"council": row.council_id, own_column(model): row.pk})
    return list(rows.order_by("pk"))


def _about(model: type[models.Model], by: str, subjects: Collection[UUID], council: int) -> Iterable[Any]:
    """A mail to a mentor lies with the case that it names."""
    wanted = Q(**{f"{by}__in": subjects})
    if model is Message:
        wanted |= Q(dedupe_key__in=[f"{TO_MENTOR}:{key}" for key in subjects])
    found = model._default_manager.filter(wanted, council=council).order_by("pk")
    return found.exclude(verb__in=_NOT_TOLD) if model is Event else found


def _section(model: type[models.Model], rows: Iterable[Any]) -> Iterator[Section]:
    title = _TITLES.get(model._meta.label_lower, str(model._meta.verbose_name_plural).capitalize())
    if told := [told_of(each) for each in rows]:
        yield Section(title, told)


def _shared(shared: Iterable[Shared], council: Council) -> Iterator[Section]:
    """What lies with the enquirers of that council."""
    here = [each for each in shared if each.council_id == council.pk]
    if here:
        yield Section("Conversations that they were asked to have", [each.known for each in here])
    if mails := [mail for each in here for mail in each.mails]:
        yield Section("Mails that were passed on for them", mails)


def _agreed(row: Ambassador) -> Iterator[Section]:
    """In the words of then: what they were told when they joined, and said yes to."""
    joined = Event.objects.filter(council=row.council_id, subject_id=row.pk, verb="ambassador.joined").order_by("at")
    rows = []
    for event in joined:
        if statement := joining.STATEMENTS.get(event.rule_version):
            told = "\n".join(f"{heading}: {meaning}" for heading, meaning in statement.points)
            rows.append({"words": told, "agreed to": statement.agreed, "version": event.rule_version})
    if rows:
        yield Section(CONSENTS, list(rows))


def _keyed(row: Ambassador, council: Council) -> Iterator[Section]:
    if LogInAddress.objects.filter(ambassador_id=row.pk).exists():
        yield Section("Recognised again by", [{"kind": "email address, to log in", "kept as": "a keyed hash"}])
    yield from spared(council, [row.email, row.phone])
