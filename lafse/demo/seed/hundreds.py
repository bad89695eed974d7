"""A hundred cases: three open, and among them a few pairs that belong together."""

from collections.abc import Callable, Iterator

from lafse.demo.seed.case import Case
from lafse.demo.seed.draw import Draw
from lafse.demo.seed.pairs import came_again, handed_over, in_two_councils, joined, maybe_the_same, one
from lafse.demo.seed.stories import Special
from lafse.demo.seed.world import Past, World

Pair = Callable[[World, Draw, int, int], list[Case]]
SIZE = 100


def _pairs(block: int, past: Past) -> list[tuple[int, int, Pair]]:
    """Places within the hundred. Of every third the receiver of a handover is open, and so on."""
    if past.settled:
        return [(3, 4, handed_over), (5, 6, joined), (11, 12, came_again)]
    found: list[tuple[int, int, Pair]] = [
        (3, 2 if block % 3 == 1 else 4, handed_over),
        (5, 6, joined),
    ]
    if past.years:
        found.append((11, 12, came_again))
    if block % 4 == 0:
        found.append((7, 8, in_two_councils))
    if block % 5 == 2:
        found.append((9, 0, maybe_the_same))
    if block % 5 == 1:
        found.append((1, 10, joined))
    if block % 5 == 0:
        found.append((0, 1, maybe_the_same))
    return found


def _is_special(world: World, block: int, *places: int) -> bool:
    """A story that is rare is not given up for a pair."""
    return any(world.story_of(block * SIZE + place).special is not Special.NOTHING for place in places)


def cases_of(world: World, block: int, size: int = SIZE) -> Iterator[Case]:
    """`size`: fewer in the last one."""
    draw = Draw(f"{world.seed}:{block}")
    done: set[int] = set()
    for first, second, pair in _pairs(block, world.past):
        if max(first, second) < size and not _is_special(world, block, first, second):
            done |= {first, second}
            yield from pair(world, draw, block * SIZE + first, block * SIZE + second)
    for place in range(size):
        if place not in done:
            yield one(world, draw, block * SIZE + place)
