"""The doors of a scratch case: the links in its mails, and the pass of whoever has opened one."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse

from ambassadors.models import Ambassador
from campaigns.news.links import token_of
from councils.doors import find_door, open_doors
from councils.models import Council
from councils.models.doors import DoorPurpose
from enquiries import status_pass

_LASTING = {DoorPurpose.STATUS: timedelta(hours=1), DoorPurpose.STOP: timedelta(hours=1)}


def tokens(council: Council, enquiry_id: str) -> dict[str, str]:
    opened = open_doors(_LASTING, council=council, subject_id=UUID(enquiry_id))
    return {"status_link": opened[DoorPurpose.STATUS], "stop_link": opened[DoorPurpose.STOP]}


def of_news(council: Council, subscriber_id: str) -> dict[str, str]:
    """That of every email to them, and the question whether they want any."""
    lasting = {DoorPurpose.CONFIRM: timedelta(hours=1)}
    asked = open_doors(lasting, council=council, subject_id=UUID(subscriber_id))[DoorPurpose.CONFIRM]
    return {"news_link": token_of(UUID(subscriber_id)), "confirm_link": asked, "wanted_news": "events"}


def link_of(ambassador: Ambassador) -> str:
    purpose = DoorPurpose.AMBASSADOR
    opened = open_doors({purpose: timedelta(hours=1)}, council=ambassador.council, subject_id=ambassador.pk)
    return opened[purpose]


def of_events(council: Council, objects: Mapping[str, str]) -> dict[str, str]:
    """An event's public address, and the link in a mail about a booking for it."""
    purpose = DoorPurpose.BOOKING
    opened = open_doors({purpose: timedelta(hours=1)}, council=council, subject_id=UUID(objects["booking"]))
    return {
        "event_host": council.slug,
        "event": objects["gathering"],
        "thanks": "booked",
        "booking_link": opened[purpose],
    }


def pass_for(token: str) -> str:
    """The cookie's value, as the site would hand it out."""
    door = find_door(token, DoorPurpose.STATUS)
    if door is None:
        raise LookupError("the door that was just opened")
    response = HttpResponse()
    status_pass.hand_out(response, status_pass.Pass(door=door.pk))
    return response.cookies[status_pass.cookie_name()].value
