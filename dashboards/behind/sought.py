"""Which figure somebody wants the list of: the whole or a part of it, of months or of days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from dashboards.behind import scales
from dashboards.exports.chosen import By
from dashboards.exports.columns import BY_PARTS
from dashboards.exports.labels import in_words
from dashboards.figures import FIGURES, Figure, Split
from dashboards.figures_of_rows import OF_ROWS
from dashboards.periods import in_words as months_in_words
from dashboards.periods import later
from dashboards.span import Span
from dashboards.states import Grain, Stage

EVER = date(2000, 1, 1)  # before anything that is counted
WITH_STAGE = ("cohort_source",)  # a part of it is a source and a stage
# Counts of journeys; of messages, money and events there is no list of cases.
LISTED: Mapping[str, Figure] = {code: each for code, each in FIGURES.items() if each not in OF_ROWS}


@dataclass(frozen=True)
class Sought:
    """`split` and `value`: which part; both empty for the whole. Days are counted without parts."""

    figure: Figure
    span: Span
    split: str = ""
    value: str = ""

    @property
    def first(self) -> date:
        return self.span.first

    @property
    def last(self) -> date:
        """The last day of it."""
        if self.days:
            return self.days.last
        return later(self.span.last, 1) - timedelta(days=1)

    @property
    def days(self) -> Span | None:
        """Where it is of days."""
        return self.span if self.span.grain == Grain.DAY else None

    @property
    def when(self) -> str:
        if not self.days:
            return months_in_words(self.span)
        if self.first == EVER:
            return f"up to {self.last:%-d %B %Y}"
        return f"{self.first:%-d %B %Y} to {self.last:%-d %B %Y}"

    @cached_property
    def steps(self) -> scales.Steps | None:
        """Where the part is one by how long something took."""
        return scales.steps_of(self.split, self.value)

    def holds(self, value: str) -> bool:
        """`value`: of a count of this figure that is broken down by `split`."""
        return self.steps.holds(value) if self.steps else value == self.value

    @property
    def part(self) -> str:
        """In words; empty for the whole."""
        if not self.split:
            return ""
        if self.steps:
            return scales.in_words(self.split, self.steps)
        value, bar, stage = self.value.partition("|")
        words = [value_in_words(self.split, value), *([Stage(stage).label] if bar and stage in Stage else [])]
        return f"{By(self.split).label}: {', '.join(words)}"


def value_in_words(split: str, value: str) -> str:
    return in_words(By(split), value)


def sought_of(asked: Mapping[str, str], span: Span) -> Sought | None:
    """From the address of the page. `span`: what it asks for where it names no days. None: no such list."""
    figure = LISTED.get(asked.get("figure", "enquiries"))
    split, value = asked.get("split", ""), asked.get("value", "")
    days = _days(asked)
    if figure is None or (days is None and _names_days(asked)) or (days and split):
        return None
    if not split:
        return None if figure.code in BY_PARTS else Sought(figure, days or span)
    if split not in figure.splits or not _is_known(figure, split, value):
        return None
    return Sought(figure, span, split, value)


def _names_days(asked: Mapping[str, str]) -> bool:
    return "since" in asked or "until" in asked


def _days(asked: Mapping[str, str]) -> Span | None:
    """Up to a day, where none is named from which."""
    try:
        first, last = (date.fromisoformat(asked[end]) if end in asked else EVER for end in ("since", "until"))
    except ValueError:
        return None
    return Span(first, last, Grain.DAY) if EVER <= first <= last and "until" in asked else None


def _is_known(figure: Figure, split: str, value: str) -> bool:
    """Codes are anybody's words. Of other parts there is a list: nothing else is repeated on a page. Topics of wishes
    are only ever released: a list of a few would say who of them wished to talk about what."""
    if split not in By:
        return scales.steps_of(split, value) is not None
    if split in (Split.CODE, Split.LAST_CODE):
        return 0 < len(value) <= 40
    if split == Split.STAGE:
        return value in Stage
    value, bar, stage = value.partition("|")
    told = stage in Stage if figure.code in WITH_STAGE else not bar
    return told and (not value or value_in_words(split, value) != value)
