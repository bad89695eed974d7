"""What pages show of a wish: all of it to staff who find the right carer, and its time alone to anybody else."""

from dataclasses import dataclass
from datetime import datetime

from councils.access import Access
from councils.roles import Permission
from enquiries.answers import Wished
from enquiries.models import Enquiry, Wish
from enquiries.wish_words import Fact, facts_of, wished_from


@dataclass(frozen=True)
class WishPanel:
    """`facts`: none where they would talk to anybody. `since`: how long they have waited."""

    facts: list[Fact]
    since: datetime | None
    changed_at: datetime | None
    taken_back_at: datetime | None
    may_write: bool

    @property
    def stands(self) -> bool:
        return self.since is not None and self.taken_back_at is None


def wish_panel(case: Enquiry, access: Access) -> WishPanel | None:
    """None for whoever does not look for carers: they read that there is a wish, and no more."""
    if not access.may(Permission.MATCH, case.council_id):
        return None
    row = wish_row(case)
    if row is None:
        return WishPanel([], None, None, None, case.is_open)
    facts = [fact for fact in facts_of(_wished(row)) if fact[1]]
    return WishPanel(facts, row.since, row.changed_at, row.taken_back_at, case.is_open)


def wish_row(case: Enquiry) -> Wish | None:
    return Wish.objects.filter(council=case.council_id, enquiry=case).first()


def standing_wish(case: Enquiry) -> Wished | None:
    """As it was said; None where there is none, or none any more."""
    row = wish_row(case)
    return _wished(row) if row and row.taken_back_at is None else None


def _wished(row: Wish) -> Wished:
    return wished_from(whom=row.whom, about=row.about, detail=row.detail, languages=row.languages, ways=row.ways)
