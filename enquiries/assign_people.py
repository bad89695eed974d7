"""Who may be given a case of a council, and whether they are there in time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from councils.absences import presence_of
from councils.models import Council, CouncilKind, Membership, User
from councils.presence import Presence
from councils.roles import HUB_WIDE
from councils.working_time import in_london
from enquiries.promise import day_in_words
from enquiries.recipients import WORKING_ROLES


@dataclass(frozen=True)
class Colleague:
    """`note`: what to know before giving them a case; empty for whoever is in."""

    user: User
    of_hub: bool
    note: str = ""

    def __str__(self) -> str:
        return f"{self.user.name} ({self.note})" if self.note else self.user.name


def workers_of(council: Council) -> list[Colleague]:
    """Of the council, then of the hub office: whoever may work its cases, each once. One query."""
    found: dict[int, Colleague] = {}
    for each in _memberships(council).select_related("user").order_by("user__name", "user_id"):
        of_hub = each.council_id != council.pk
        if each.user_id not in found or not of_hub:
            found[each.user_id] = Colleague(each.user, of_hub)
    return sorted(found.values(), key=lambda each: each.of_hub)


def with_notes(people: Iterable[Colleague], *, due_at: datetime | None, now: datetime) -> list[Colleague]:
    """One query."""
    colleagues, today = list(people), in_london(now).date()
    presence = presence_of([each.user for each in colleagues], today)
    return [
        Colleague(each.user, each.of_hub, note_about(presence[each.user.pk], due_at=due_at, today=today))
        for each in colleagues
    ]


def note_about(presence: Presence, *, due_at: datetime | None, today: date) -> str:
    if presence.is_in(today):
        return ""
    back, away = presence.next_in(today), presence.away_until(today)
    why = f"away until {away:%-d %B}" if away else "not in today"
    if back is None:
        return why
    late = due_at is not None and back > in_london(due_at).date() >= today
    return f"{why}, in again on {day_in_words(back)}" + (", after it is due" if late else "")


def _memberships(council: Council) -> QuerySet[Membership]:
    of_hub = Q(council__hub=council.hub_id, council__kind=CouncilKind.HUB_OFFICE, role__in=HUB_WIDE)
    current = Membership.objects.current().filter(user__is_active=True, role__in=WORKING_ROLES)
    return current.filter(Q(council=council.pk) | of_hub)


def names_of(users: Iterable[int]) -> Mapping[int, str]:
    wanted = set(users)
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
