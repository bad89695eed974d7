"""What else happened on a day, beside the figures: read for whoever sees them, of one council or of all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from councils.tenancy import as_hub
from dashboards.models import Annotation
from dashboards.periods import later
from dashboards.span import Span
from dashboards.states import Grain

MOST = 200


def days_of(hub: int, span: Span) -> list[Annotation]:
    """The earliest first."""
    last = later(span.last, 1) if span.grain == Grain.MONTH else span.last
    with as_hub(hub):
        rows = Annotation.objects.filter(hub=hub, on__gte=span.first).order_by("on", "pk")
        inside = rows.filter(on__lt=last) if span.grain == Grain.MONTH else rows.filter(on__lte=last)
        return list(inside[:MOST])


def remarks_of(hub: int, span: Span, *, label: str = "%b %Y") -> Mapping[str, Sequence[str]]:
    """By the label of a month, or of a day where the span is of days: what a table of them says beside its numbers."""
    found = defaultdict[str, list[str]](list)
    for each in days_of(hub, span):
        day = f"{each.on:%-d %B}: " if span.grain == Grain.MONTH else ""
        found[_label(each.on, label)].append(f"{day}{each.words}")
    return dict(found)


def _label(on: date, label: str) -> str:
    return f"{on:{label}}"
