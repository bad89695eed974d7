"""Who looked at a case and what each did with it: every event about it, for whoever answers for the council.

Looks of the safeguarding role, and what it tried in vain, are left out for everybody else: they would tell that it has
a reason to look.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet, TextChoices

from councils.access import Access
from councils.models import Event, Membership
from councils.roles import PERMISSIONS, Permission, Role
from enquiries.board_pages import Place, in_text
from enquiries.event_words import facts_in_words, in_words
from enquiries.models import Enquiry
from outbox.models import Message

PAGE = 100
LOOKS = ("enquiry.seen", "enquiry.referral_printed", "message.seen")
REFUSED = ("enquiry.refused", "message.refused")
_OF_MESSAGES: Mapping[str, str] = {
    "message.seen": "Opened a message to them",
    "message.cancelled": "Cancelled a message",
    "message.cancel_asked": "Asked to cancel a message while it was being sent",
    "message.requeued": "Sent a message once more",
    "message.refused": "Tried something with a message that was not possible",
}
_SEEN: Mapping[object, str] = {
    "correct": "Opened the page that corrects it",
    "same": "Looked at it beside another enquiry",
    "referral": "Opened the referral to print it",
    "wish": "Looked at whom they would like to talk to",
    "suggestions": "Looked at what they wish for, and at whom they could talk to",
    "name": "Read the name, to check it before an introduction",
}


class Sort(TextChoices):
    LOOKS = "looks", "Who looked"
    CHANGES = "changes", "What was done"
    REFUSED = "refused", "What was refused"


@dataclass(frozen=True)
class Line:
    """`who` is empty for the enquirer and for what happened by itself."""

    at: datetime
    who: str
    role: str
    what: str
    more: str


@dataclass(frozen=True)
class Trail:
    lines: list[Line]
    older: str  # where the next page begins; empty where there is none


def trail(case: Enquiry, *, access: Access, only: str = "", before: Place | None = None) -> Trail:
    """The newest first, what was done with the case's messages among it. Three queries. `before`: where the page before
    ended; events of one transaction have one time, so the time alone would leave some out."""
    events = list(_events(case, access, only, before).select_related("by").order_by("-at", "-pk")[: PAGE + 1])
    shown = events[:PAGE]
    roles = _roles(case, {event.by_id for event in shown if event.by_id})
    lines = [_line(event, roles) for event in shown]
    return Trail(lines, in_text((shown[-1].at, shown[-1].pk)) if len(events) > PAGE else "")


def _events(case: Enquiry, access: Access, only: str, before: Place | None) -> QuerySet[Event]:
    messages = Message.objects.filter(council=case.council_id).about(case.pk).values_list("pk", flat=True)
    found = Event.objects.filter(council=case.council_id, subject_id__in=[case.pk, *messages])
    if not access.may(Permission.SAFEGUARD, case.council_id):
        found = found.exclude(verb__in=("enquiry.seen", "enquiry.refused"), by__in=safeguarding_only(case))
    match only:
        case Sort.LOOKS:
            found = found.filter(verb__in=LOOKS)
        case Sort.REFUSED:
            found = found.filter(verb__in=REFUSED)
        case Sort.CHANGES:
            found = found.exclude(verb__in=(*LOOKS, *REFUSED))
    if before is None:
        return found
    at, key = before.spot
    return found.filter(at__lte=at).exclude(at=at, pk__gte=key)


def safeguarding_only(case: Enquiry) -> QuerySet[Membership, int]:
    """Whoever has, or had, that role here and none that works cases."""
    here = Membership.objects.filter(council=case.council_id)
    working = [role for role, held in PERMISSIONS.items() if Permission.WORK_CASES in held]
    safeguarding = here.filter(role=Role.SAFEGUARDING)
    return safeguarding.exclude(user__in=here.filter(role__in=working).values("user")).values_list("user", flat=True)


def _roles(case: Enquiry, people: Iterable[int]) -> dict[int, str]:
    """In words: what each is in the council or in the hub office, once was, else that they are from elsewhere."""
    held = Membership.objects.filter(user__in=people, council__hub=case.council.hub_id).select_related("council")
    words: dict[int, list[str]] = {}
    for one in held.order_by("ended_at", "role"):
        if one.council_id == case.council_id or (one.role in Role.values and one.council.kind == "hub_office"):
            ended = " (has left)" if one.ended_at else ""
            words.setdefault(one.user_id, []).append(f"{one.get_role_display()}{ended}")
    return {person: ", ".join(dict.fromkeys(words.get(person, ["Another council"]))) for person in people}


def _line(event: Event, roles: Mapping[int, str]) -> Line:
    who, role = (event.by.name, roles[event.by_id]) if event.by and event.by_id else ("", "")
    if event.verb == "enquiry.seen":
        return Line(event.at, who, role, what_was_done(event), "")
    if event.verb == "enquiry.refused":
        return Line(event.at, who, role, what_was_done(event), str(event.facts.get("tried", "")).replace("_", " "))
    return Line(event.at, who, role, what_was_done(event), facts_in_words(event))


def what_was_done(event: Event) -> str:
    if event.verb == "enquiry.seen":
        return _SEEN.get(event.facts.get("page"), "Opened the case")
    return _OF_MESSAGES.get(event.verb) or in_words(event)
