"""Where a figure leads, for those who may see cases. The regional lead may not, and is shown no link.

`list_behind`: the list of just those that it counts, of the same council, months and part. `begin_of_lists` and
`named`: the same in two halves, for a table of many. `board`: the list of enquiries as they are today, which is for
work that waits.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from django.urls import reverse
from django.utils.http import urlencode

from councils.access import Access
from councils.models import Council
from dashboards.figures import FIGURES
from dashboards.figures_of_rows import OF_ROWS
from dashboards.pages.asked import Asked
from dashboards.periods import MONTHS
from dashboards.span import Span

Part = tuple[str, str]  # what a figure is broken down by, and the value
WHOLE: Part = ("", "")


def board(access: Access, council: int | None = None, **narrowed: str) -> str:
    """The address of the list of enquiries, narrowed; empty for whoever may not open it. An access of one council is
    to that one's, also for somebody who works for several."""
    if council is None and len(access.councils) == 1:
        (council,) = access.councils
    if not access.councils or (council is not None and council not in access.councils):
        return ""
    wish = narrowed if council is None else {**narrowed, "council": str(council)}
    return f"{reverse('admin:enquiries_enquiry_changelist')}?{urlencode(wish)}"


def list_behind(
    figure: str,
    asked: Asked,
    *,
    council: Council | None = None,
    part: Part = WHOLE,
    month: date | None = None,
    days: Span | None = None,
) -> str:
    """Of all that the page is of, or of one council of it; of its period, of a month or of days. Empty for whoever does
    not see the cases of all of them, and where no cases are counted."""
    address, told = _address([council] if council else asked.councils, asked.access), named(figure, part)
    if not address or not told:
        return ""
    if days:
        return f"{address}?{told}&{urlencode({'since': days.first.isoformat(), 'until': days.last.isoformat()})}"
    if month:
        return f"{address}?{told}&{_months(Span(month, month))}"
    return f"{address}{asked.kept_and}{told}"


def begin_of_lists(asked: Asked, months: Span, council: Council | None = None) -> str:
    """What the addresses of all lists of these months begin with. Empty for whoever may not open them."""
    address = _address([council] if council else asked.councils, asked.access)
    return f"{address}?{_months(months)}&" if address else ""


def named(figure: str, part: Part = WHOLE) -> str:
    """In an address. Empty where no cases are counted."""
    return "" if FIGURES[figure] in OF_ROWS else urlencode({"figure": figure, **_part(part)})


def _address(councils: Sequence[Council], access: Access) -> str:
    if not access.councils.issuperset(each.pk for each in councils):
        return ""
    return _page(councils[0].slug) if len(councils) == 1 else _page()


@lru_cache(maxsize=128)
def _page(*slug: str) -> str:
    """Of a council's lists, or of the region's. A page has hundreds of links to one of them."""
    return reverse(f"admin:dashboards_cell_{'council_behind' if slug else 'behind'}", args=slug)


def _months(span: Span) -> str:
    return urlencode({"period": MONTHS, "first": f"{span.first:%Y-%m}", "last": f"{span.last:%Y-%m}"})


def _part(part: Part) -> Mapping[str, str]:
    split, value = part
    return {"split": split, "value": value} if split else {}
