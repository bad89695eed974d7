"""Events for the block of coming events, as they stand when the email is made."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from campaigns.content.merging import without_marks
from campaigns.models import Gathering
from councils.models import Council, CouncilKind


@dataclass(frozen=True, slots=True)
class Coming:
    title: str
    when: str
    where: str
    address: str


def coming(council: Council, many: int) -> tuple[Coming, ...]:
    """Of a council, its own; of a hub office, all in scope of its hub."""
    found = Gathering.objects.listed().select_related("council")
    if council.kind == CouncilKind.HUB_OFFICE:
        found = found.filter(council__hub=council.hub_id)
    else:
        found = found.filter(council=council)
    return tuple(_told(gathering) for gathering in found[:many])


def _told(gathering: Gathering) -> Coming:
    starts = timezone.localtime(gathering.starts_at)
    when = f"{date_format(starts, 'l j F')}, {date_format(starts, 'g:ia').replace(':00', '')}"
    where = "Online" if gathering.is_online else without_marks(gathering.venue)
    address = f"{settings.BASE_URL}/events/{gathering.council.slug}/{gathering.pk}/"
    return Coming(without_marks(gathering.title), when, where, address)
