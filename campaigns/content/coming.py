"""Events for the block of coming events, as they stand when the email is made."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from campaigns.content.merging import without_marks
from campaigns.models import Gathering
from councils.models import Council, CouncilKind
from councils.working_time import in_london
from enquiries.promise import day_in_words, hour_in_words


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
    starts = in_london(gathering.starts_at)
    when = f"{day_in_words(starts.date())}, {hour_in_words(starts.time())}"
    where = "Online" if gathering.is_online else without_marks(gathering.venue)
    address = settings.BASE_URL + reverse("campaigns:event", args=[gathering.council.slug, gathering.pk])
    return Coming(without_marks(gathering.title), when, where, address)
