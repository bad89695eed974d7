"""Write down what happened."""

from collections.abc import Mapping
from uuid import UUID

from councils.models.events import Event, EventDetail
from councils.models.people import User
from councils.tenancy.models import CouncilOwned

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
    return event


def _uuid(subject: CouncilOwned, name: str) -> UUID | None:
    value = getattr(subject, name, None)
    return value if isinstance(value, UUID) else None
