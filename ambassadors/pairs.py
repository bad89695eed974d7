"""The two rows of an introduction, read and locked together, whichever councils they lie in.

Locks are taken in one order: where a seat is taken the ambassador and the case; then the enquirer's row, then the
ambassador's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from ambassadors.introduction_states import State
from ambassadors.models import Introduction, Offer
from councils.tenancy import crossing


@dataclass(frozen=True)
class Where:
    """An introduction, before its rows are read: enough to find both."""

    pair_id: UUID
    enquirer_council: int
    ambassador_council: int

    @property
    def councils(self) -> frozenset[int]:
        return frozenset({self.enquirer_council, self.ambassador_council})


@dataclass(frozen=True)
class Pair:
    introduction: Introduction
    offer: Offer

    @property
    def state(self) -> State:
        return State(self.introduction.state)

    @property
    def where(self) -> Where:
        return where_of_introduction(self.introduction)


def where_of_introduction(row: Introduction) -> Where:
    return Where(row.pair_id, row.council_id, row.ambassador_council_id)


def where_of_offer(row: Offer) -> Where:
    return Where(row.pair_id, row.enquirer_council_id, row.council_id)


@contextmanager
def pair_at(where: Where, *, lock: bool = False) -> Iterator[Pair]:
    """In the scope of both councils, which widens the present one: whoever calls has checked in their own scope that
    this introduction is theirs. `lock`: for whoever writes. Introduction.DoesNotExist, Offer.DoesNotExist."""
    with crossing("pair_across_border", to=where.councils):
        introductions, offers = Introduction.objects.all(), Offer.objects.all()
        if lock:
            introductions, offers = introductions.select_for_update(), offers.select_for_update()
        introduction = introductions.get(council=where.enquirer_council, pair_id=where.pair_id)
        offer = offers.get(council=where.ambassador_council, pair_id=where.pair_id)
        yield Pair(introduction, offer)
