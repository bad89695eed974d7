"""How many get news, for staff: by council, purpose and where they agreed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from campaigns.models import Agreement, Subscriber, SubscriberImport
from campaigns.states import By, Origin, Purpose, SubscriberState
from councils.models import Council


@dataclass(frozen=True)
class Line:
    """Counts of those who agreed and have not left; purposes and origins each with its label."""

    council: Council
    people: int
    pending: int
    by_purpose: list[tuple[str, int]]
    by_origin: list[tuple[str, int]]

    @property
    def is_empty(self) -> bool:
        return not (self.people or self.pending)


def lines(councils: Iterable[Council]) -> list[Line]:
    """In three queries, however many councils. They are in scope."""
    shown = list(councils)
    keys = [council.pk for council in shown]
    people, pending = (_of_state(keys, state) for state in (SubscriberState.ACTIVE, SubscriberState.PENDING))
    purposes, origins = _of_agreements(keys)
    return [
        Line(
            council,
            people.get(council.pk, 0),
            pending.get(council.pk, 0),
            [(str(each.label), purposes.get((council.pk, each), 0)) for each in Purpose],
            [(str(each.label), origins.get((council.pk, each), 0)) for each in Origin],
        )
        for council in shown
    ]


def _of_state(councils: list[int], state: SubscriberState) -> dict[int, int]:
    rows = Subscriber.objects.filter(council__in=councils, state=state).values_list("council").order_by()
    return dict(rows.annotate(Count("pk")))


def _of_agreements(councils: list[int]) -> tuple[dict[tuple[int, str], int], dict[tuple[int, str], int]]:
    """By purpose, and by origin: whoever agreed in two places counts in each, and once in one."""
    standing = Agreement.objects.filter(
        council__in=councils, channel=By.EMAIL, ended_at=None, subscriber__state=SubscriberState.ACTIVE
    ).order_by()
    purposes = standing.values_list("council", "purpose").annotate(Count("pk"))
    origins = standing.values_list("council", "origin").annotate(Count("subscriber", distinct=True))
    return (
        {(council, purpose): count for council, purpose, count in purposes},
        {(council, origin): count for council, origin, count in origins},
    )


def lists_brought(councils: Iterable[Council], most: int = 20) -> list[SubscriberImport]:
    """The newest first."""
    brought = SubscriberImport.objects.filter(council__in=[council.pk for council in councils])
    return list(brought.select_related("council", "by").order_by("-at", "pk")[:most])
