"""What worked, over the campaigns of whoever asks; and campaigns over the curve of enquiries."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaigns.attribution import Rule
from campaigns.came.calendar_page import WEEKS, drawn
from campaigns.came.reach import councils_edited
from campaigns.came.results_page import ResultsPage, Span, page_of
from campaigns.days_meant import TOO_FAR, is_meant
from councils.access import StaffRequest
from councils.clock import hub_now
from councils.working_time import in_london
from enquiries.casework_views import frame
from enquiries.forms.casework import StaffForm
from enquiries.forms.steps import day_field

A_YEAR, LONGEST = timedelta(days=364), timedelta(days=3 * 366)


class SpanForm(StaffForm):
    since = day_field("From", missing="Say from which day.")
    until = day_field("To", missing="Say until which day.")
    by = forms.ChoiceField(
        label="Counted by",
        choices=[(Rule.FIRST, "What people came by first"), (Rule.LAST, "What they came by last")],
        error_messages={"required": "Say how to count.", "invalid_choice": "Say how to count."},
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        since, until = told.get("since"), told.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day is before the first.")
        elif since and until and until - since > LONGEST:
            self.add_error("since", "At most three years at once.")
        elif until and not is_meant(until, in_london(hub_now()).date()):
            self.add_error("until", TOO_FAR)
        return told

    def asked(self) -> tuple[Span, Rule] | None:
        """None where it says nothing that could be counted. Boxes for dates then become plain ones: a browser empties
        the others of whatever is no date."""
        if self.is_valid():
            return Span(self.cleaned_data["since"], self.cleaned_data["until"]), Rule(self.cleaned_data["by"])
        for name in {"since", "until"} & set(self.errors):
            self.fields[name].widget = forms.TextInput()
        return None


@require_safe
def results(request: StaffRequest) -> HttpResponse:
    councils = councils_edited(request)
    today = in_london(hub_now()).date()
    last_year = Span(today - A_YEAR, today)
    if not request.GET:
        form = SpanForm(initial={"since": last_year.since, "until": last_year.until, "by": Rule.FIRST})
        return _page(request, form, page_of(councils, last_year, Rule.FIRST), last_year)
    form = SpanForm(request.GET)
    asked = form.asked()
    return _page(request, form, page_of(councils, *asked), asked[0]) if asked else _page(request, form)


def _page(
    request: StaffRequest, form: SpanForm, page: ResultsPage | None = None, span: Span | None = None
) -> HttpResponse:
    """Without figures where it was not understood of which days: those of others would be taken for them."""
    shown = frame(request, "What worked") | {"form": form, "page": page, "span": span}
    return render(request, "staff/campaigns/results.html", shown, status=200 if page else 422)


@require_safe
def calendar(request: StaffRequest) -> HttpResponse:
    councils = councils_edited(request)
    shown = {"page": drawn(councils, in_london(hub_now()).date()), "weeks": WEEKS}
    return render(request, "staff/campaigns/calendar.html", frame(request, "Calendar of campaigns") | shown)
