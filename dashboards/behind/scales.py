"""Parts by how long something took: working hours, days waited, days in a stage. A part is one step of
dashboards.hours, or all from one step to another. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboards.figures import Split
from dashboards.states import Stage

_WRITTEN = re.compile(r"(?P<first>\d{1,5})(?P<on>-(?P<last>\d{1,5})?)?", re.ASCII)


def _plain(step: int) -> str:
    return f"{step:,}"


def _in_hours(half: int) -> str:
    return f"{half / 2:,.1f}".removesuffix(".0")


# What a part is called, and how its steps are told.
_WORDS: Mapping[str, tuple[str, Callable[[int], str]]] = {
    Split.HOURS: ("Working hours, rounded up", _in_hours),
    Split.WAIT: ("Days waited", _plain),
    Split.STAGE_DAYS: ("Days in a stage", _plain),
}


@dataclass(frozen=True)
class Steps:
    """Both ends included. `last`: None for however long; `stage`: the one that was left."""

    first: int = 0
    last: int | None = None
    stage: str = ""

    def holds(self, value: str) -> bool:
        """`value`: of a count."""
        stage, _, step = value.rpartition("|")
        return stage == self.stage and self.first <= int(step) and (self.last is None or int(step) <= self.last)


def steps_of(split: str, value: str) -> Steps | None:
    """From “8”, “8-14” or “8-”, after “visited|” where it is of a stage; “visited|” alone is all who left it. None: no
    such part."""
    stage, bar, written = value.rpartition("|")
    if split not in _WORDS or (stage not in Stage if split == Split.STAGE_DAYS else bar):
        return None
    if stage and not written:
        return Steps(stage=stage)
    if not (found := _WRITTEN.fullmatch(written)):
        return None
    first = int(found["first"])
    last = (int(found["last"]) if found["last"] else None) if found["on"] else first
    return None if last is not None and last < first else Steps(first, last, stage)


def in_words(split: str, steps: Steps) -> str:
    named, told = _WORDS[split]
    parts = [str(Stage(steps.stage).label)] if steps.stage else []
    if steps.last is None:
        parts += [f"{told(steps.first)} or more"] if steps.first else []
    elif steps.first == steps.last:
        parts.append(told(steps.first))
    else:
        parts.append(f"{told(steps.first)} to {told(steps.last)}" if steps.first else f"up to {told(steps.last)}")
    return f"{named}: {', '.join(parts) or 'however many'}"
