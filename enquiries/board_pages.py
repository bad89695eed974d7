"""One page of the list. It costs the same however long the list is, and wherever in it the page lies.

- The next page begins behind the last row shown (keyset), not after so many rows: nothing is read and thrown away, and
  a case that comes or goes meanwhile moves nobody else's.
- Over several councils an index can give the order of each, not of all: so the first fifty of each are found, by index
  alone, and merged. A list of one council takes the same way, with one branch.
- What another table names (a search, replies, handovers) is looked up there first, at most MOST of it, and sorted.
- A list is counted up to MOST and no further.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, OuterRef, QuerySet, UUIDField
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from councils.access import Access
from councils.models import Council
from enquiries.board import Narrowed, Which, chosen, councils_asked, narrowed
from enquiries.models import Enquiry
from enquiries.models.enquiry import MOST, EnquiryQuerySet
from enquiries.states import CLOSED_STATES

PAGE = 50


@dataclass(frozen=True)
class Order:
    by: Combinable
    descending: bool
    words: str

    def sorted(self, found: EnquiryQuerySet, place: "Place | None") -> EnquiryQuerySet:
        """Away from the place: backwards the nearest come first as well."""
        sign = "-" if self.descending != bool(place and place.backwards) else ""
        return found.annotate(sort_key=self.by).order_by(f"{sign}sort_key", f"{sign}pk")

    def beyond(self, found: EnquiryQuerySet, place: "Place | None") -> EnquiryQuerySet:
        """The range first, for the index; then, of those at the same moment, the ones behind."""
        if place is None:
            return found
        ahead, behind = ("gte", "lte") if self.descending == place.backwards else ("lte", "gte")
        found = found.annotate(sort_key=self.by).filter(**{f"sort_key__{ahead}": place.at})
        return found.exclude(**{"sort_key": place.at, f"pk__{behind}": place.pk})


PRESSING = Order(F("next_due_at"), descending=False, words="the most pressing first")
ENDED = Order(F("closed_at"), descending=True, words="the last closed first")
ARRIVED = Order(F("created_at"), descending=True, words="the newest first")
WAITING = Order(Coalesce("next_due_at", "closed_at"), descending=False, words="the longest waiting first")


def order_of(wish: Narrowed) -> Order:
    if wish.state == Which.ALL:
        return WAITING if wish.special and wish.looked_up else ARRIVED
    return ENDED if wish.state == Which.CLOSED or wish.state in CLOSED_STATES else PRESSING


@dataclass(frozen=True)
class Place:
    """The row behind which a page begins; before which it ends, where `backwards`."""

    at: datetime
    pk: UUID
    backwards: bool = False

    @classmethod
    def from_text(cls, text: str, *, backwards: bool = False) -> Self | None:
        """None for what no page of ours has said."""
        at, _, key = text.partition("~")
        try:
            place = cls(datetime.fromisoformat(at), UUID(key), backwards)
        except ValueError:
            return None
        return place if place.at.tzinfo else None

    @classmethod
    def of(cls, case: Enquiry) -> str:
        at: datetime = case.sort_key  # type: ignore[attr-defined]  # annotated
        return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}~{case.pk}"


@dataclass(frozen=True)
class BoardPage:
    """`before` and `after` are the places of the neighbouring pages; empty where there is none."""

    cases: list[Enquiry]
    count: int
    order: Order
    before: str = ""
    after: str = ""

    @property
    def counted(self) -> str:
        return up_to_most(self.count)

    @property
    def is_cut(self) -> bool:
        return self.count >= MOST


def up_to_most(count: int) -> str:
    return f"{MOST - 1}+" if count >= MOST else str(count)


def page_of(wish: Narrowed, *, access: Access, now: datetime, place: Place | None = None) -> BoardPage:
    order, back = order_of(wish), bool(place and place.backwards)
    found = found_among(wish, place, access=access, now=now, size=PAGE)
    more = len(found) > PAGE
    cases = found[:PAGE][:: -1 if back else 1]
    before, after = (more, True) if back else (place is not None, more)
    return BoardPage(
        cases,
        count(wish, access=access, now=now),
        order,
        before=Place.of(cases[0]) if cases and before else "",
        after=Place.of(cases[-1]) if cases and after else "",
    )


def most_pressing(size: int, *, access: Access, now: datetime) -> list[Enquiry]:
    return found_among(Narrowed(), None, access=access, now=now, size=size)[:size]


def count(wish: Narrowed, *, access: Access, now: datetime) -> int:
    return chosen(wish, access=access, now=now)[:MOST].count()


def found_among(wish: Narrowed, place: Place | None, *, access: Access, now: datetime, size: int) -> list[Enquiry]:
    """In order from the place on, and one more than asked for where there are more."""
    order = order_of(wish)
    councils = councils_asked(wish, access)
    if wish.looked_up:
        found = order.beyond(chosen(wish, access=access, now=now), place)
    else:
        one = narrowed(Enquiry.objects.filter(council=OuterRef("pk")), wish, now, user=access.user.pk)
        firsts = order.sorted(order.beyond(one, place), place).values("pk")[: size + 1]
        found = Enquiry.objects.filter(council__in=councils, pk__in=first_of_each(councils, firsts))
    return list(order.sorted(found, place).select_related("council", "owner")[: size + 1])


def first_of_each(councils: Iterable[int], firsts: QuerySet[Any, Any]) -> Any:
    """The keys of `firsts`, which asks about one council, for each of these."""
    return Council.objects.filter(pk__in=councils).order_by().values(first=Unnest(ArraySubquery(firsts)))


class Unnest(Func):
    function = "unnest"
    output_field = UUIDField()
    set_returning = True
