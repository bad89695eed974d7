"""Who waits for a conversation, as matching sees them: by what they wished for. Equality data are not read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from ambassadors.actions.conflicts import names_of
from ambassadors.introduction_states import OPEN, State, StoppedBy
from ambassadors.matched.carers import Known, known_words
from ambassadors.matching import Seeker
from ambassadors.models import Introduction
from ambassadors.nearness import stand_ins
from ambassadors.states import Attribute, TalkBy
from councils.keyed_hashes import keyed_hash
from councils.postcodes import Directory, key_of
from councils.routing import NoDirectory, directory
from enquiries.merged import merged_into_each
from enquiries.models import Enquiry, Wish
from enquiries.states import CareKind, Slot, TalkAbout

NEAR = "ambassador:near"


@dataclass(frozen=True, slots=True)
class Past:
    """An introduction of theirs that has ended."""

    ambassador_key: UUID
    state: State
    stopped_by: str
    noes: int
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """`wish.enquiry` is read. `cases`: its key and those of what was joined with it; `surnames`, `near`: hashes. All
    three are held against what ambassadors keep apart from."""

    wish: Wish
    seeker: Seeker
    past: tuple[Past, ...] = ()
    cases: frozenset[UUID] = frozenset()
    surnames: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()

    @property
    def case(self) -> Enquiry:
        return self.wish.enquiry

    @property
    def first_name(self) -> str:
        return self.case.name.split()[0] if self.case.name.split() else "Somebody"

    @property
    def did_not_answer(self) -> bool:
        """The last time an ambassador was ready."""
        return bool(self.past) and self.past[-1].state is State.LAPSED


def standing_wishes(councils: Collection[int]) -> "QuerySet[Wish]":
    """Of open cases that a person has not asked us to leave alone since, nor staff held back."""
    wishes = Wish.objects.filter(council__in=councils, taken_back_at=None).select_related("enquiry__council")
    open_cases = wishes.filter(enquiry__closed_at=None, enquiry__quarantined=False, enquiry__erased_at=None)
    return open_cases.filter(Q(enquiry__stopped_at=None) | Q(enquiry__stopped_at__lt=F("changed_at")))


def waiting_in(councils: Collection[int], *, only: UUID | None = None) -> list[Waiting]:
    """Whoever is in no conversation now and has not had the one they wished for; two queries, and one where cases were
    joined: what came of the joined one is theirs as well."""
    wishes = standing_wishes(councils)
    rows = list(wishes.filter(enquiry=only) if only else wishes)
    joined = merged_into_each(row.enquiry for row in rows)
    tried = _tried(councils, [row.enquiry_id for row in rows], joined)
    unmet = [row for row in rows if not _is_met(row, tried[row.enquiry_id])]
    return [_waiting(row, tried[row.enquiry_id], joined.get(row.enquiry_id, ())) for row in unmet]


def _tried(
    councils: Collection[int], cases: Iterable[UUID], joined: Mapping[UUID, Iterable[Enquiry]]
) -> dict[UUID, list[Past]]:
    """Of each case, the oldest first."""
    found: dict[UUID, list[Past]] = defaultdict(list)
    kept = {key: key for key in cases} | {each.pk: key for key, merged in joined.items() for each in merged}
    rows = Introduction.objects.filter(council__in=councils, enquiry__in=list(kept)).order_by("created_at", "pk")
    for case, key, state, stopped_by, noes, ended in rows.values_list(
        "enquiry_id", "ambassador_key", "state", "stopped_by", "noes", "ended_at"
    ):
        found[kept[case]].append(Past(key, State(state), stopped_by, noes, ended))
    return found


def _is_met(wish: Wish, tried: Iterable[Past]) -> bool:
    """Somebody is asked now, or they spoke or ended it themselves, and have not wished anew since."""
    return any(each.state in OPEN or (_is_enough(each) and _since(wish, each)) for each in tried)


def _is_enough(past: Past) -> bool:
    return past.state is State.SPOKE or (past.state is State.STOPPED and past.stopped_by == StoppedBy.ENQUIRER)


def _since(wish: Wish, past: Past) -> bool:
    return past.ended_at is not None and past.ended_at >= wish.changed_at


def _waiting(wish: Wish, tried: Iterable[Past], joined: Iterable[Enquiry]) -> Waiting:
    case, past = wish.enquiry, tuple(tried)
    near, place = _home(case.postcode)
    seeker = Seeker(
        case.pk,
        case.council_id,
        wishes=known_words(Attribute, wish.whom),
        kinds=known_words(CareKind, case.care_kinds),
        about=known_words(TalkAbout, wish.about),
        languages=frozenset(wish.languages),
        times=known_words(Slot, case.times),
        ways=known_words(TalkBy, wish.ways) or frozenset(TalkBy),
        asked=frozenset(each.ambassador_key for each in past),
        place=place,
        since=wish.since,
        noes=sum(each.noes for each in past),
    )
    cases = (case, *joined)
    surnames = frozenset().union(*map(names_of, cases))
    return Waiting(wish, seeker, past, frozenset(each.pk for each in cases), surnames, near)


def _home(postcode: str) -> tuple[frozenset[str], tuple[int, int] | None]:
    """Keyed hashes to hold against `Ambassador.near`, and the place on the grid. Without a postcode, neither."""
    key, known = key_of(postcode) if postcode else None, _directory()
    if key is None:
        return frozenset(), None
    if known is None:
        return near_hashes({key}), None
    return near_hashes(stand_ins(key, known)), known.place(key)


def _directory() -> Directory | None:
    try:
        return directory()
    except NoDirectory:  # nobody waits for a release to be loaded; the postcode itself is compared all the same
        return None


def near_hashes(keys: Iterable[str]) -> frozenset[str]:
    """Of postcodes, as `Ambassador.near` keeps them."""
    return frozenset(keyed_hash(NEAR, key) for key in keys)


@dataclass(slots=True)
class _Apart:
    cases: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    surnames: dict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    near: dict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))


def kept_apart(
    waiting: Iterable[Waiting], known: Iterable[Known]
) -> tuple[list[Waiting], frozenset[tuple[UUID, UUID]]]:
    """Each with the carers on whose conflict list they are, and the keys of who lives near whom."""
    apart = _Apart()
    for each in known:
        for case in each.cases:
            apart.cases[case].add(each.carer.key)
        for surname in each.surnames:
            apart.surnames[surname].add(each.carer.key)
        for hashed in each.near:
            apart.near[hashed].add(each.carer.key)
    told = [_kept_from(each, apart) for each in waiting]
    near = {(each.seeker.key, key) for each in told for hashed in each.near for key in apart.near.get(hashed, ())}
    return told, frozenset(near)


def _kept_from(waiting: Waiting, apart: _Apart) -> Waiting:
    found: set[UUID] = set()
    for case in waiting.cases:
        found |= apart.cases.get(case, set())
    for surname in waiting.surnames:
        found |= apart.surnames.get(surname, set())
    return replace(waiting, seeker=replace(waiting.seeker, kept_from=frozenset(found))) if found else waiting
