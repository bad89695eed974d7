"""Mails that open an ambassador's own pages."""

from collections.abc import Mapping
from datetime import timedelta

from ambassadors.models import Ambassador
from councils.clock import hub_now
from councils.models import Council, User
from councils.working_time import in_london
from outbox.actions import enqueue_template

LINK_KIND = "ambassador_link"
INVITATION_KIND = "ambassador_invitation"
MOVED_KIND = "ambassador_moved"
_TOLD_WITHIN = timedelta(days=2)


def invite(ambassador: Ambassador, council: Council, *, link: str, lasting: timedelta, by: User) -> None:
    subject = f"Would you talk to people who think about fostering for {council.name}?"
    until = in_london(hub_now() + lasting).date()
    shown = {"link": link, "by": by.name, "until": until}
    _send(ambassador, council, kind=INVITATION_KIND, subject=subject, shown=shown, lasting=lasting)


def send_link(ambassador: Ambassador, council: Council, *, link: str, lasting: timedelta) -> None:
    subject = f"Your link to your ambassador pages of {council.name}"
    _send(ambassador, council, kind=LINK_KIND, subject=subject, shown={"link": link}, lasting=lasting)


def tell_old_address(ambassador: Ambassador, council: Council, *, address: str) -> None:
    """Without a link, and without the new one: it may be somebody else's mailbox by now."""
    subject = f"Your email address as an ambassador of {council.name}"
    _send(ambassador, council, kind=MOVED_KIND, subject=subject, shown={}, lasting=_TOLD_WITHIN, to=address)


def _send(
    ambassador: Ambassador,
    council: Council,
    *,
    kind: str,
    subject: str,
    shown: Mapping[str, object],
    lasting: timedelta,
    to: str = "",
) -> None:
    """It expires with its link. Without `to`, to the address that we have. Kept like what the hub writes to staff:
    it is about no enquiry."""
    now = hub_now()
    enqueue_template(
        template=kind,
        context={"council": council, "hub": council.hub, "ambassador": ambassador, **shown},
        council=council,
        kind=kind,
        to=to or ambassador.email,
        subject=subject,
        dedupe_key=f"{kind}:{ambassador.pk}:{now.isoformat()}",
        expires_at=now + lasting,
        subject_kind="ambassador",
        subject_id=ambassador.pk,
        to_staff=True,
    )
