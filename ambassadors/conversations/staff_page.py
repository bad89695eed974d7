"""Open introductions as coordinators see them: where each stands, and what it needs from staff."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import Model

from ambassadors.introduction_states import OPEN, State
from ambassadors.letters.sending import must_be_rung
from ambassadors.models import Introduction, Offer
from ambassadors.states import TalkBy
from councils.access import Access
from councils.models import Council
from councils.roles import Permission
from enquiries.due import Due, due


@dataclass(frozen=True)
class Line:
    """One introduction. Of one whose enquirer another council answers there is an `offer` alone, and no name."""

    key: str
    state: State
    enquirer: str
    ambassador: str
    council: str
    other: str
    since: datetime
    answer: Due | None
    introduction: Introduction | None = None
    offer: Offer | None = None

    @property
    def way(self) -> TalkBy | None:
        return TalkBy(self.introduction.way) if self.introduction and self.introduction.way else None

    @property
    def is_theirs_to_confirm(self) -> bool:
        """By us: the ambassador is ours, and the council of the enquirer asks."""
        return self.state == State.TO_CONFIRM and self.offer is not None

    @property
    def has_begun(self) -> bool:
        """The two know of each other, so there may be a concern."""
        return self.state in (State.ACCEPTED, State.AGREED)

    @property
    def must_be_rung(self) -> bool:
        """Somebody is ready, and nobody tells the enquirer unless staff do."""
        return (
            self.state == State.ACCEPTED and self.introduction is not None and must_be_rung(self.introduction.enquiry)
        )

    @property
    def needs_staff(self) -> bool:
        return self.is_missing or self.is_theirs_to_confirm or self.must_be_rung

    @property
    def takes_link(self) -> bool:
        return self.state == State.AGREED and self.way == TalkBy.VIDEO

    @property
    def takes_place(self) -> bool:
        return self.state == State.AGREED and self.way == TalkBy.EVENT

    @property
    def is_missing(self) -> bool:
        row = self.introduction
        return row is not None and ((self.takes_link and not row.link) or (self.takes_place and not row.place))


@dataclass(frozen=True)
class OpenPage:
    needed: list[Line]
    waiting: list[Line]
    in_touch: list[Line]


def open_page(access: Access, now: datetime) -> OpenPage:
    """Three queries, however many there are."""
    where = access.where(Permission.MATCH)
    offers = {offer.pair_id: offer for offer in _offers(where)}
    own = list(_introductions(where))
    answered_here = {row.pair_id for row in own}
    lines = [_of_introduction(row, offers.get(row.pair_id), now) for row in own]
    lines += [_of_offer(offer, now) for offer in offers.values() if offer.pair_id not in answered_here]
    lines.sort(key=lambda line: line.since)
    return OpenPage(
        needed=[line for line in lines if line.needs_staff],
        waiting=[line for line in lines if line.state != State.AGREED and not line.needs_staff],
        in_touch=[line for line in lines if line.state == State.AGREED and not line.is_missing],
    )


def _introductions(where: frozenset[int]) -> Iterator[Introduction]:
    rows = Introduction.objects.filter(council__in=where, state__in=OPEN)
    yield from rows.select_related("council", "enquiry", "ambassador_council")


def _offers(where: frozenset[int]) -> Iterator[Offer]:
    rows = Offer.objects.filter(council__in=where, state__in=OPEN)
    yield from rows.select_related("council", "ambassador", "enquirer_council")


def _of_introduction(row: Introduction, offer: Offer | None, now: datetime) -> Line:
    across = row.ambassador_council_id != row.council_id
    return Line(
        key=str(row.pk),
        state=State(row.state),
        enquirer=row.enquiry.name,
        ambassador=row.ambassador_name,
        council=row.council.name,
        other=_name(row.ambassador_council) if across else "",
        since=_since(row, offer),
        answer=_answer(row, now),
        introduction=row,
        offer=offer if across else None,
    )


def _of_offer(offer: Offer, now: datetime) -> Line:
    return Line(
        key=str(offer.pk),
        state=State(offer.state),
        enquirer="",
        ambassador=offer.ambassador.first_name,
        council=offer.council.name,
        other=_name(offer.enquirer_council),
        since=offer.accepted_at or offer.offered_at or offer.created_at,
        answer=_answer(offer, now),
        offer=offer,
    )


def _since(row: Introduction, offer: Offer | None) -> datetime:
    """When it came to stand where it stands, as far as our own rows say so."""
    if row.agreed_at:
        return row.agreed_at
    return (offer and (offer.accepted_at or offer.offered_at)) or row.created_at


def _answer(row: Introduction | Offer, now: datetime) -> Due | None:
    waits = row.state in (State.OFFERED, State.ACCEPTED)
    return due(row.answer_by, now) if waits and row.answer_by else None


def _name(council: Model) -> str:
    return cast(Council, council).name
