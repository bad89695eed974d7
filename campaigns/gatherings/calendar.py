"""An event as a file for any calendar: on its page, and with the mails about a booking. Never with the link to join:
calendars are shared."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from campaigns.gatherings.words import said_of
from campaigns.models import Gathering
from campaigns.states import GatheringState
from councils.models import Council
from enquiries.calendar_file import Appointment, calendar_file

NAME = "event.ics"


def calendar_of(gathering: Gathering, council: Council, now: datetime) -> bytes:
    said = said_of(gathering, council)
    page = settings.BASE_URL + reverse("campaigns:event", args=[council.slug, gathering.pk])
    told = "The link to join comes by email." if gathering.is_online else ""
    return calendar_file(
        Appointment(
            uid=f"{gathering.pk}@events",
            title=said.title,
            text="\n".join(filter(None, [said.by, told, page])),
            begins=gathering.starts_at,
            written=now,
            place=said.where,
            lasts=gathering.ends_at - gathering.starts_at,
            cancelled=gathering.state == GatheringState.CANCELLED,
        )
    )
