"""The promise: a named service gets in touch in the way asked by a time that is said plainly.

By default that is the end of the council's next working day. A person who gave times is promised the first of them
that ends no earlier than that, so nobody is rung at noon who asked for an evening.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from councils.bank_holidays import is_bank_holiday
from councils.working_time import WorkingHours, at, end_of_next_working_day, in_london, is_working_day
from enquiries.states import TIMED_WAYS, Slot, Way

MORNING = (time(9), time(12))
AFTERNOON = (time(12), time(17))
EVENING = (time(17), time(20))
SATURDAY = (time(10), time(16))
SATURDAY_WEEKDAY = 5

SLOT_HOURS: dict[Slot, tuple[time, time]] = {
    Slot.WEEKDAY_MORNING: MORNING,
    Slot.WEEKDAY_AFTERNOON: AFTERNOON,
    Slot.WEEKDAY_EVENING: EVENING,
    Slot.SATURDAY: SATURDAY,
}
SLOT_WORDS: dict[Slot, str] = {
    Slot.WEEKDAY_MORNING: "in the morning, as you asked",
    Slot.WEEKDAY_AFTERNOON: "in the afternoon, as you asked",
    Slot.WEEKDAY_EVENING: "in the evening, as you asked",
    Slot.SATURDAY: "on a Saturday, as you asked",
}
WAY_WORDS: dict[Way, str] = {
    Way.CALL: "will ring you",
    Way.TEXT: "will send you a text message",
    Way.EMAIL: "will send you an email",
    Way.VIDEO: "will get in touch to set up a video call",
    Way.VISIT: "will get in touch to arrange a visit",
}
# Working days until the next try after the first, second and any later attempt that reached nobody.
RETRY_AFTER: tuple[int, ...] = (1, 2, 5)
# A bank holiday never blocks a requested time for longer than this; no calendar comes near it.
SEARCH_DAYS = 60


@dataclass(frozen=True, kw_only=True)
class Promise:
    due_at: datetime
    by: str  # whom the person hears from: the fostering service or the hub
    way: Way
    slot: Slot | None = None  # the requested time that decided, if one did

    @property
    def day(self) -> str:
        return day_in_words(in_london(self.due_at).date())

    @property
    def hour(self) -> str:
        return hour_in_words(in_london(self.due_at).time())

    @property
    def sentence(self) -> str:
        """ "Kent Fostering will ring you by 5pm on Tuesday 24 November" and, if it applies, the time asked for."""
        told = f"{self.by} {WAY_WORDS[self.way]} by {self.hour} on {self.day}"
        return f"{told}, {SLOT_WORDS[self.slot]}" if self.slot else told


def first_promise(
    now: datetime, hours: WorkingHours, *, working_days: int, times: tuple[Slot, ...], by: str, way: Way
) -> Promise:
    return promise_after(end_of_next_working_day(now, hours, working_days), hours, times=times, by=by, way=way)


def next_promise(
    now: datetime, hours: WorkingHours, *, failed_attempts: int, times: tuple[Slot, ...], by: str, way: Way
) -> Promise:
    """What is promised after `failed_attempts` (one or more) genuine tries that reached nobody."""
    due_at = next_due(now, hours, failed_attempts=failed_attempts)
    return promise_after(due_at, hours, times=times, by=by, way=way)


def next_due(now: datetime, hours: WorkingHours, *, failed_attempts: int) -> datetime:
    if failed_attempts < 1:
        raise ValueError("The next try follows a failed one.")
    working_days = RETRY_AFTER[min(failed_attempts, len(RETRY_AFTER)) - 1]
    return end_of_next_working_day(now, hours, working_days)


def promise_after(due_at: datetime, hours: WorkingHours, *, times: tuple[Slot, ...], by: str, way: Way) -> Promise:
    if way not in TIMED_WAYS or not times:
        return Promise(due_at=due_at, by=by, way=way)
    ends_at, slot = min((first_end(slot, due_at, hours), slot) for slot in times)
    return Promise(due_at=ends_at, by=by, way=way, slot=slot)


def first_end(slot: Slot, earliest: datetime, hours: WorkingHours) -> datetime:
    """When the first such slot ends that is not over before `earliest`."""
    first_day = in_london(earliest).date()
    for ahead in range(SEARCH_DAYS):
        day = first_day + timedelta(days=ahead)
        ends_at = at(day, SLOT_HOURS[slot][1])
        if ends_at >= earliest and slot_falls_on(slot, day, hours):
            return ends_at
    raise ValueError(f"{slot.label} does not come round within {SEARCH_DAYS} days.")


def slot_falls_on(slot: Slot, day: date, hours: WorkingHours) -> bool:
    if slot == Slot.SATURDAY:
        return day.weekday() == SATURDAY_WEEKDAY and not is_bank_holiday(day)
    return is_working_day(day, hours) and day.weekday() != SATURDAY_WEEKDAY


def day_in_words(day: date) -> str:
    """ "Tuesday 24 November": the year would only be noise this close."""
    return f"{day:%A} {day.day} {day:%B}"


def hour_in_words(moment: time) -> str:
    """GOV.UK style: 5pm, 4:30pm, midday."""
    if moment == time(12):
        return "midday"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'am' if moment.hour < 12 else 'pm'}"
