"""How people came: by source, by the first and by the last thing known; by the codes of adverts and events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from campaigns.models import Code
from dashboards.figures import Split
from dashboards.pages.asked import Asked
from dashboards.pages.behind import begin_of_lists, list_behind, named
from dashboards.pages.charts import Chart, Kind
from dashboards.pages.region_costs import Costs, costs
from dashboards.pages.region_funnel import share_words
from dashboards.span import Span
from dashboards.states import Stage
from dashboards.tables import sums
from enquiries.came_states import Source

LABELS: Mapping[str, str] = dict(Source.choices)
OF_CODE = ("enquiries", "applications", "approvals")
SHOWN = (Stage.VISITED, Stage.APPLIED, Stage.APPROVED)
MOST_CODES = 60
ByValue = Mapping[str, int]


@dataclass(frozen=True)
class SourceRow:
    """Of the enquiries that came in these months. `shares`: how many of them got so far by now, each with the address
    of its list. `address`: of the list of them; `address_before`: of those of the months compared with."""

    label: str
    enquiries: int
    share: str
    shares: Sequence[tuple[str, str]]
    before: int | None
    address: str
    address_before: str


@dataclass(frozen=True)
class CodeRow:
    """`counts`: each with the address of its list."""

    code: str
    label: str
    counts: Sequence[tuple[int, str]]


@dataclass(frozen=True)
class SourcesPage:
    chart: Chart
    rows: Sequence[SourceRow]
    codes: Sequence[CodeRow]
    left_out: int
    costs: Costs


def page_of(asked: Asked) -> SourcesPage:
    span, before = asked.period.span, asked.period.before
    first = _by_value(asked, "enquiries", Split.SOURCE, span)
    last = _by_value(asked, "enquiries", Split.LAST_SOURCE, span)
    was = _by_value(asked, "enquiries", Split.SOURCE, before) if before else None
    far = _by_value(asked, "cohort_source", Split.SOURCE, span)
    codes = _codes(asked, span)
    return SourcesPage(
        _chart(asked, first, last),
        _rows(asked, first, was, far),
        codes[:MOST_CODES],
        max(0, len(codes) - MOST_CODES),
        costs(span, asked.keys, lambda split: lambda figure, source: list_behind(figure, asked, part=(split, source))),
    )


def label_of(source: str) -> str:
    return str(LABELS.get(source, "Not known"))


def _by_value(asked: Asked, figure: str, split: Split, span: Span) -> ByValue:
    found: dict[str, int] = {}
    for (_, _, value), n in sums((figure,), span, split=split, councils=asked.keys).items():
        found[value] = found.get(value, 0) + n
    return found


def _chart(asked: Asked, first: ByValue, last: ByValue) -> Chart:
    most = sorted({*first, *last}, key=lambda source: (-first.get(source, 0), label_of(source)))
    rows = [(label_of(source), first.get(source, 0), last.get(source, 0)) for source in most]
    words = f"{sum(first.values()):,} enquiries in {asked.period.words}."
    if rows and sum(first.values()):
        words += f" What they came by most often: {rows[0][0]} ({share_words(rows[0][1], sum(first.values()))})."
    splits, columns = (Split.SOURCE, Split.LAST_SOURCE), ("Source", "First", "Last")
    lists = {
        label_of(source): [list_behind("enquiries", asked, part=(split, source)) for split in splits] for source in most
    }
    return Chart(Kind.ACROSS, "What people came by", words, columns, rows, lists=lists, codes=("enquiries",))


def _rows(asked: Asked, first: ByValue, was: ByValue | None, far: ByValue) -> list[SourceRow]:
    whole = sum(first.values())
    shown = sorted({*first, *(was or ())}, key=lambda source: (-first.get(source, 0), label_of(source)))
    return [
        SourceRow(
            label_of(source),
            first.get(source, 0),
            share_words(first.get(source, 0), whole),
            [_got_to(asked, far, source, stage) for stage in SHOWN],
            None if was is None else was.get(source, 0),
            list_behind("enquiries", asked, part=(Split.SOURCE, source)),
            _before(asked, source),
        )
        for source in shown
    ]


def _got_to(asked: Asked, far: ByValue, source: str, stage: Stage) -> tuple[str, str]:
    n, whole = (far.get(f"{source}|{each}", 0) for each in (stage, Stage.ENQUIRED))
    address = list_behind("cohort_source", asked, part=(Split.SOURCE, f"{source}|{stage}"))
    return share_words(n, whole), address if n else ""


def _before(asked: Asked, source: str) -> str:
    begin = begin_of_lists(asked, asked.period.before) if asked.period.before else ""
    return f"{begin}{named('enquiries', (Split.SOURCE, source))}" if begin else ""


def _codes(asked: Asked, span: Span) -> list[CodeRow]:
    """The most first. Codes are public words, so whoever sees the region sees them."""
    found: dict[str, dict[str, int]] = {figure: {} for figure in OF_CODE}
    for (_, figure, code), n in sums(OF_CODE, span, split=Split.CODE, councils=asked.keys).items():
        found[figure][code] = found[figure].get(code, 0) + n
    codes = {code for counts in found.values() for code in counts}
    named = dict(Code.objects.filter(hub=asked.hub, code__in=codes).values_list("code", "label"))
    rows = [CodeRow(code, named.get(code, ""), _of_code(asked, code, found)) for code in codes]
    return sorted(rows, key=lambda row: (*(-n for n, _ in row.counts), row.code))


def _of_code(asked: Asked, code: str, found: Mapping[str, Mapping[str, int]]) -> list[tuple[int, str]]:
    return [(found[figure].get(code, 0), list_behind(figure, asked, part=(Split.CODE, code))) for figure in OF_CODE]
