"""What needs attention in a council, first: pure, from its numbers and the region's middle."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from campaigns.intervals import of_share
from dashboards.beside import Middle
from dashboards.measures import MEASURES, STEADY, Numbers, in_words

MUCH_SLOWER = 1.5
SLOWER = ("first_try", "reached")


@dataclass(frozen=True)
class Pressing:
    """`figure`: of which the list, of all time, shows whom it is about; empty where none does."""

    words: str
    figure: str = ""


def pressing(now: Numbers, held: Numbers, before: Numbers | None, region: Mapping[str, Middle]) -> Iterator[Pressing]:
    """`now`: of all time, so what stands today; `held`: of the period."""
    missed = now.n("promise_missed")
    if missed:
        whom = "1 person has" if missed == 1 else f"{missed:,} people have"
        yield Pressing(f"{whom} not heard from anybody by the time promised.", figure="promise_missed")
    yield from _promise(held, before, region)
    yield from _slow(held, region)


def _promise(held: Numbers, before: Numbers | None, region: Mapping[str, Middle]) -> Iterator[Pressing]:
    """Chance alone must not explain it: the whole interval lies below."""
    value = MEASURES["promise"].of(held)
    if value.number is None or value.cases < STEADY:
        return
    at_most = of_share(value.part, value.cases).high or 1.0
    middle = region.get("promise")
    if middle and at_most < middle.number:
        yield Pressing(f"{value.words} of promises were kept in time. The middle of the region is {middle.middle}.")
    was = MEASURES["promise"].of(before) if before else None
    if was and was.number is not None and was.is_steady and at_most < was.number:
        yield Pressing(f"{value.words} of promises were kept in time, {was.words} in the period before.")


def _slow(held: Numbers, region: Mapping[str, Middle]) -> Iterator[Pressing]:
    for code in SLOWER:
        measure, middle = MEASURES[code], region.get(code)
        value = measure.of(held)
        if middle and value.number is not None and value.is_steady and value.number > MUCH_SLOWER * middle.number:
            what = "until somebody tried" if code == "first_try" else "until they were spoken with"
            told = in_words(value.unit, value.number)
            yield Pressing(
                f"Half of all people waited {told} of working time {what}. In the region it is {middle.middle}."
            )
