"""One journey as its rows stand, and how far it got: for the naive recount of tests/dashboards/naive.py."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from ambassadors.models import Introduction
from councils.bank_holidays import is_bank_holiday
from councils.models import Council, Event
from enquiries.models import Enquiry, Touch

Line = tuple[str, int, date, str, str]  # figure, council, day, split, value
WAY = ["enquired", "reached", "visited", "applied", "assessed", "panel", "approved"]
STEPS = {
    **{"enquiry.reach": "reached", "enquiry.book_visit": "reached", "enquiry.visit": "visited"},
    **{"enquiry.apply": "applied", "enquiry.assess": "assessed", "enquiry.go_to_panel": "panel"},
    **{"enquiry.await_decision": "panel", "enquiry.approve": "approved", "enquiry.not_approve": "applied"},
}
STANDS = {
    **{"in_contact": "reached", "visit_booked": "reached", "visited": "visited", "applied": "applied"},
    **{"in_assessment": "assessed", "panel": "panel", "decision": "panel", "not_approved": "applied"},
    **{"approved": "approved"},
}
ENDED = ("withdrawn", "not_yet", "declined_by_service", "not_approved", "no_reply")


@dataclass
class Journey:
    cases: list[Enquiry]
    events: dict[UUID, list[Event]]
    tries: list[datetime] = field(default_factory=list)
    touches: list[Touch] = field(default_factory=list)
    about: set[str] = field(default_factory=set)
    introductions: list[Introduction] = field(default_factory=list)

    @property
    def first(self) -> Enquiry:
        return self.cases[0]

    @property
    def last(self) -> Enquiry:
        """Where it goes on, or ended: the newest that no other case took the place of."""
        standing = [case for case in self.cases if case.state not in ("passed_on", "duplicate")]
        return (standing or self.cases)[-1]

    @property
    def came(self) -> date:
        return day(self.first.created_at)

    @property
    def held_back(self) -> bool:
        return self.last.quarantined or self.last.to_confirm

    @property
    def is_real(self) -> bool:
        return not self.held_back and self.last.state != "duplicate"

    @property
    def is_initial(self) -> bool:
        return self.is_real and self.last.kind in ("new", "short_breaks")

    def moments(self, verb: str) -> list[datetime]:
        return [event.at for case in self.cases for event in self.events[case.pk] if event.verb == verb]


def both(figure: str, council: int, on: date, *splits: tuple[str, str]) -> Iterator[Line]:
    yield figure, council, on, "", ""
    for split, value in splits:
        yield figure, council, on, split, value


def sources(journey: Journey) -> list[tuple[str, str]]:
    touches = sorted(journey.touches, key=lambda each: each.at)
    first, last = (touches[0], touches[-1]) if touches else (None, None)
    told = [("source", first.source if first else ""), ("last_source", last.source if last else "")]
    codes = [("code", first), ("last_code", last)]
    return told + [(split, touch.code) for split, touch in codes if touch and touch.code]


def _steps(journey: Journey) -> list[tuple[str, date]]:
    """Those that stand, each on the day on which it was, as it was put right in the end."""
    found: list[tuple[str, date]] = []
    for case in journey.cases:
        standing: list[tuple[str, str, date]] = []  # key, verb, day
        for event in journey.events[case.pk]:
            if event.verb == "enquiry.state_undone":
                standing = [each for each in standing if each[0] != event.facts["undid"]]
            elif event.verb == "enquiry.corrected" and "state_since" in event.facts.get("changed", []):
                was = event.facts["was"]["state_since"]
                if standing and standing[-1][2].isoformat() == was:
                    standing[-1] = (*standing[-1][:2], date.fromisoformat(event.facts["on"]))
            elif event.verb in STEPS:
                standing.append((str(event.pk), event.verb, date.fromisoformat(event.facts["on"])))
        found += [(verb, on) for _, verb, on in standing]
    return found


def _days(journey: Journey) -> dict[str, date]:
    """On which each stage was reached, as far as somebody wrote it down."""
    last, days = journey.last, dict[str, date]()
    for verb, on in _steps(journey):
        stages = [STEPS[verb]] if verb in ("enquiry.reach", "enquiry.visit") else []
        stages += {"assessed": ["applied", "assessed"], "panel": ["applied", "panel"]}.get(STEPS[verb], [])
        stages += ["applied"] if verb in ("enquiry.apply", "enquiry.approve", "enquiry.not_approve") else []
        for stage in stages:
            days[stage] = min(on, days.get(stage, on))
    if last.state in STANDS and last.state not in ("visit_booked", "not_approved"):
        days.setdefault(STANDS[last.state], _since(last))
    reached = [case.reached_at for case in journey.cases if case.reached_at]
    if reached:
        days["reached"] = day(min(reached))
    if last.applied_on:
        days["applied"] = last.applied_on
    if last.stage_1_from:
        days.setdefault("assessed", last.stage_1_from)
    return days


def progress(journey: Journey) -> Iterator[Line]:
    last, came, here, days = journey.last, journey.came, journey.last.council_id, _days(journey)
    source, booked = sources(journey)[0], [verb for verb, _ in _steps(journey) if verb == "enquiry.book_visit"]
    marks = ["enquired", *days, *(STEPS[verb] for verb in booked), STANDS.get(last.state, "enquired")]
    got = max(WAY.index(stage) for stage in marks)
    yield from _arrivals(journey, days)
    yield from _endings(journey, applied=got >= WAY.index("applied"))
    for stage in WAY[: got + 1]:
        yield "cohort", here, came, "stage", stage
        yield "cohort_source", here, came, "source", f"{source[1]}|{stage}"
    if last.closed_at is None:
        yield from both("cohort_open", here, came, ("stage", WAY[got]))
    known = [("enquired", came), *((stage, days[stage]) for stage in WAY[1:] if stage in days)]
    ends = [on for _, on in known[1:]] + ([_since(last)] if last.closed_at else [])
    for (stage, begun), left in zip(known, ends, strict=False):
        if left >= begun and stage != "approved":
            yield "stage_days", here, came, "stage_days", f"{stage}|{rounded_days((left - begun).days)}"


def _arrivals(journey: Journey, days: dict[str, date]) -> Iterator[Line]:
    last, here = journey.last, journey.last.council_id
    if "visited" in days:
        yield from both("visits", here, days["visited"], *sources(journey))
    if "applied" in days:
        yield from both("applications", here, days["applied"], *sources(journey))
    if last.state == "approved":
        yield from both("approvals", here, _since(last), *sources(journey))


def _endings(journey: Journey, *, applied: bool) -> Iterator[Line]:
    last, here = journey.last, journey.last.council_id
    if last.state in ENDED and not (applied and last.state == "not_yet"):
        figure, why = ("ended_after" if applied else "ended_before"), last.close_reason or last.state
        none_of_ofsteds = applied and last.state == "withdrawn" and not why.startswith("AW")
        yield from both(figure, here, _since(last), ("reason", "AW0" if none_of_ofsteds else why))
    if last.state == "not_yet":
        yield "not_yet", here, _since(last), "", ""


def _since(case: Enquiry) -> date:
    return case.state_since or day(case.state_changed_at)


def day(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo("Europe/London")).date()


def worked(begin: datetime, end: datetime, council: Council) -> timedelta:
    """Day by day."""
    total, on = timedelta(0), day(begin)
    while on <= day(end):
        if on.weekday() < 5 and not is_bank_holiday(on):
            opens, closes = (
                datetime.combine(on, clock, tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)
                for clock in (council.opens_at, council.closes_at)
            )
            total += max(timedelta(0), min(closes, end) - max(opens, begin))
        on += timedelta(days=1)
    return total


def half_hours(worked: timedelta) -> int:
    """Rounded up: by half an hour to three days of eight hours, by an hour to ten, then by such a day."""
    begun = max(1, -(-worked // timedelta(minutes=30)))
    return begun if begun <= 48 else -(-begun // 2) * 2 if begun <= 160 else -(-begun // 16) * 16


def rounded_days(count: int) -> int:
    if count <= 60:
        return count
    return -(-count // 7) * 7 if count <= 364 else -(-count // 28) * 28
