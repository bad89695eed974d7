"""What became of a case, told in working days that end before the day on which everything is as it is."""

from dataclasses import replace
from datetime import timedelta

from enquiries.promise import RETRY_AFTER
from enquiries.states import APPLICATION_STATES, CLOSED_STATES, OPEN_STATES, Outcome, State, Way
from lafse.demo.seed import waiting
from lafse.demo.seed.arrival import arrive, due_of, received
from lafse.demo.seed.case import Case
from lafse.demo.seed.coming import came_by
from lafse.demo.seed.draw import Draw
from lafse.demo.seed.handovers import same_journey
from lafse.demo.seed.names import COMMENTS
from lafse.demo.seed.people import Person
from lafse.demo.seed.places import Place
from lafse.demo.seed.plans import Plan, plan_of
from lafse.demo.seed.ripening import STEPS_IN_YEARS
from lafse.demo.seed.rows import Values
from lafse.demo.seed.stories import First, Special, Story
from lafse.demo.seed.talks import talked
from lafse.demo.seed.world import World

_RUNG_WITHIN = timedelta(minutes=20)  # at the earliest, on the day on which it came
_NO_REASON = frozenset({State.APPROVED, State.NOT_APPROVED})
_ACTS_LATE = 0.12  # of the open ones: somebody should have acted by now
NEXT_STEP_WITHIN = 5


def live(
    world: World,
    draw: Draw,
    number: int,
    story: Story,
    person: Person,
    place: Place,
    *,
    plan: Plan | None = None,
    sender: Case | None = None,
) -> Case:
    """`sender`: the case of another council in which it began."""
    plan = plan or plan_of(world, draw, story, place)
    if not plan.tries and story.first in (First.TRIED, First.REACHED):
        story = replace(story, first=First.RUNNING)  # it came yesterday
    case = arrive(world, draw, number, story, _writes_only(person, story), place, plan.came_at)
    _begin(case, sender)
    if story.first is First.MISSED:
        waiting.missed(case, due_of(case))
    for nth, day in enumerate(plan.tries):
        _try(case, day, last=nth == len(plan.tries) - 1)
    for state, day in plan.steps:
        _enter(case, state, day)
    _settle(case, plan)
    talked(case)
    return case


def _writes_only(person: Person, story: Story) -> Person:
    return replace(person, phone="", way=Way.EMAIL, times=()) if story.special is Special.DIRECT else person


def _begin(case: Case, sender: Case | None) -> None:
    """Whoever has done something has the case."""
    if case.story.first is not First.RUNNING:
        case.values["owner_id"] = case.owner
    if sender:
        same_journey(sender, case)
    elif case.story.special in (Special.QUARANTINE, Special.DIRECT):
        waiting.SPECIALS[case.story.special](case)
    if case.story.special is not Special.DIRECT and sender is None:
        received(case)
    came_by(case, sender)


def _try(case: Case, day: int, *, last: bool) -> None:
    """In the way asked. The first keeps the promise, in time or late; the last reaches them where the story says so."""
    at = max(case.world.days.some_time_on(day, case.draw), case.created_at + _RUNG_WITHIN)
    way = Way(case.person.way)
    reached = last and case.story.first is First.REACHED
    first = case.values.get("promise_kept_at") is None
    if first:
        if at > due_of(case):
            waiting.was_missed(case, due_of(case))
        case.values |= {"promise_kept_at": at, "first_seen_at": at - timedelta(minutes=5), "claimed_at": at}
    case.tried(at, way, _outcome(case, way, reached=reached), comment=case.draw.choice(COMMENTS), kept=first)
    if reached:
        case.values |= {"reached_at": at, "state": State.IN_CONTACT.value, "state_changed_at": at}


def _outcome(case: Case, way: Way, *, reached: bool) -> Outcome:
    if reached:
        return Outcome.REACHED
    if way in (Way.TEXT, Way.EMAIL, Way.VIDEO):
        return Outcome.SENT
    return Outcome.VOICEMAIL if case.person.voicemail_ok else Outcome.NO_ANSWER


def _enter(case: Case, state: State, day: int) -> None:
    at = max(case.world.days.some_time_on(day, case.draw), case.at + timedelta(minutes=10))
    before = str(case.values.get("state", State.NEW.value))
    reasons = case.story.reasons if state in CLOSED_STATES - _NO_REASON else ()
    reason = case.draw.choice(reasons).value if reasons else None
    step = STEPS_IN_YEARS[state][0].value
    case.values |= {"state": state.value, "state_changed_at": at, "close_reason": reason or ""}
    case.at = at
    if state is not State.PASSED_ON:  # the handover tells it
        told: Values = {"old_state": before, "state": state.value, "reason": reason}
        case.event(step, at, by=case.owner, **told, promise_kept=None, promise_evidence=None)
    if state in APPLICATION_STATES:
        waiting.applied(case, state, day)


def _settle(case: Case, plan: Plan) -> None:
    """How it stands now."""
    state = State(str(case.values.setdefault("state", State.NEW.value)))
    if state not in OPEN_STATES:
        case.values |= {"closed_at": case.at, "next_due_at": None}
        if state is State.NOT_YET:
            waiting.asked_again(case)
        if state is State.NO_REPLY:
            case.values["asked_at"] = case.world.days.openings[plan.tries[-1] + 1]
        return
    if plan.tries:
        _next_due(case, state, plan)
    waiting.stands_open(case)


def _next_due(case: Case, state: State, plan: Plan) -> None:
    """As after the last thing that was done; nearly all of it in time."""
    days, draw, last = case.world.days, case.draw, plan.steps[-1][1] if plan.steps else plan.tries[-1]
    wait = RETRY_AFTER[len(plan.tries) - 1] if case.story.first is First.TRIED else NEXT_STEP_WITHIN
    day = last + wait
    if state is State.VISIT_BOOKED:
        visit = days.today + draw.randint(0, 8)
        case.values["visit_at"] = days.some_time_on(visit, draw)
        day = visit + 1
    elif day < days.today and not draw.chance(_ACTS_LATE):
        day = days.today + draw.randint(0, NEXT_STEP_WITHIN)
    case.values["next_due_at"] = days.closing(day, case.office.hours)
