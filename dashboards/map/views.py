"""The region as a map, by any figure."""

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from councils.access import StaffRequest
from dashboards.figures import FIGURES
from dashboards.map.page import page_of
from dashboards.measures import MEASURES, Measure
from dashboards.pages.asked import framed, of_region
from dashboards.periods import PeriodForm
from enquiries.forms.selects import LongSelect


class FigureForm(PeriodForm):
    """Without a comparison: one picture shows one period."""

    figure = forms.ChoiceField(
        label="Figure",
        required=False,
        widget=LongSelect,
        choices=[(each.code, each.name) for each in MEASURES.values()],
    )
    field_order = ("figure",)
    asked_for: ClassVar[tuple[str, ...]] = (*PeriodForm.asked_for, "figure")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        del self.fields["compare"]

    def measure(self) -> Measure:
        """The first one where none, or no such, was asked for."""
        asked = self.cleaned_data.get("figure")
        return MEASURES[asked] if asked else next(iter(MEASURES.values()))


@require_safe
def region_map(request: StaffRequest) -> HttpResponse:
    asked = of_region(request)
    form = FigureForm(request.GET.dict(), today=asked.today)
    kept = "" if form.errors else asked.kept  # the running year is shown where something is wrong
    asked = replace(asked, form=form, period=form.chosen(), kept=kept)
    page = page_of(asked, form.measure())
    shown = {"page": page, "definition": FIGURES[page.measure.figure]}
    status = 422 if form.errors else 200
    return render(request, "staff/figures/map.html", framed(request, "Map of the region", asked) | shown, status=status)
