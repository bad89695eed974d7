"""Cases that belong together: passed on, sent twice, perhaps the same people, one household in two councils."""

from dataclasses import replace
from datetime import datetime, timedelta

from councils.models.todos import ToDoKind
from enquiries.handover_states import SameWhy, SuggestionState
from enquiries.models import HouseholdProposal, Merge, Suggestion
from enquiries.states import State
from lafse.demo.seed.arrival import arrive, received
from lafse.demo.seed.case import Case
from lafse.demo.seed.coming import came_by
from lafse.demo.seed.draw import Draw
from lafse.demo.seed.handovers import passed_on
from lafse.demo.seed.life import live
from lafse.demo.seed.people import Person, somebody
from lafse.demo.seed.places import Place
from lafse.demo.seed.plans import plan_of
from lafse.demo.seed.rows import Values
from lafse.demo.seed.stories import DUPLICATE, PASSED_ON, Special, Story
from lafse.demo.seed.world import World

_IN_TWO_COUNCILS_KNOWN = 0.5


def one(world: World, draw: Draw, number: int) -> Case:
    story = world.story_of(number)
    person = somebody(draw, number, is_open=world.is_open(number), transfers=story.special is Special.RECORDS)
    return live(world, draw, number, story, person, world.places.somewhere(draw))


def handed_over(world: World, draw: Draw, first: int, second: int) -> list[Case]:
    """The second begins when the first was passed on, and goes on as its own story says."""
    person, place = somebody(draw, first, is_open=False), world.places.somewhere(draw)
    story = _plain(world, second)
    plan = plan_of(world, draw, story, place)
    day = world.days.number_of(plan.came_at.date() + timedelta(days=1)) - 1
    sender = live(world, draw, first, PASSED_ON, person, place, plan=plan_of(world, draw, PASSED_ON, place, last=day))
    there = world.places.elsewhere(place, draw)
    receiver = live(world, draw, second, story, person, there, plan=replace(plan, came_at=sender.at), sender=sender)
    passed_on(sender, receiver)
    return [sender, receiver]


def came_again(world: World, draw: Draw, first: int, second: int) -> list[Case]:
    """The same people asked once more, after the first enquiry had ended: in the same year or years later."""
    before = one(world, draw, first)
    again = _plain(world, second)
    since = world.days.number_of(before.at.date()) + draw.randint(20, 200)
    if world.seasons is None or before.time_of("closed_at") is None or since >= world.seasons.last:
        return [before, one(world, draw, second)]
    plan = plan_of(world, draw, again, before.place, since=since)
    other = live(world, draw, second, again, before.person, before.place, plan=plan)
    for values in (other.values, *(values for _, values in other.rows if "household_id" in values)):
        values["household_id"] = before.household
    return [before, other]


def joined(world: World, draw: Draw, first: int, second: int) -> list[Case]:
    """Both partners asked, and a colleague saw that they are one case."""
    kept = one(world, draw, first)
    person = kept.person.partner(draw, second)
    soon = min(timedelta(hours=10), (world.as_of - kept.created_at) / 3)
    came_at = kept.created_at + soon * draw.random()
    other = arrive(world, draw, second, DUPLICATE, person, kept.place, came_at)
    received(other)
    came_by(other)
    at = came_at + soon
    other.values |= {
        "state": State.DUPLICATE.value,
        "state_changed_at": at,
        "closed_at": at,
        "next_due_at": None,
        "first_seen_at": at,
        "owner_id": kept.owner,
        "merged_into_id": kept.id,
        "household_id": kept.values["household_id"],
    }
    kept.known_as.add(other.reference)
    _write_merge(kept, other, at)
    return [kept, other]


def maybe_the_same(world: World, draw: Draw, first: int, second: int) -> list[Case]:
    """Surname and postcode agree; nobody has looked yet."""
    older = one(world, draw, first)
    person = older.person.partner(draw, second)
    newer = live(world, draw, second, _plain(world, second), person, older.place)
    at = max(older.created_at, newer.created_at)
    pair: Values = {"enquiry_id": newer.id, "other_id": older.id, "why": SameWhy.NAME_AND_POSTCODE.value, "at": at}
    newer.add(Suggestion, pair)
    newer.todo(ToDoKind.MAYBE_DUPLICATE, at, due=newer.time_of("next_due_at") or world.as_of)
    return [older, newer]


def in_two_councils(world: World, draw: Draw, first: int, second: int) -> list[Case]:
    """Known as one household by the email address; or two that share a surname and a postcode, for the hub to judge."""
    here = one(world, draw, first)
    there = world.places.elsewhere(here.place, draw)
    if draw.chance(_IN_TWO_COUNCILS_KNOWN):
        other = _also(world, draw, second, here.person, there)
        other.values["household_id"] = here.values["household_id"]
        here.remembered = other.remembered = True
        return [here, other]
    other = _also(world, draw, second, here.person.partner(draw, second), there)
    low, high = sorted(str(case.values["household_id"]) for case in (here, other))
    at = max(here.created_at, other.created_at)
    other.add(HouseholdProposal, {"household_a": low, "household_b": high, "at": at}, council=world.hub_office)
    return [here, other]


def _also(world: World, draw: Draw, number: int, person: Person, place: Place) -> Case:
    return live(world, draw, number, _plain(world, number), person, place)


def _plain(world: World, number: int) -> Story:
    """As it would be, without what makes it a special one."""
    return replace(world.story_of(number), special=Special.NOTHING)


def _write_merge(kept: Case, other: Case, at: datetime) -> None:
    by = kept.owner
    pair: Values = {"enquiry_id": other.id, "other_id": kept.id, "why": SameWhy.NAME_AND_POSTCODE.value}
    settled: Values = {"state": SuggestionState.MERGED.value, "settled_at": at, "settled_by_id": by}
    suggestion = other.add(Suggestion, pair | settled | {"at": other.created_at})
    moved: Values = {"doors": [], "suggestions": [str(suggestion)], "closed": [], "opened": []}
    before: Values = {"merged": _before(other), "kept": {}, "set": {}}
    both: Values = {"kept_id": kept.id, "merged_id": other.id}
    other.add(Merge, both | {"at": at, "by_id": by, "moved": moved, "before": before})
    joined: dict[str, object] = {"kept": str(kept.id), "reference": other.reference, "old_state": State.NEW.value}
    for side, case in (("from", other), ("to", kept)):
        joined |= {f"{side}_{each}": str(case.values[f"{each}_id"]) for each in ("journey", "household")}
    other.event("merged", at, by=by, **joined, state=State.DUPLICATE.value)


def _before(other: Case) -> Values:
    """What undoing the merge puts back."""
    plain: Values = {"state": State.NEW.value, "state_since": None, "closed_at": None, "close_reason": ""}
    due = other.time_of("promise_due_at")
    return plain | {
        "state_changed_at": other.created_at.isoformat(),
        "wake_on": None,
        "next_due_at": due.isoformat() if due else None,
    }
