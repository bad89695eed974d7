"""The parts of docs/figures.md that are lists: written from the code, so that they say what it does.

Each stands between two marks; what is between the parts is written by people.
"""

from collections.abc import Callable, Iterator, Mapping

from dashboards.exports.chosen import By, Part
from dashboards.exports.columns import columns_of
from dashboards.exports.households import COLUMNS
from dashboards.exports.published import ABOUT, PUBLISHED
from dashboards.figures import FIGURES, RULES

BEGIN, END = "<!-- begin: {} -->", "<!-- end: {} -->"


def _rules() -> Iterator[str]:
    yield f"Version of the rules: **{RULES}**."


def _figures() -> Iterator[str]:
    yield from ("| Code | Name | What exactly it counts | In | Broken down by |", "|---|---|---|---|---|")
    for each in FIGURES.values():
        splits = ", ".join(f"`{split}`" for split in each.splits) or "–"
        yield f"| `{each.code}` | {each.name} | {each.definition} | {each.unit} | {splits} |"


def _numbers() -> Iterator[str]:
    yield from ("| A row for each | Columns |", "|---|---|")
    for by in By:
        names = "; ".join(column.name for column in columns_of(by, Part.ALL))
        yield f"| {by.label} (`{by.value}`) | {names or '–'} |"


def _year() -> Iterator[str]:
    yield from ("| Column | Ofsted’s name | Figure | What it holds |", "|---|---|---|---|")
    for column, words in ABOUT.items():
        yield f"| `{column}` | – | – | {words} |"
    for each in PUBLISHED:
        yield f"| `{each.column}` | {each.ofsted or '–'} | `{each.figure}` | {each.words} |"


def _households() -> Iterator[str]:
    yield from ("| Column | What it holds |", "|---|---|")
    for each in COLUMNS:
        yield f"| `{each.column}` | {each.words} |"


PARTS: Mapping[str, Callable[[], Iterator[str]]] = {
    "rules": _rules,
    "figures": _figures,
    "numbers": _numbers,
    "year": _year,
    "households": _households,
}


def written_anew(document: str) -> str:
    """With every list as the code has it now. Raises KeyError where a mark is missing."""
    for name, part in PARTS.items():
        begin, end = BEGIN.format(name), END.format(name)
        if begin not in document or end not in document:
            raise KeyError(name)
        before, _, rest = document.partition(begin)
        document = before + "\n".join((begin, *part(), end)) + rest.partition(end)[2]
    return document
