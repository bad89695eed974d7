"""The year itself: the clock goes from hour to hour, and at each stop people ask, staff work, and the hub's own tasks
run as beat would start them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import cycle
from random import Random
from uuid import UUID

from celery.schedules import crontab
from django.db import connection

from councils.models import Assignment, Council, Hub, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import across
from councils.working_time import LONDON
from enquiries import actions
from enquiries.actions.todos import finish_todo
from enquiries.answers import Answers
from enquiries.forms.entry import new_token
from enquiries.models import Enquiry
from enquiries.privacy import CURRENT
from enquiries.states import Channel
from enquiries.whereabouts import Whereabouts
from lafse.celery import app
from tests.year import between
from tests.year.casework import ready, work_on
from tests.year.findings import Findings
from tests.year.offices import ASLEEP, Worker, staff_of
from tests.year.people import Arrival, arrivals, hub_councils
from tests.year.replies import Replies

_STOPS = (0, 8, *range(9, 21))  # hours of the day, in London
_MORNING = _STOPS[1]
_TODOS_AN_HOUR = 6
_LOOKS_AN_HOUR = 0.08
_PASSED_ON = 0.06  # of the cases that somebody looks at
_GIVEN = {"kent": Assignment.IN_TURN, "hampshire": Assignment.BY_LOAD}
Tell = Callable[[date, "Findings"], None]


@dataclass
class Year:
    councils: list[Council]
    arriving: list[Arrival]
    workers: list[Worker]
    chance: Random
    people: dict[UUID, Arrival] = field(default_factory=dict)
    by_name: dict[str, Arrival] = field(default_factory=dict)
    findings: Findings = field(default_factory=Findings)
    replies: Replies = field(default_factory=Replies)
    answers: Iterator[bool | None] = field(default_factory=lambda: cycle(between.ANSWERS))

    def live(self, first: date, last: date, tell: Tell) -> Findings:
        for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
            for hour in _STOPS:
                self.stop(datetime.combine(day, time(hour), tzinfo=LONDON))
            with across(self.councils, reason="the year's findings"):
                self.findings.look(self.councils, self.workers, day)
            tell(day, self.findings)
        with across(self.councils, reason="the year's findings"):
            self.findings.close(self.councils, datetime.combine(last, time(_STOPS[-1]), tzinfo=LONDON))
        return self.findings

    def stop(self, now: datetime) -> None:
        while self.arriving and self.arriving[0].at <= now:
            self.arrive(self.arriving.pop(0))
        set_clock(now)
        self.replies.come_in(self.people, self.councils, now, self.chance)
        run_everything_due(now)
        for worker in self.workers:
            if worker.council.slug != ASLEEP:
                self.work(worker, now)

    def arrive(self, person: Arrival) -> None:
        set_clock(person.at)
        place = Whereabouts(hub=self.hub, typed=person.postcode, without=not person.postcode)
        answers, token = answers_of(person, place), new_token()
        receipt = actions.submit(answers, token=token, channel=Channel.WEB)
        if person.sends_twice:
            actions.submit(answers, token=token, channel=Channel.WEB)
        self.people[receipt.enquiry_id] = self.by_name[answers.name] = person
        if person.asks_twice:
            again = replace(answers, email=person.second_email, message="I asked before.")
            self.people[actions.submit(again, token=new_token(), channel=Channel.WEB).enquiry_id] = person

    @property
    def hub(self) -> Hub:
        return self.councils[0].hub

    def work(self, worker: Worker, now: datetime) -> None:
        """Other work fills most hours: a desk looks at the hub a few times a day, and some days not at all."""
        if not (worker.is_in(now) or worker.is_on_rota(now)) or self.chance.random() > _LOOKS_AN_HOUR:
            return
        with across(worker.access.councils, reason="staff page"):
            self._between(worker, now)
            for case in dict.fromkeys([*self._named_in_todos(worker), *ready(worker, now)]):
                if not self._passed_on(case, worker):
                    work_on(case, self._person(case), worker, now, self.chance)

    def _between(self, worker: Worker, now: datetime) -> None:
        between.join_what_came_twice(worker)
        between.answer_offers(worker, self.answers)
        between.decide_stuck(worker, now, self.chance)

    def _passed_on(self, case: Enquiry, worker: Worker) -> bool:
        wanted = between.is_early(case) and self.chance.random() < _PASSED_ON
        return wanted and between.offer(case, self.councils, worker, self.chance)

    def _person(self, case: Enquiry) -> Arrival | None:
        """In whatever council it goes on."""
        known = self.people.get(case.pk) or self.by_name.get(case.name)
        if known:
            self.people[case.pk] = known
        return known

    def _named_in_todos(self, worker: Worker) -> Iterator[Enquiry]:
        """The list of the council, or of the hub office: finished when the case behind it has been worked on."""
        todos = ToDo.objects.filter(council=worker.council, done_at=None, subject_kind="enquiry").order_by("due_at")
        todos = todos.exclude(kind__in=(ToDoKind.HANDOVER_STUCK, ToDoKind.HANDOVER_REFUSED))
        for todo in todos[:_TODOS_AN_HOUR]:
            finish_todo(todo, by=worker.access)
            case = Enquiry.objects.open().filter(council=todo.about_council_id, pk=todo.subject_id).first()
            if case and (case.owner_id is None or case.council_id != worker.council.pk):
                yield case


def prepare(count: int, first: date, last: date, *, seed: int) -> Year:
    app.loader.import_default_modules()  # registers the tasks, as a worker does
    for slug, how in _GIVEN.items():
        Council.objects.filter(slug=slug).update(assignment=how)
    chance = Random(seed)  # noqa: S311  # the same people every time
    councils = hub_councils()
    arriving = arrivals(count, first, last, chance)
    return Year(councils, arriving, staff_of(councils, first=first, last=last, chance=chance), chance)


def answers_of(person: Arrival, place: Whereabouts) -> Answers:
    return Answers(
        hub_id=place.hub.pk,
        council_id=place.council.pk,
        route=place.snapshot(),
        route_choice=place.choice,
        name=f"Person {person.number}",
        email=person.email,
        phone=person.phone,
        way=person.way,
        times=person.times,
        voicemail_ok=person.number % 2 == 0,
        text_ok=person.number % 3 > 0 and person.has_phone,
        news_by_email=person.number % 4 == 0 and person.has_email,
        notice_version=CURRENT,
    )


def run_everything_due(now: datetime) -> None:
    """What beat starts, in the order of its table: what it starts by night, at the first stop of the morning."""
    for entry in app.conf.beat_schedule.values():
        if not isinstance(entry["schedule"], crontab) or now.hour == _MORNING:
            app.tasks[entry["task"]]()


def set_clock(to: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM testing.clock")
        cursor.execute("INSERT INTO testing.clock VALUES (%s)", [to])
