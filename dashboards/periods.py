"""Which months are looked at, and which they are compared with. Pure, but for the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django import forms

from dashboards.figures import year_of
from dashboards.span import Span
from enquiries.forms.selects import LongSelect

YEARS_BACK = 10
THIS_YEAR, LAST_YEAR, MONTHS = "this_year", "last_year", "months"
BEFORE, YEAR_BEFORE = "before", "year_before"
PERIODS = {
    THIS_YEAR: "This year, since 1 April",
    LAST_YEAR: "Last year, April to March",
    MONTHS: "The months chosen here",
}
COMPARED = {
    "": "Nothing",
    BEFORE: "The months before, as many",
    YEAR_BEFORE: "The same months a year before",
}
_ENDS = {"first": "Choose the first month.", "last": "Choose the last month."}


@dataclass(frozen=True)
class Period:
    """Whole months; the last of them may not be over."""

    span: Span
    before: Span | None = None

    @property
    def words(self) -> str:
        return in_words(self.span)

    @property
    def words_before(self) -> str:
        return in_words(self.before) if self.before else ""


def in_words(span: Span) -> str:
    if span.first == span.last:
        return f"{span.first:%B %Y}"
    return f"{span.first:%B %Y} to {span.last:%B %Y}"


def later(month: date, by: int) -> date:
    """So many months later, or earlier; by first days."""
    year, number = divmod(month.year * 12 + month.month - 1 + by, 12)
    return date(year, number + 1, 1)


def months_of(span: Span) -> list[date]:
    return [later(span.first, number) for number in range(_length(span))]


def _length(span: Span) -> int:
    return (span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1


def this_year(today: date) -> Span:
    return Span(date(year_of(today), 4, 1), today.replace(day=1))


def last_year(today: date) -> Span:
    year = year_of(today)
    return Span(date(year - 1, 4, 1), date(year, 3, 1))


def compared(span: Span, how: str) -> Span | None:
    by = {BEFORE: _length(span), YEAR_BEFORE: 12}.get(how)
    return Span(later(span.first, -by), later(span.last, -by)) if by else None


class PeriodForm(forms.Form):
    """In the address of the page. What is wrong is said in words, and the running year shown.

    `first` and `last` show the months that the page is of, and `shown` says which these were: whoever has changed one
    of them means months, whatever else is chosen.
    """

    use_required_attribute = False
    asked_for: ClassVar[tuple[str, ...]] = ("period", "first", "last", "shown", "compare")
    period = forms.ChoiceField(label="Period", required=False, choices=list(PERIODS.items()))
    first = forms.ChoiceField(label="From", required=False, widget=LongSelect)
    last = forms.ChoiceField(label="To", required=False, widget=LongSelect)
    shown = forms.Field(required=False, widget=forms.HiddenInput)
    compare = forms.ChoiceField(label="Compare with", required=False, choices=list(COMPARED.items()))

    def __init__(self, data: Mapping[str, object], *, today: date) -> None:
        asked = {"period": THIS_YEAR, "compare": YEAR_BEFORE} | {
            name: data[name] for name in data if name in self.asked_for
        }
        if "compare" not in data and "period" in data:
            asked["compare"] = ""
        months = _months(today)
        super().__init__(_meant(asked, today), label_suffix="")
        self.today = today
        for name in ("first", "last"):
            self.fields[name].choices = months[::-1]  # type: ignore[attr-defined]  # a ChoiceField
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = f"{field.label}: choose from the list."

    def clean(self) -> dict[str, object]:
        given = dict(self.cleaned_data)
        if given.get("period") == MONTHS:
            for end, words in _ENDS.items():
                if given.get(end) == "":  # and not None: something else was wrong with it
                    self.add_error(end, words)
            if str(given.get("first") or "") > str(given.get("last") or "~"):
                self.add_error("last", "The last month comes before the first. Choose a later one.")
        return given

    def chosen(self) -> Period:
        """The running year where something is wrong."""
        if not self.is_valid():
            return Period(this_year(self.today))
        asked = self.cleaned_data
        span = {LAST_YEAR: last_year, MONTHS: self._months}.get(asked["period"], this_year)(self.today)
        return Period(span, compared(span, asked.get("compare", "")))

    def _months(self, today: date) -> Span:
        asked = self.cleaned_data
        first, last = (date.fromisoformat(f"{asked[end]}-01") for end in _ENDS)
        return Span(first, last)


def _meant(asked: Mapping[str, object], today: date) -> dict[str, object]:
    """With the months that are meant in `first` and `last`, and again in `shown`."""
    before = dict(zip(_ENDS, str(asked.get("shown", "")).split("_"), strict=False))
    changed = any(asked.get(end) and asked[end] != before.get(end) for end in _ENDS)
    period = MONTHS if changed else asked["period"]
    year = last_year(today) if period == LAST_YEAR else this_year(today)
    months = {"first": f"{year.first:%Y-%m}", "last": f"{year.last:%Y-%m}"}
    if period == MONTHS:
        months |= {end: str(asked[end]) for end in _ENDS if end in asked}
    return {**asked, **months, "period": period, "shown": "_".join(months.values())}


def _months(today: date) -> list[tuple[str, str]]:
    """To choose from, the earliest first: whole statistical years."""
    end = today.replace(day=1)
    begin = date(year_of(today) - YEARS_BACK, 4, 1)
    return [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in months_of(Span(begin, end))]
