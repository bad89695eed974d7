"""One page of the list. It costs the same however long the list is, and wherever in it the page lies.

- The next page begins behind the last row shown (keyset), not after so many rows: nothing is read and thrown away, and
  a case that comes or goes meanwhile moves nobody else's.
- Over several councils an index can give the order of each, not of all: so the first fifty spots of each council are
  read from the index alone and merged here, and only then are fifty cases fetched.
- What another table names (a search, replies, handovers) is looked up there first, at most MOST of it.
- A list is counted up to MOST and no further.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from councils.access import Access
from councils.models import Council
from enquiries.board import Narrowed, Which, chosen, councils_asked, narrowed
from enquiries.models import Enquiry
from enquiries.models.enquiry import MOST, EnquiryQuerySet
from enquiries.states import CLOSED_STATES

PAGE = 50
Spot = tuple[datetime, UUID]  # what a list is sorted by, and the key of the case


@dataclass(frozen=True)
class Place:
    """The spot behind which a page begins; before which it ends, where `backwards`."""

    spot: Spot
    backwards: bool = False

    @classmethod
    def from_text(cls, text: str, *, backwards: bool = False) -> Self | None:
        """None for what no page of ours has said."""
        at, _, key = text.partition("~")
        try:
            moment, pk = datetime.fromisoformat(at), UUID(key)
        except ValueError:
            return None
        return cls((moment, pk), backwards) if moment.tzinfo else None


def in_text(spot: Spot) -> str:
    at, key = spot
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}~{key}"


@dataclass(frozen=True)
class Order:
    by: Combinable
    descending: bool
    words: str

    def leads_down(self, place: Place | None) -> bool:
        """Away from the place: backwards the nearest come first as well."""
        return self.descending != bool(place and place.backwards)

    def keyed(self, found: EnquiryQuerySet) -> EnquiryQuerySet:
        return found.annotate(sort_key=self.by)

    def sorted(self, found: EnquiryQuerySet, place: Place | None) -> EnquiryQuerySet:
        sign = "-" if self.leads_down(place) else ""
        return self.keyed(found).order_by(f"{sign}sort_key", f"{sign}pk")

    def beyond(self, found: EnquiryQuerySet, place: Place | None) -> EnquiryQuerySet:
        """The range first, for the index; then, of those at the same moment, the ones behind."""
        if place is None:
            return found
        at, key = place.spot
        ahead, behind = ("lte", "gte") if self.leads_down(place) else ("gte", "lte")
        found = self.keyed(found).filter(**{f"sort_key__{ahead}": at})
        return found.exclude(**{"sort_key": at, f"pk__{behind}": key})


PRESSING = Order(F("next_due_at"), descending=False, words="the most pressing first")
ENDED = Order(F("closed_at"), descending=True, words="the last closed first")
ARRIVED = Order(F("created_at"), descending=True, words="the newest first")
WAITING = Order(Coalesce("next_due_at", "closed_at"), descending=False, words="the longest waiting first")


def order_of(wish: Narrowed) -> Order:
    if wish.state == Which.ALL:
        return WAITING if wish.special and wish.looked_up else ARRIVED
    return ENDED if wish.state == Which.CLOSED or wish.state in CLOSED_STATES else PRESSING


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
    if wish.looked_up:
        keyed: QuerySet[Any, Any] = order.keyed(chosen(wish, access=access, now=now))
        found: list[Spot] = list(keyed.values_list("sort_key", "pk")[:MOST])
        count, spots = len(found), [spot for spot in found if is_beyond(spot, order, place)]
    else:
        count = count_of(wish, access=access, now=now)
        spots = first_spots(wish, place, PAGE, access=access, now=now)
    spots.sort(reverse=order.leads_down(place))
    more = len(spots) > PAGE
    shown = spots[:PAGE][:: -1 if back else 1]
    before, after = (more, True) if back else (place is not None, more)
    return BoardPage(
        cases_at(shown, access),
        count,
        order,
        before=in_text(shown[0]) if shown and before else "",
        after=in_text(shown[-1]) if shown and after else "",
    )


def most_pressing(size: int, *, access: Access, now: datetime) -> list[Enquiry]:
    spots = sorted(first_spots(Narrowed(), None, size, access=access, now=now))
    return cases_at(spots[:size], access)


def is_beyond(spot: Spot, order: Order, place: Place | None) -> bool:
    if place is None:
        return True
    return spot < place.spot if order.leads_down(place) else spot > place.spot


def count_of(wish: Narrowed, *, access: Access, now: datetime) -> int:
    """Of one council in the order of its index: most of the table is closed, and without it reading the table whole
    looks as good. Of several councils no index has one order, and of any thousand rows most will do."""
    found = chosen(wish, access=access, now=now)
    one = len(councils_asked(wish, access)) == 1
    return (order_of(wish).sorted(found, None) if one else found)[:MOST].count()


def first_spots(wish: Narrowed, place: Place | None, size: int, *, access: Access, now: datetime) -> list[Spot]:
    """The first few of each council, and one more: enough to hold the first few of all."""
    order = order_of(wish)
    one = narrowed(Enquiry.objects.filter(council=OuterRef("pk")), wish, now, user=access.user.pk)
    branch = order.sorted(order.beyond(one, place), place)
    first = (ArraySubquery(branch.values(column)[: size + 1]) for column in ("sort_key", "pk"))
    each = Council.objects.filter(pk__in=councils_asked(wish, access)).order_by().values_list(*first)
    return [spot for moments, keys in each for spot in zip(moments, keys, strict=True)]


def cases_at(spots: Iterable[Spot], access: Access) -> list[Enquiry]:
    keys = [key for _, key in spots]
    cases = Enquiry.objects.filter(council__in=access.councils).select_related("council", "owner").in_bulk(keys)
    return [cases[key] for key in keys if key in cases]
