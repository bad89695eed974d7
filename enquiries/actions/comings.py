"""Each time somebody comes is written down with their case, and goes where the case goes.

A form that is sent again with other answers is no second coming. Nothing personal is in these rows, so that they stay
for the figures when the case is erased.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from councils.models import Door
from enquiries.came import HEARD, Came, unsaid
from enquiries.came_states import CameBy, Source
from enquiries.models import Enquiry, Touch
from enquiries.states import Channel, HeardFrom

_COPIED = ("journey_id", "at", "channel", "source", "detail", "medium", "campaign", "code", "referrer")


def note_coming(case: Enquiry, channel: Channel, came: Came | None, *, at: datetime | None = None) -> None:
    """`at`: None is now."""
    told = vars(came or unsaid(channel)) | ({"at": at} if at else {})
    Touch.objects.create(council_id=case.council_id, enquiry=case, journey_id=case.journey_id, channel=channel, **told)


def note_heard(case: Enquiry, door: Door, heard_from: HeardFrom | None) -> None:
    """What they say counts where the address of the form told nothing."""
    if heard_from:
        untold = {"detail": "", "medium": "", "campaign": "", "code": "", "referrer__in": ("", CameBy.OWN)}
        with_form(case, door).filter(**untold).update(source=HEARD[heard_from])


def with_form(case: Enquiry, door: Door) -> QuerySet[Touch]:
    """Written in the transaction that took the form's door."""
    return Touch.objects.filter(council=case.council_id, enquiry=case, at=door.created_at)


def take_coming_back(case: Enquiry, door: Door) -> Came | None:
    """The form that had joined a case begins one of its own."""
    row = with_form(case, door).first()
    if row is None:
        return None
    row.delete()
    told = {name: getattr(row, name) for name in Came.__dataclass_fields__}
    return Came(**told | {"source": Source(row.source)})


def carry_comings(case: Enquiry, new: Enquiry) -> None:
    """Copied, with their times: both councils count the same journey."""
    rows = Touch.objects.filter(council=case.council_id, enquiry=case)
    Touch.objects.bulk_create(
        Touch(council_id=new.council_id, enquiry=new, **{name: getattr(row, name) for name in _COPIED}) for row in rows
    )


def join_comings(other: Enquiry, kept: Enquiry) -> list[str]:
    """Keys of those that go to the kept case."""
    rows = Touch.objects.filter(council=other.council_id, enquiry=other)
    keys = [str(key) for key in rows.values_list("pk", flat=True)]
    rows.update(enquiry=kept, journey_id=kept.journey_id)
    return keys


def part_comings(other: Enquiry, keys: list[str]) -> None:
    rows = Touch.objects.filter(council=other.council_id, pk__in=[UUID(key) for key in keys])
    rows.update(enquiry=other, journey_id=other.journey_id)
