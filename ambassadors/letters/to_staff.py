"""Mails to those who look after the scheme in a council: no name in them, and a link that asks for log-in."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from ambassadors.letters.sending import KIND
from ambassadors.models import Ambassador, Introduction, Offer
from ambassadors.pairs import Pair
from councils.clock import hub_now
from councils.models import Council, Membership, User
from councils.roles import Role
from enquiries.recipients import managers_of
from outbox.actions import enqueue_template
from outbox.models import Message

SEND_WITHIN = timedelta(days=1)
_STANDING = {False: "standing_ends", True: "standing_over"}  # by whether it has run out
STANDING_KINDS = frozenset(f"{KIND}_{kind}" for kind in _STANDING.values())


def ask_to_confirm(pair: Pair) -> None:
    """The ambassador's council knows which children are placed there."""
    said = {
        "what": "Another council would like to introduce somebody to one of your ambassadors. Please confirm it first.",
        "why": "You know which children are placed with them",
    }
    _mail("to_confirm", pair.offer, "An introduction to confirm", said)


def ask_to_prepare(pair: Pair) -> None:
    """A link for a video call, or a place: nobody else may choose these."""
    said = {
        "what": "Two people agreed to talk, by video or at an event. Please write on their page where.",
        "why": "They wait for the link or the place",
    }
    page = reverse("admin:ambassadors_introduction_open")
    _mail("to_prepare", pair.introduction, "A conversation needs a link or a place", said, page=page)


def ask_to_ring(pair: Pair) -> None:
    """An ambassador is ready, and nothing that we write reaches the enquirer."""
    said = {
        "what": "An ambassador would like to talk to somebody who has given us no email address. Please ring them, and"
        " write down there whether they would like that.",
        "why": "Nobody else tells them",
    }
    page = reverse("admin:ambassadors_introduction_open")
    _mail("to_ring", pair.introduction, "Somebody to ring about a conversation", said, page=page)


def ask_to_check(ambassador: Ambassador, *, is_over: bool) -> None:
    """Once for each standing that was confirmed: two weeks before it runs out, and when it has."""
    until = ambassador.standing_until
    said = {
        "what": "The standing of one of your ambassadors runs out. Please check it and say that it holds.",
        "why": "Until it is confirmed nobody new is offered to them" if is_over else "It still holds, for a few days",
    }
    page = reverse("admin:ambassadors_ambassador_changelist") + "?show=" + ("standing" if is_over else "all")
    _mail(_STANDING[is_over], ambassador, "An ambassador’s standing to confirm", said, page=page, once=f"{until}")


def was_asked_to_check(ambassador: Ambassador, *, is_over: bool) -> bool:
    """Since it was confirmed."""
    kind = f"{KIND}_{_STANDING[is_over]}"
    sent = Message.objects.about(ambassador.pk).filter(council=ambassador.council_id, kind=kind)
    return sent.filter(created_at__gte=ambassador.standing_at or ambassador.invited_at).exists()


def coordinators_of(council: Council) -> list[str]:
    """Where there is none, managers."""
    holders = Membership.objects.current().filter(council=council, role=Role.COORDINATOR)
    here = User.objects.filter(pk__in=holders.values("user"), is_active=True).order_by("pk")
    return list(here.values_list("email", flat=True)) or managers_of(council, hub_now())


def _mail(
    kind: str,
    row: Introduction | Offer | Ambassador,
    subject: str,
    said: dict[str, str],
    *,
    page: str = "",
    once: str = "",
) -> None:
    """`page`: the waiting list where nothing else is said. `once`: tells this mail from another on the row."""
    council = Council.objects.select_related("hub").get(pk=row.council_id)
    link = settings.BASE_URL + (page or reverse("admin:ambassadors_introduction_changelist"))
    for number, address in enumerate(coordinators_of(council)):
        enqueue_template(
            template="coordinator",
            context={"council": council, "hub": council.hub, "link": link, **said},
            council=council,
            kind=f"{KIND}_{kind}",
            to=address,
            subject=subject,
            dedupe_key=":".join([f"{KIND}_{kind}", f"{row.pk}", *([once] if once else []), f"{number}"]),
            to_staff=True,
            expires_at=hub_now() + SEND_WITHIN,
            subject_kind=row._meta.model_name or "",
            subject_id=row.pk,
        )
