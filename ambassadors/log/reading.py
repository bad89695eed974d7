"""An ambassador's own log, and the conversations that something may be written down for."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ambassadors.introduction_states import State
from ambassadors.log.names import SOMEBODY, names_of
from ambassadors.mentors.reading import mentees_of
from ambassadors.models import Mentorship, Offer, Talk, TalkState
from councils.clock import hub_now
from councils.tenancy import as_ambassador
from councils.working_time import in_london
from enquiries.retention.months import months_after

LOOKS_BACK = 12  # months
_TALKED = (State.AGREED, State.SPOKE, State.NOT_SPOKEN, State.STOPPED, State.HANDED_ON)


@dataclass(frozen=True)
class Of:
    """One conversation or mentorship of theirs."""

    key: UUID
    label: str


@dataclass(frozen=True)
class Line:
    talk: Talk
    label: str

    @property
    def may_change(self) -> bool:
        return self.talk.state != TalkState.APPROVED


def earliest(today: date) -> date:
    return months_after(today, -LOOKS_BACK)


def choices_of(ambassador: UUID, council: int) -> list[Of]:
    """What was agreed in the last twelve months, the newest first; then mentorships. No scope is open."""
    since = earliest(in_london(hub_now()).date())
    with as_ambassador(ambassador):
        offers = list(Offer.objects.filter(state__in=_TALKED, accepted_at__date__gte=since).order_by("-accepted_at"))
    mentees = [each for each in mentees_of(ambassador, council) if each.ended_on is None or each.ended_on >= since]
    names = names_of(offers)
    talked = [Of(row.pk, f"{names[row.pair_id]}, {_since(row):%B %Y}") for row in offers]
    return [*talked, *(Of(each.key, f"{each.name}, whose mentor you are") for each in mentees)]


def _since(offer: Offer) -> datetime:
    return in_london(offer.accepted_at or offer.created_at)


def own_log(ambassador: UUID, council: int) -> list[Line]:
    """The newest first. No scope is open."""
    with as_ambassador(ambassador):
        talks = list(Talk.objects.order_by("-on", "-logged_at"))
        pairs = {talk.pair_id for talk in talks if talk.pair_id}
        offers = list(Offer.objects.filter(pair_id__in=pairs))
    names = names_of(offers)
    mentees = {each.key: each.name for each in mentees_of(ambassador, council)}
    return [Line(talk, _of(talk, names, mentees)) for talk in talks]


def _of(talk: Talk, names: dict[UUID, str], mentees: dict[UUID, str]) -> str:
    if talk.mentorship_id:
        return mentees.get(talk.mentorship_id, SOMEBODY)
    return names.get(talk.pair_id, SOMEBODY) if talk.pair_id else SOMEBODY


def own_row_of(key: UUID) -> Offer | Mentorship | None:
    """In the ambassador's own scope."""
    return Offer.objects.filter(pk=key).first() or Mentorship.objects.filter(pk=key).first()
