"""How ambassadors come in: by a link in a mail, to the address that the council invited, and by nothing else.

Whether an address is known is never said: the page that asks answers the same whatever happens here.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from ambassadors import log_in_mails
from ambassadors.models import Ambassador, AmbassadorState, LogInAddress
from councils.clock import hub_now
from councils.doors import close_doors, open_door
from councils.events import record
from councils.keyed_hashes import keyed_hash
from councils.models import Council, User
from councils.models.doors import DoorPurpose
from councils.tenancy import as_council
from outbox.models import Message

ASKED_OPEN_FOR = timedelta(hours=1)
INVITED_OPEN_FOR = timedelta(days=14)
NOT_SOONER_THAN = timedelta(minutes=5)


def link_for(ambassador: Ambassador, *, lasting: timedelta) -> str:
    """An absolute address that opens their own pages. Its council is in scope."""
    expires_at = hub_now() + lasting
    token = open_door(
        purpose=DoorPurpose.AMBASSADOR,
        council=ambassador.council_id,
        subject_id=ambassador.pk,
        expires_at=expires_at,
    )
    return settings.BASE_URL + reverse("ambassadors:enter", args=[token])


def send_invitation(ambassador: Ambassador, *, by: User) -> None:
    """Its council is in scope. Sent again, the former invitation's link goes on as long as it said."""
    remember_address(ambassador)
    ambassador.invited_at = hub_now()
    ambassador.save(update_fields=["invited_at"])
    link = link_for(ambassador, lasting=INVITED_OPEN_FOR)
    log_in_mails.invite(ambassador, _council(ambassador), link=link, lasting=INVITED_OPEN_FOR, by=by)
    record("ambassador.invitation_sent", subject=ambassador, by=by)


def remember_address(ambassador: Ambassador) -> None:
    """The one that they may ask for a link with: whenever it is given or changes."""
    known = {"hmac": hmac_of(ambassador.email), "council_id": ambassador.council_id}
    LogInAddress.objects.update_or_create(ambassador_id=ambassador.pk, defaults=known)


def end_log_in(ambassador: Ambassador) -> None:
    """Of one who leaves, or whose invitation is withdrawn: no link of theirs opens anything, none can be asked for."""
    close_doors(DoorPurpose.AMBASSADOR, subject_id=ambassador.pk)
    LogInAddress.objects.filter(ambassador_id=ambassador.pk).delete()


def hmac_of(email: str) -> str:
    return keyed_hash("ambassador:email", email.strip().lower())


def send_links(*, email: str) -> None:
    """One address may be an ambassador's of two councils: a mail for each."""
    for known in LogInAddress.objects.filter(hmac=hmac_of(email)).order_by("pk"):
        send_link(known.council_id, known.ambassador_id)


def send_link(council_id: int, ambassador_id: UUID) -> None:
    """To the address that their council has, whoever asks. Nothing for one who has left, or was sent one just now."""
    with as_council(council_id):
        found = Ambassador.objects.select_for_update().filter(council=council_id, pk=ambassador_id)
        ambassador = found.exclude(state=AmbassadorState.LEFT).first()
        if ambassador is None or _sent_lately(ambassador):
            return
        link = link_for(ambassador, lasting=ASKED_OPEN_FOR)
        log_in_mails.send_link(ambassador, _council(ambassador), link=link, lasting=ASKED_OPEN_FOR)
        record("ambassador.link_sent", subject=ambassador, by=None)


def _sent_lately(ambassador: Ambassador) -> bool:
    since = hub_now() - NOT_SOONER_THAN
    sent = Message.objects.about(ambassador.pk).filter(council=ambassador.council_id, kind=log_in_mails.LINK_KIND)
    return sent.filter(created_at__gt=since).exists()


def _council(ambassador: Ambassador) -> Council:
    return Council.objects.select_related("hub").get(pk=ambassador.council_id)
