"""What must be true of every enquiry on every day, counted; and how long people waited."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median, quantiles
from uuid import UUID

from councils.models import Council, ToDo
from councils.models.todos import ToDoKind
from councils.working_time import in_london, working_hours_between
from enquiries.commitment import hours_of
from enquiries.follow_up_states import FollowUpEnd
from enquiries.handover_states import Side
from enquiries.models import ContactAttempt, Enquiry, FollowUpRecord, Handover, Merge
from enquiries.states import State
from outbox.models import Message
from tests.year.offices import ASLEEP, Worker

_ELSEWHERE = (State.PASSED_ON, State.DUPLICATE)  # what was promised is kept or missed where it goes on
_BEFOREHAND = (ToDoKind.DUE_SOON, ToDoKind.UNSEEN, ToDoKind.NOBODY_HERE)


@dataclass
class Findings:
    """The first three must stay empty."""

    nobody_named: set[str] = field(default_factory=set)
    missed_untold: set[str] = field(default_factory=set)
    forgotten: set[str] = field(default_factory=set)
    cases: Counter[str] = field(default_factory=Counter)
    promises: Counter[str] = field(default_factory=Counter)
    follow_ups: Counter[str] = field(default_factory=Counter)
    messages: Counter[str] = field(default_factory=Counter)
    waited: list[float] = field(default_factory=list)  # working hours until the first genuine try
    handovers: Counter[str] = field(default_factory=Counter)
    merges: int = 0
    waited_for_councils: list[float] = field(default_factory=list)
    waited_asleep: list[float] = field(default_factory=list)  # of the council where nobody looks

    @property
    def all_well(self) -> bool:
        return not (self.nobody_named or self.missed_untold or self.forgotten)

    def look(self, councils: list[Council], workers: list[Worker], day: date) -> None:
        """Somebody by name answers for each open case: its owner if back before it is due, or those of its council who
        are not away, or the hub office, on whose list it stands."""
        leave = {worker.key: worker.leave for worker in workers}
        staffed = {worker.council.pk for worker in workers if day not in worker.leave}
        listed = _on_lists()
        for case in Enquiry.objects.open().filter(council__in=councils):
            owned = case.owner_id is not None and _back_in_time(leave[case.owner_id], day, case.next_due_at)
            if not (owned or (case.owner_id is None and case.council_id in staffed) or case.pk in listed):
                self.nobody_named.add(f"{case.reference} on {day}")

    def close(self, councils: list[Council], now: datetime) -> None:
        by_key = {council.pk: council for council in councils}
        tries, told, listed = _first_tries(councils), _first_told(councils), _on_lists()
        for case in Enquiry.objects.filter(council__in=councils):
            self.cases[case.get_state_display()] += 1
            if case.state not in _ELSEWHERE:
                self._promise(case, now, told.get(case.pk))
            council, tried = by_key[case.council_id], tries.get(case.pk)
            if tried:
                waited = working_hours_between(case.created_at, tried, hours_of(council)).total_seconds() / 3600
                (self.waited_asleep if council.slug == ASLEEP else self.waited).append(waited)
            elif case.is_open and _first_due(case) < now and not case.owner_id and case.pk not in listed:
                self.forgotten.add(case.reference)
        for record in FollowUpRecord.objects.filter(council__in=councils, end=FollowUpEnd.SENT):
            self.follow_ups[record.step.partition(":")[0]] += 1
        self._between(councils, by_key)
        self.messages.update(Message.objects.filter(council__in=councils).values_list("state", flat=True))

    def _between(self, councils: list[Council], by_key: dict[int, Council]) -> None:
        for asked in Handover.objects.filter(council__in=councils, side=Side.SENT):
            self.handovers[f"{asked.state}{' by the hub manager' if asked.decided_by_hub else ''}"] += 1
            if asked.answered_at:
                waited = working_hours_between(asked.offered_at, asked.answered_at, hours_of(by_key[asked.other_id]))
                self.waited_for_councils.append(waited.total_seconds() / 3600)
        self.merges = Merge.objects.filter(council__in=councils, undone_at=None).count()

    def _promise(self, case: Enquiry, now: datetime, told_at: datetime | None) -> None:
        kept, due = case.promise_kept_at, case.promise_due_at
        if kept and kept <= due:
            self.promises["kept"] += 1
        elif due > now or (case.closed_at and case.closed_at <= due):
            self.promises["still running, or closed before"] += 1
        else:
            self.promises["kept late" if kept else "missed"] += 1
            if told_at is None or told_at >= due:
                self.missed_untold.add(case.reference)

    def report(self) -> Iterator[str]:
        yield f"{sum(self.cases.values()):6}  enquiries"
        yield f"{len(self.nobody_named):6}  without a person answerable for them on some day"
        yield f"{len(self.missed_untold):6}  promises missed without a person told beforehand"
        yield f"{len(self.forgotten):6}  neither tried, closed nor on a list"
        yield f"{self.merges:6}  enquiries joined with another of the same people"
        counters = (("promises", self.promises), ("cases", self.cases), ("handovers", self.handovers))
        for title, counted in counters:
            yield f"{title}: " + ", ".join(f"{name} {count}" for name, count in counted.most_common())
        yield "follow-ups: " + ", ".join(f"{name} {count}" for name, count in self.follow_ups.most_common())
        yield "messages: " + ", ".join(f"{name} {count}" for name, count in self.messages.most_common())
        yield f"working hours to the first try: {_spread(self.waited)}"
        yield f"working hours until a council answered, or the hub manager: {_spread(self.waited_for_councils)}"
        yield f"where the council sleeps: {_spread(self.waited_asleep)}"


def _back_in_time(leave: frozenset[date], day: date, due: datetime | None) -> bool:
    last = max(in_london(due).date(), day) if due else day
    return any(day + timedelta(days=n) not in leave for n in range((last - day).days + 1))


def _first_due(case: Enquiry) -> datetime:
    """Of a promise that another council kept before it passed the case on, the day on which this one must act."""
    return (case.next_due_at if case.promise_kept_at else None) or case.promise_due_at


def _on_lists() -> set[UUID]:
    return set(ToDo.objects.filter(done_at=None).values_list("subject_id", flat=True))


def _first_tries(councils: list[Council]) -> dict[UUID, datetime]:
    tries = ContactAttempt.objects.filter(council__in=councils).order_by("-at")
    return dict(tries.values_list("enquiry_id", "at"))


def _first_told(councils: list[Council]) -> dict[UUID, datetime]:
    """Of a case, or of what it was before: in the council that had it, or joined with it."""
    todos = ToDo.objects.filter(council__in=councils, kind__in=_BEFOREHAND).order_by("-created_at")
    told = dict(todos.values_list("subject_id", "created_at"))
    cases = Enquiry.objects.filter(council__in=councils).values_list("pk", "journey_id", "merged_into_id")
    journeys = {case: journey for case, journey, _ in cases}
    first: dict[UUID, datetime] = {}
    for case, journey, into in cases:
        for one in {journey, journeys.get(into, journey)}:
            if case in told:
                first[one] = min(told[case], first.get(one, told[case]))
    return {case: first[journey] for case, journey in journeys.items() if journey in first}


def _spread(hours: list[float]) -> str:
    if len(hours) < 2:
        return "too few"
    return f"median {median(hours):.1f}, nine in ten within {quantiles(hours, n=10)[-1]:.1f}, longest {max(hours):.1f}"
