"""Journeys of which anything may have become: no cases stand behind them, only what is told."""

from datetime import date, timedelta
from random import Random
from uuid import UUID

from councils.models import Council
from dashboards.states import STAGES, Promise
from dashboards.told import Earlier, Move, Told
from enquiries.came_states import Source
from enquiries.states import Channel, CloseReason, Kind, State, TalkAbout

BEGIN = date(2026, 4, 20)
DAYS = 40
PERHAPS = (
    *("visited_on", "applied_on", "approved_on", "ended_on", "slept_on"),
    *("wished_on", "introduced_on", "spoke_on"),
)


class MadeUp:
    """The same for the same seed."""

    def __init__(self, councils: list[Council], seed: int = 7) -> None:
        self.councils, self.any = councils, Random(seed)  # noqa: S311  # nothing is kept secret with it

    def journeys(self, count: int) -> list[Told]:
        return [self.journey() for _ in range(count)]

    def journey(self) -> Told:
        state, real, kind = self.any.choice(list(State)), self.any.random() < 0.9, self.any.choice(list(Kind))
        counts = real and self.any.random() < 0.8 and state != State.DUPLICATE
        return Told(
            hub_id=self.councils[0].hub_id,
            council_id=self.council(),
            journey_id=self.key(),
            household_id=self.key(),
            case_key=self.key(),
            came_on=self.day(),
            arrived_in_id=self.council(),
            kind=kind.value,
            channel=self.any.choice(list(Channel)).value,
            real=real,
            counts=counts,
            apart=real and not counts,
            first_of_year=counts and self.any.random() < 0.8,
            again=real and self.any.random() < 0.3,
            promise=self.any.choice(list(Promise)).value,
            promise_on=self.day(),
            promised_by_id=self.council(),
            stage=self.any.choice(STAGES).value,
            state=state.value,
            source_first=self.any.choice(["", *Source.values[:3]]),
            source_last=self.any.choice(["", *Source.values[:3]]),
            code_first=self.any.choice(["", "kfw26", "=teens"]),
            code_last=self.any.choice(["", "kfw26", "=teens"]),
            try_hours=self.any.choice([None, 1, 12]),
            reach_hours=self.any.choice([None, 1, 12]),
            **{column: self.perhaps() for column in PERHAPS},
            end_reason=self.any.choice(["", *CloseReason.values]),
            moves=tuple(self.move() for _ in range(self.any.randrange(3))),
            earlier=tuple(self.earlier() for _ in range(self.any.randrange(2))),
            lasted={stage.value: self.any.randrange(9) for stage in self.any.sample(STAGES[:-1], 2)},
            about=(self.any.choice(list(TalkAbout)).value,),
        )

    def key(self) -> UUID:
        return UUID(int=self.any.getrandbits(128))

    def council(self) -> int:
        return self.any.choice(self.councils).pk

    def day(self) -> date:
        return BEGIN + timedelta(days=self.any.randrange(DAYS))

    def perhaps(self) -> date | None:
        return self.any.choice([None, self.day()])

    def move(self) -> Move:
        return self.council(), self.any.choice(["out", "in", "back"]), self.day().isoformat()

    def earlier(self) -> Earlier:
        return self.council(), self.any.choice(["kept", "late", "missed"]), self.day().isoformat()
