"""What worked, over the campaigns of whoever asks; and campaigns over the curve of enquiries."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaigns.attribution import Rule
from campaigns.came.calendar_page import WEEKS, drawn
from campaigns.came.reach import councils_edited
from campaigns.came.results_page import Span, page_of
from councils.access import StaffRequest
from councils.clock import hub_now
from councils.refusals import Refused
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
        return told

    def asked(self) -> tuple[Span, Rule]:
        """Raises Refused."""
        told = self.told()
        return Span(told["since"], told["until"]), Rule(told["by"])


@require_safe
def results(request: StaffRequest) -> HttpResponse:
    councils = councils_edited(request)
    today = in_london(hub_now()).date()
    span, rule = Span(today - A_YEAR, today), Rule.FIRST
    form = SpanForm(initial={"since": span.since, "until": span.until, "by": rule})
    if request.GET:
        form = SpanForm(request.GET)
        with suppress(Refused):  # the errors stand at the fields, above the last year
            span, rule = form.asked()
    shown = {"form": form, "page": page_of(councils, span, rule), "span": span}
    return render(request, "staff/campaigns/results.html", frame(request, "What worked") | shown)


@require_safe
def calendar(request: StaffRequest) -> HttpResponse:
    councils = councils_edited(request)
    shown = {"page": drawn(councils, in_london(hub_now()).date()), "weeks": WEEKS}
    return render(request, "staff/campaigns/calendar.html", frame(request, "Calendar of campaigns") | shown)
