"""What a plan is made from. Pure: no ORM, and `now` is an argument."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from councils.working_time import WorkingHours
from enquiries.follow_up_states import FollowUp
from enquiries.states import REACHING_OUTCOMES, WAYS_BY_PHONE, Outcome, State, Way

OFFICE_HOURS = WorkingHours()


@dataclass(frozen=True)
class Attempt:
    """`at` is when somebody tried, `written_at` when it was written down."""

    at: datetime
    written_at: datetime
    way: Way
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class Facts:
    """`email` and `mobile`: whether there is one that may be used, as far as the case's own fields say."""

    state: State
    created_at: datetime
    way: Way = Way.CALL
    email: bool = True
    mobile: bool = False
    email_fails: bool = False
    send_nothing: bool = False
    quarantined: bool = False
    to_confirm: bool = False
    wants_news: bool = False
    stopped_at: datetime | None = None
    heard_at: datetime | None = None
    reached_at: datetime | None = None
    asked_at: datetime | None = None
    visit_at: datetime | None = None
    visits_told: tuple[str, ...] = ()  # keys of the visits we wrote to them about, oldest first
    waits_told: tuple[str, ...] = ()  # the same of the days on which they are asked again
    visit_told_at: datetime | None = None  # when we wrote to them about the one that is booked
    wake_on: date | None = None
    taken_over_at: datetime | None = None  # from another council
    state_changed_at: datetime
    attempts: tuple[Attempt, ...] = ()
    hours: WorkingHours = OFFICE_HOURS

    @property
    def failed(self) -> tuple[Attempt, ...]:
        return tuple(each for each in self.attempts if each.outcome not in REACHING_OUTCOMES)

    @property
    def last_reached(self) -> datetime | None:
        return max((each.at for each in self.attempts if each.outcome in REACHING_OUTCOMES), default=self.reached_at)

    @property
    def last_word(self) -> datetime | None:
        """When we last had anything from them: we spoke, or they wrote."""
        return max((moment for moment in (self.last_reached, self.heard_at) if moment), default=None)

    @property
    def can_email(self) -> bool:
        return self.email and not self.email_fails and not self._is_wrong(frozenset({Way.EMAIL}))

    @property
    def can_text(self) -> bool:
        return self.mobile and not self._is_wrong(WAYS_BY_PHONE)

    def _is_wrong(self, ways: frozenset[Way]) -> bool:
        """Somebody else answered there: nothing goes there until we hear from them."""
        wrong = [each.at for each in self.attempts if each.way in ways and each.outcome == Outcome.WRONG_DETAILS]
        return bool(wrong) and (self.last_word is None or max(wrong) > self.last_word)


@dataclass(frozen=True)
class Override:
    """A council's own: `days` instead of ours, or not at all."""

    days: int | None = None
    off: bool = False


Overrides = Mapping[FollowUp, Override]


@dataclass(frozen=True)
class Start:
    """What begins a sequence. `key` tells it from others of the same kind, `at` is when the thing itself
    happens that the message is about, and after which the message makes no sense."""

    since: datetime
    key: str = ""
    at: datetime | None = None
