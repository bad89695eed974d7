"""On which working days a case is tried, and enters each state.

Without years, from the end backwards: the last thing happened so long ago. Over years, from the day on which it came,
and what would happen after yesterday has not happened yet.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from enquiries.states import State
from lafse.demo.seed.draw import Draw
from lafse.demo.seed.places import Place
from lafse.demo.seed.ripening import RIPENING, STEPS_IN_YEARS
from lafse.demo.seed.seasons import Seasons
from lafse.demo.seed.stories import STEPS, First, Story
from lafse.demo.seed.world import World

_WEEKEND = 0.4
_LAST_HOURS = 15 * 60  # minutes
_BEFORE_OPENING = timedelta(hours=9)
_A_DAY = 24 * 60
_SAME_DAY = 3 * 60  # minutes after opening: who asks so early may be rung on the same day
_DRAWN_AGAIN = 50
_AT_THE_LATEST = timedelta(minutes=5)  # before today


@dataclass(frozen=True)
class Plan:
    """Numbers of working days: of the first try, and of each state entered after it."""

    came_at: datetime
    tries: tuple[int, ...]
    steps: tuple[tuple[State, int], ...]


def plan_of(world: World, draw: Draw, story: Story, place: Place, *, last: int | None = None, since: int = 0) -> Plan:
    """`last`: the number of the working day on which the last thing happened. `since`: the first day it may come on,
    over years."""
    if story.first is First.RUNNING:
        return Plan(world.as_of - timedelta(minutes=draw.randrange(5, _LAST_HOURS)), (), ())
    if last is None and world.seasons and story in RIPENING:
        return _forwards(world, world.seasons, draw, story, place, since)
    return _backwards(world, draw, story, place, last)


def _backwards(world: World, draw: Draw, story: Story, place: Place, last: int | None) -> Plan:
    last = world.days.today - 1 - draw.randint(*story.waits) if last is None else last
    if story.first is First.MISSED:
        return Plan(_came(world, draw, last - 2), (), ())
    gaps = [(state, draw.randint(*STEPS[state][1:])) for state in story.path if state in STEPS]
    tries = _tries(draw, story, more=not gaps)
    first_try = last - sum(gap for _, gap in gaps) - tries[-1]
    steps = _entered(gaps, first_try + tries[-1])
    late = draw.randint(1, 3) if draw.chance(world.office_of(place.council).late) else 0
    came_at = _came(world, draw, first_try - late - 1)
    return Plan(came_at, tuple(first_try + each for each in tries), tuple(steps))


def _forwards(world: World, seasons: Seasons, draw: Draw, story: Story, place: Place, since: int) -> Plan:
    """Where nobody may wait for a first call today, another day is drawn until somebody has tried."""
    plan = _from_some_day(world, seasons, draw, story, place, since)
    for _ in range(_DRAWN_AGAIN):
        if not world.past.settled or plan.tries:
            break
        plan = _from_some_day(world, seasons, draw, story, place, since)
    return plan


def _from_some_day(world: World, seasons: Seasons, draw: Draw, story: Story, place: Place, since: int) -> Plan:
    came, office, yesterday = seasons.some_day(draw, since=since), world.office_of(place.council), seasons.last
    late = min(draw.randint(1, 3), max(0, yesterday - 1 - came)) if draw.chance(office.late) else 0
    path = story.path[1:] if story.path[0] is State.IN_CONTACT else story.path
    gaps = [(state, draw.randint(*STEPS_IN_YEARS[state][1:])) for state in path]
    tries = _tries(draw, story, more=False)
    same_day = not late and draw.chance(office.quick)
    first_try = came + (0 if same_day else late + 1)
    came_at = _early(world, draw, came) if same_day else _came(world, draw, came)
    return Plan(
        min(came_at, world.as_of - _AT_THE_LATEST),
        tuple(first_try + each for each in tries if first_try + each <= yesterday),
        tuple(step for step in _entered(gaps, first_try + tries[-1]) if step[1] <= yesterday),
    )


def _tries(draw: Draw, story: Story, *, more: bool) -> tuple[int, ...]:
    return (0,) if story.first is First.REACHED else (0, 1, 3)[: draw.randint(1, 2 + more)]


def _entered(gaps: list[tuple[State, int]], day: int) -> list[tuple[State, int]]:
    steps = []
    for state, gap in gaps:
        day += gap
        steps.append((state, day))
    return steps


def _came(world: World, draw: Draw, day: int) -> datetime:
    """At any hour of that day, or of the weekend after it."""
    days = world.days
    idle = (days.days[day + 1] - days.days[day]).days - 1
    extra = draw.randint(1, idle) if idle and draw.chance(_WEEKEND) else 0
    return days.openings[day] - _BEFORE_OPENING + timedelta(days=extra, seconds=draw.randrange(_A_DAY * 60))


def _early(world: World, draw: Draw, day: int) -> datetime:
    return world.days.openings[day] + timedelta(seconds=draw.randrange(_SAME_DAY * 60))
