"""Figures of who waits now, and of who came to a conversation in the last year."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ambassadors.fairness import Fairness, Told, fairness
from ambassadors.matched.carers import known_words
from ambassadors.matched.seekers import Waiting, waiting_in
from ambassadors.models import Introduction, Proposal
from councils.access import Access
from councils.models import Area
from councils.roles import Permission
from councils.working_time import in_london
from enquiries.models import Wish
from enquiries.states import CareKind

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class FairnessPage:
    figures: Fairness
    waiting: int
    nobody: int
    met: int


def fairness_page(access: Access, now: datetime) -> FairnessPage:
    """Six queries."""
    councils = access.where(Permission.MATCH)
    waiting, met = list(_waiting(councils, now)), list(_met(councils, now))
    codes = {each.area for each in (*waiting, *met)}
    areas = dict(Area.objects.filter(code__in=codes).values_list("code", "name"))
    nobody = sum(each.has_nobody for each in waiting)
    return FairnessPage(fairness([*waiting, *met], areas), len(waiting), nobody, len(met))


def _waiting(councils: Collection[int], now: datetime) -> Iterator[Told]:
    none = Proposal.objects.filter(council__in=councils, ambassador_key=None)
    nobody = set(none.values_list("enquiry_id", flat=True))
    for each in waiting_in(councils):
        yield _told(each, now, has_nobody=each.seeker.key in nobody)


def _told(waiting: Waiting, now: datetime, *, has_nobody: bool) -> Told:
    seeker = waiting.seeker
    return Told(
        _days(waiting.wish.since, now),
        kinds=seeker.kinds,
        area=waiting.case.area_code,
        wishes=seeker.wishes,
        languages=seeker.languages,
        has_nobody=has_nobody,
    )


def _met(councils: Collection[int], now: datetime) -> Iterator[Told]:
    """Once for each conversation that both agreed to. Nothing that they wished of the other is read."""
    agreed = Introduction.objects.filter(council__in=councils, agreed_at__gte=now - YEAR)
    rows = list(agreed.values_list("enquiry_id", "agreed_at", "enquiry__care_kinds", "enquiry__area_code"))
    wishes = Wish.objects.filter(council__in=councils, enquiry__in=[row[0] for row in rows])
    since = dict(wishes.values_list("enquiry_id", "since"))
    for case, at, kinds, area in rows:
        if at and case in since:
            yield Told(_days(since[case], at), kinds=known_words(CareKind, kinds), area=area, met=True)


def _days(since: datetime, until: datetime) -> int:
    return max((in_london(until).date() - in_london(since).date()).days, 0)
