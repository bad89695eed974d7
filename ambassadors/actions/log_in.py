"""How ambassadors come in: by a link in a mail, to the address that the council invited, and by nothing else.

Whether an address is known is never said: the page answers the same, and takes as long, whatever happens here.
"""

from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from ambassadors import log_in_mails
from ambassadors.models import Ambassador, AmbassadorState, LogInAddress
from councils.clock import hub_now
from councils.doors import close_doors, open_door
from councils.events import record
from councils.keyed_hashes import keyed_hash
from councils.models import Council, CouncilKind, Hub, User
from councils.models.doors import DoorPurpose
from councils.tenancy import as_council
from outbox.models import Message
from outbox.waking import wake_after_commit

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


def send_links(*, email: str, hub: Hub) -> None:
    """One address may be an ambassador's of two councils: a mail for each."""
    known = list(LogInAddress.objects.filter(hmac=hmac_of(email)).order_by("pk"))
    for each in known:
        send_link(each.council_id, each.ambassador_id)
    if not known:
        office = Council.objects.get(hub=hub, kind=CouncilKind.HUB_OFFICE)
        send_link(office.pk, uuid4())


def send_link(council_id: int, ambassador_id: UUID) -> None:
    """To the address that their council has, whoever asks. For one who has left, was sent one just now, or never was,
    the same is done and taken back: it takes as long."""
    with as_council(council_id):
        found = Ambassador.objects.select_for_update().filter(council=council_id, pk=ambassador_id)
        ambassador = found.exclude(state=AmbassadorState.LEFT).first()
        lately = _sent_lately(council_id, ambassador_id)
        goes = ambassador is not None and not lately
        with transaction.atomic():
            _send(ambassador or _nobody(council_id, ambassador_id))
            transaction.set_rollback(not goes)
        if not goes:
            wake_after_commit()


def _send(ambassador: Ambassador) -> None:
    link = link_for(ambassador, lasting=ASKED_OPEN_FOR)
    log_in_mails.send_link(ambassador, _council(ambassador), link=link, lasting=ASKED_OPEN_FOR)
    record("ambassador.link_sent", subject=ambassador, by=None)


def _nobody(council_id: int, key: UUID) -> Ambassador:
    return Ambassador(pk=key, council_id=council_id, first_name="", email="nobody@nobody.invalid")


def _sent_lately(council_id: int, ambassador_id: UUID) -> bool:
    since = hub_now() - NOT_SOONER_THAN
    sent = Message.objects.about(ambassador_id).filter(council=council_id, kind=log_in_mails.LINK_KIND)
    return sent.filter(created_at__gt=since).exists()


def _council(ambassador: Ambassador) -> Council:
    return Council.objects.select_related("hub").get(pk=ambassador.council_id)
