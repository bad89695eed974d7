"""How many the rules find, and how many of them are written to."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count

from campaigns.audiences.finding import people, silent
from campaigns.audiences.reasons import NOTHING, ORDER, judged, judged_silent
from campaigns.audiences.rules import Rules, read
from campaigns.content.look import look_of
from campaigns.models import Look, Mailing
from campaigns.states import Excluded, Purpose
from councils.access import Access
from councils.models import Council, CouncilKind
from councils.roles import Permission
from councils.tenancy import across

__all__ = ["Tally", "councils_for", "people", "tallies", "tally", "tally_of"]


@dataclass(frozen=True)
class Tally:
    """`excluded`: by reason, in the order in which they are looked for; only those that somebody stands under."""

    included: int
    excluded: Mapping[Excluded, int]

    @property
    def left_out(self) -> int:
        return sum(self.excluded.values())

    @property
    def found(self) -> int:
        return self.included + self.left_out


def councils_for(owner: Council, access: Access) -> frozenset[int]:
    """Whose people may be found: a council's own, and for a hub office those of the whole hub, as far as whoever asks
    runs campaigns there. What a council's audience names beyond that finds nobody, whoever looks: people agreed to get
    news from their own."""
    hub = Council.objects.filter(hub=owner.hub_id, pk__in=access.where(Permission.EDIT_CAMPAIGNS))
    if owner.kind != CouncilKind.HUB_OFFICE:
        hub = hub.filter(pk=owner.pk)
    return frozenset(hub.values_list("pk", flat=True))


def tally(rules: Rules, purpose: Purpose, councils: Collection[int], look: Look) -> Tally:
    """`councils`: as `councils_for` gives them."""
    return tallies(rules, councils, look, purposes=(purpose,))[purpose]


def tallies(
    rules: Rules, councils: Collection[int], look: Look, *, purposes: Iterable[Purpose] = tuple(Purpose)
) -> dict[Purpose, Tally]:
    """One query a purpose, and one for those who never subscribed."""
    if not councils:
        return {purpose: Tally(0, {}) for purpose in purposes}
    with across(councils, reason="count an audience"):
        others = never_subscribed(rules, councils)
        return {purpose: _tally(rules, purpose, councils, look, others) for purpose in purposes}


def _tally(rules: Rules, purpose: Purpose, councils: Collection[int], look: Look, others: Mapping[str, int]) -> Tally:
    found = judged(people(rules, councils), councils, purpose, look).order_by().values_list("reason")
    rows = list(found.annotate(Count("pk"), Count("address_hash", distinct=True)))
    addresses = next((once for reason, _, once in rows if reason == NOTHING), 0)
    return summed({reason: count for reason, count, _ in rows}, addresses, others)


def never_subscribed(rules: Rules, councils: Collection[int]) -> dict[str, int]:
    """By reason. In a scope."""
    found = judged_silent(silent(rules, councils)).order_by().values_list("reason")
    return dict(found.annotate(Count("pk")))


def summed(subscribers: Mapping[str, int], addresses: int, others: Mapping[str, int]) -> Tally:
    """Of subscribers against whom nothing speaks, one of each of so many `addresses` is written to."""
    sums = Counter({**subscribers})
    sums.update(others)
    sums[Excluded.TWICE] += sums.pop(NOTHING, 0) - addresses
    return Tally(addresses, {reason: sums[reason] for reason in ORDER if sums[reason]})


def tally_of(mailing: Mailing, access: Access) -> Tally:
    """What would be fixed now. In a scope of the mailing's council; without a segment nobody is found."""
    if mailing.segment is None:
        return Tally(0, {})
    rules = read(mailing.segment.rules)
    councils = councils_for(mailing.council, access)
    return tally(rules, Purpose(mailing.purpose), councils, look_of(mailing.council))
