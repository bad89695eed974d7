"""What every message to an enquirer carries: the link to "Your enquiry", the link to stop, and where a reply goes.

Each is a door of its own; only hashes are kept, so every message has new ones and none can be written out again.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from councils.doors import open_doors
from councils.models.doors import DoorPurpose
from enquiries.models.enquiry import Enquiry

# Whoever has the mail sees and changes how the person is reached, so this one is short; a fresh one is a button away.
STATUS_OPEN_FOR = timedelta(days=90)
# Whoever finds an old message must be able to stop us, or to answer it, as long as a closed enquiry may be kept.
STOP_OPEN_FOR = timedelta(days=2 * 365)
REPLY_OPEN_FOR = timedelta(days=2 * 365)
_LASTING = {
    DoorPurpose.STATUS: STATUS_OPEN_FOR,
    DoorPurpose.STOP: STOP_OPEN_FOR,
    DoorPurpose.REPLY: REPLY_OPEN_FOR,
}


@dataclass(frozen=True, slots=True)
class Links:
    """Two addresses of pages and one of a mailbox."""

    status: str
    stop: str
    reply_to: str


def links_of(enquiry: Enquiry) -> Links:
    """All three, in one insert: what a message needs."""
    tokens = open_doors(_LASTING, council=enquiry.council_id, subject_id=enquiry.pk)
    return Links(
        status=_page("open", tokens[DoorPurpose.STATUS]),
        stop=_page("stop", tokens[DoorPurpose.STOP]),
        reply_to=f"reply+{tokens[DoorPurpose.REPLY]}@{settings.INBOUND_DOMAIN}",
    )


def status_link(enquiry: Enquiry) -> str:
    return _page("open", _one(DoorPurpose.STATUS, enquiry))


def stop_link(enquiry: Enquiry) -> str:
    return _page("stop", _one(DoorPurpose.STOP, enquiry))


def reply_address(enquiry: Enquiry) -> str:
    return f"reply+{_one(DoorPurpose.REPLY, enquiry)}@{settings.INBOUND_DOMAIN}"


def _one(purpose: DoorPurpose, enquiry: Enquiry) -> str:
    lasting = {purpose: _LASTING[purpose]}
    return open_doors(lasting, council=enquiry.council_id, subject_id=enquiry.pk)[purpose]


def _page(name: str, token: str) -> str:
    return settings.BASE_URL + reverse(f"status:{name}", args=[token])
