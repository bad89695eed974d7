"""The front page of the scheme: everybody who waits, longest first, those told no twice before them; whom the last
round would introduce them to and why, or why nobody; and what else needs a coordinator."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ambassadors.matched.loading import Loaded, by_hub, load
from ambassadors.matched.person import Person, person_of
from ambassadors.matched.seekers import Waiting
from ambassadors.matching import Carer, left_out
from ambassadors.models import Proposal, Scheme
from councils.access import Access
from councils.roles import Permission

NOT_YET = "the next round looks for somebody within minutes"
CHANGED = "whoever was suggested cannot be asked any more; the next round looks again"


@dataclass(frozen=True, slots=True)
class Suggested:
    """`council`: its name, where it is another one, whose staff confirm."""

    key: UUID
    first_name: str
    council: str
    score: int
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """`why`: why there is nobody, where nobody is suggested."""

    person: Person
    suggested: Suggested | None
    why: str

    @property
    def tick(self) -> str:
        return f"{self.person.key}:{self.suggested.key}" if self.suggested else ""


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """`off`: names of the councils whose scheme does not run."""

    lines: tuple[Line, ...]
    made_at: datetime | None
    off: tuple[str, ...] = ()

    @property
    def suggested(self) -> int:
        return sum(line.suggested is not None for line in self.lines)


def waiting_page(access: Access) -> WaitingPage:
    councils = access.where(Permission.MATCH)
    proposals = {each.enquiry_id: each for each in Proposal.objects.filter(council__in=councils)}
    loaded = [load(keys, hub) for hub, keys in by_hub(councils)]
    lines = tuple(line for each in loaded for line in _lines(each, proposals))
    off = Scheme.objects.filter(council__in=councils, runs=False).values_list("council__name", flat=True)
    made_at = max((each.made_at for each in proposals.values()), default=None)
    return WaitingPage(lines, made_at, tuple(sorted(off)))


def _lines(loaded: Loaded, proposals: Mapping[UUID, Proposal]) -> Iterator[Line]:
    carers = {each.key: each for each in loaded.carers}
    for waiting in loaded.waiting:
        person, proposal = person_of(waiting, loaded.region.today), proposals.get(waiting.seeker.key)
        if proposal is None or not proposal.ambassador_key:
            yield Line(person, None, proposal.why_not if proposal else NOT_YET)
            continue
        suggested = _still(proposal, waiting, carers.get(proposal.ambassador_key), loaded)
        yield Line(person, suggested, "" if suggested else CHANGED)


def _still(proposal: Proposal, waiting: Waiting, carer: Carer | None, loaded: Loaded) -> Suggested | None:
    """Who is stale, paused or full by now stands on no list."""
    if carer is None or left_out(waiting.seeker, carer, loaded.region.between(waiting.seeker, carer)):
        return None
    other = "" if carer.council == waiting.seeker.council else loaded.region.names[carer.council]
    return Suggested(carer.key, carer.first_name, other, round(proposal.score or 0), proposal.words)
