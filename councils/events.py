"""Write down what happened."""

from collections.abc import Callable, Mapping
from uuid import UUID

from councils.models.events import Event, EventDetail
from councils.models.people import User
from councils.tenancy.models import CouncilOwned

_told: list[Callable[[], None]] = []
Fact = str | int | bool | None | list[str] | list[int] | Mapping[str, str | int | bool | None]


def record(
    verb: str,
    *,
    subject: CouncilOwned,
    by: User | None,
    rule_version: str = "",
    old: dict[str, str] | None = None,
    **facts: Fact,
) -> Event:
    """Append one event in the subject's council. `facts` may hold nothing personal; old personal values go to `old`."""
    event = Event.objects.create(
        council_id=subject.council_id,
        verb=verb,
        subject_kind=subject._meta.model_name or "",
        subject_id=subject.pk,
        journey_id=_uuid(subject, "journey_id"),
        household_id=_uuid(subject, "household_id"),
        by=by,
        rule_version=rule_version,
        facts=facts,
    )
    EventDetail.objects.bulk_create(
        EventDetail(council_id=subject.council_id, event=event, field=field, old=value)
        for field, value in (old or {}).items()
    )
    for tell in _told:
        tell()
    return event


def record_list_taken(
    verb: str, *, rows: Mapping[int, int], purpose: str, by: User, facts: Mapping[str, object]
) -> None:
    """A list was taken out: an event in each council that it is of, by how many `rows`. The purpose in words may name
    somebody: it lies where it can be erased."""
    events = Event.objects.bulk_create(
        Event(
            council_id=council,
            verb=verb,
            subject_kind="council",
            subject_id=UUID(int=council),  # councils have whole numbers for keys
            by=by,
            facts={**facts, "rows": count},
        )
        for council, count in sorted(rows.items())
    )
    EventDetail.objects.bulk_create(
        EventDetail(council_id=event.council_id, event=event, field="purpose", old=purpose) for event in events
    )


def when_recorded(tell: Callable[[], None]) -> None:
    """Called with each event, in its transaction, by upper rooms that follow what happens: `tell` only plans."""
    _told.append(tell)


def _uuid(subject: CouncilOwned, name: str) -> UUID | None:
    value = getattr(subject, name, None)
    return value if isinstance(value, UUID) else None
