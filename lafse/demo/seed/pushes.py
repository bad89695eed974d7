"""Campaigns of a made-up history: the hub's in January, in Foster Care Fortnight and in September, and some councils'
own in autumn; what each cost, the short addresses that it had, and how often they were followed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from uuid import UUID

from campaigns.models import Campaign, Click, Code, Spend
from councils.working_time import at
from enquiries.came_states import Source
from lafse.demo.seed.draw import Draw
from lafse.demo.seed.rows import Rows, Values

MONEY: Mapping[Source, tuple[int, int]] = {  # pence for each who comes by it
    Source.RADIO_TV: (14_000, 26_000),
    Source.SOCIAL_PAID: (4_000, 11_000),
    Source.SEARCH_PAID: (5_000, 12_000),
    Source.PRINT: (6_000, 15_000),
    Source.EVENT: (3_000, 9_000),
}
_CLICKS, _MOST_CLICKS = 12, 600  # for each who comes
_BY_CODE = 0.3  # of those who ask while it lasts
_OWN = 4  # councils with campaigns of their own
_NINE = time(9)
_WORDS = {Source.RADIO_TV: "radio", Source.SOCIAL_PAID: "social", Source.SEARCH_PAID: "search"}
_WORDS |= {Source.PRINT: "poster", Source.EVENT: "stall"}


@dataclass(frozen=True)
class Kind:
    """`first` and `last`: month and day of each year."""

    name: str
    word: str
    first: tuple[int, int]
    last: tuple[int, int]
    sources: tuple[Source, ...]


_ONLINE = (Source.SOCIAL_PAID, Source.SEARCH_PAID)
OF_THE_HUB: Sequence[Kind] = (
    Kind("New year, new start", "new-start", (1, 2), (2, 10), (Source.RADIO_TV, *_ONLINE)),
    Kind("Foster Care Fortnight", "fortnight", (5, 8), (5, 31), (Source.PRINT, Source.SOCIAL_PAID, Source.EVENT)),
    Kind("Back to school", "school", (9, 1), (10, 15), (*_ONLINE, Source.PRINT)),
)
OF_A_COUNCIL = Kind("Could you foster here?", "here", (9, 20), (11, 15), (Source.PRINT, Source.SOCIAL_PAID))


@dataclass(frozen=True)
class Push:
    key: UUID
    council: int
    kind: Kind
    first: date
    last: date
    codes: Mapping[Source, str]


@dataclass(frozen=True)
class Pushes:
    all: Sequence[Push]

    @cached_property
    def _of(self) -> Mapping[tuple[int, int, int], Sequence[Push]]:
        """By council, year and month: few, where a million ask."""
        found: dict[tuple[int, int, int], list[Push]] = {}
        for push in self.all:
            for month in range(push.first.month, push.last.month + 1):
                found.setdefault((push.council, push.first.year, month), []).append(push)
        return found

    def on(self, day: date, council: int, office: int, draw: Draw) -> tuple[Source, str] | None:
        """By which of them somebody came who asked on this day, if by any: the council's own, or the hub's."""
        for owner in {council: None, office: None}:
            for push in self._of.get((owner, day.year, day.month), ()):
                if push.first <= day <= push.last and draw.chance(_BY_CODE):
                    return draw.choice(tuple(push.codes.items()))
        return None


def pushes_in(seed: int, days: Collection[date], office: int, members: Mapping[int, str]) -> Pushes:
    """`days`: the first and the last of the history; of none, none. `members`: councils and their codes. The
    same seed has the same ones."""
    if not days:
        return Pushes(())
    draw, first, last = Draw(f"pushes:{seed}"), min(days), max(days)
    own = draw.sample(sorted(members), min(_OWN, len(members)))
    owned = [(office, kind, "") for kind in OF_THE_HUB] + [(pk, OF_A_COUNCIL, f"{members[pk].lower()}-") for pk in own]
    wanted = [(owner, year) for year in range(first.year, last.year + 1) for owner in owned]
    made = [_push(draw, seed, year, council, kind, mark) for (council, kind, mark), year in wanted]
    return Pushes([push for push in made if first <= push.first < last])


def _push(draw: Draw, seed: int, year: int, council: int, kind: Kind, mark: str) -> Push:
    end = f"{mark}{year % 100:02}" + (f"-{seed}" if seed else "")
    codes = {source: f"{kind.word}-{_WORDS[source]}-{end}" for source in kind.sources}
    return Push(draw.uuid(), council, kind, date(year, *kind.first), date(year, *kind.last), codes)


def rows_of(push: Push, *, by: int, seed: int, come: float, until: date, rows: Rows) -> None:
    """`come`: how many may come by it. `until`: nobody has followed an address on that day or later."""
    draw = Draw(f"push:{push.key}")
    name = f"{push.kind.name} {push.first.year}" + (f" ({seed})" if seed else "")
    told: Values = {"id": push.key, "council_id": push.council, "name": name, "created_by_id": by}
    began = at(push.first - timedelta(days=21), _NINE)
    rows.add(Campaign, told | {"starts_on": push.first, "ends_on": push.last, "created_at": began})
    each = come * _BY_CODE / len(push.codes)
    for source, code in push.codes.items():
        _spend(push, source, draw, by, each, rows)
        for moment in _clicks(push, draw, each, until):
            rows.add(Click, {"id": draw.uuid(), "council_id": push.council, "code": code, "at": moment})


def codes_of(push: Push, hub: int) -> Iterator[Code]:
    made = at(push.first - timedelta(days=20), _NINE)
    for source, code in push.codes.items():
        yield Code(
            hub_id=hub,
            council_id=push.council,
            campaign_key=push.key,
            code=code,
            source=source.value,
            label=str(source.label),
            path="/",
            created_at=made,
        )


def _spend(push: Push, source: Source, draw: Draw, by: int, come: float, rows: Rows) -> None:
    pence = max(5_000, round(draw.randint(*MONEY[source]) * come / 500) * 500)
    spent = {"campaign_id": push.key, "pence": pence, "first_day": push.first, "last_day": push.last}
    told = {"source": source.value, "what": str(source.label), "by_id": by, "at": at(push.first, _NINE)}
    rows.add(Spend, {"id": draw.uuid(), "council_id": push.council} | spent | told)


def _clicks(push: Push, draw: Draw, come: float, until: date) -> list[datetime]:
    length = (min(push.last, until - timedelta(days=1)) - push.first).days
    count = min(_MOST_CLICKS, round(come * _CLICKS)) if length > 0 else 0
    day = timedelta(days=1).total_seconds()
    return [at(push.first, _NINE) + timedelta(seconds=draw.random() * length * day) for _ in range(count)]
