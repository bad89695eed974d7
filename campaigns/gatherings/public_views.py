"""Events on the public site: what there is, one of them, and booking it. No council is in scope around these pages."""

import uuid
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from campaigns.actions.bookings import Booker
from campaigns.actions.bookings import book as take_booking
from campaigns.actions.reminding import DAY_BEFORE
from campaigns.gatherings.calendar import NAME, calendar_of
from campaigns.gatherings.public_forms import BookingForm
from campaigns.gatherings.shown import Listed, council_of, event_of, gathering_of, listed
from campaigns.states import BookingState
from councils.clock import hub_now
from councils.context import hub_of
from councils.models import Council
from councils.refusals import Refused
from councils.tenancy import as_council
from enquiries.calendar_file import TYPE
from enquiries.coming import came_in, onward
from enquiries.views import INVALID, of_one_visitor, require_get_or_post

BOOKED, WAITING = "booked", "waiting"


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    councils = list(Council.objects.filter(hub=hub_of(request)).select_related("hub"))
    return render(
        request, "events/list.html", {"events": listed(councils), "back": onward(request, reverse("pages:home"))}
    )


@require_safe
def events_of(request: HttpRequest, council: str) -> HttpResponse:
    host = council_of(hub_of(request), council)
    values = {"events": listed([host]), "council": host, "back": onward(request, reverse("campaigns:events"))}
    return render(request, "events/list.html", values)


@require_safe
def event(request: HttpRequest, council: str, gathering_id: uuid.UUID) -> HttpResponse:
    host = council_of(hub_of(request), council)
    shown = event_of(host, gathering_id)
    values = {
        "event": shown,
        "council": host,
        "back": onward(request, reverse("campaigns:events_of", args=[host.slug])),
    }
    return render(request, "events/event.html", values)


@require_safe
def calendar(request: HttpRequest, council: str, gathering_id: uuid.UUID) -> HttpResponse:
    host = council_of(hub_of(request), council)
    with as_council(host):
        file = calendar_of(gathering_of(host, gathering_id), host, hub_now())
    name = {"Content-Disposition": f'attachment; filename="{NAME}"'}
    return HttpResponse(file, content_type=TYPE, headers=name)


@require_get_or_post
@of_one_visitor
def book(request: HttpRequest, council: str, gathering_id: uuid.UUID) -> HttpResponse:
    host = council_of(hub_of(request), council)
    shown = event_of(host, gathering_id)
    if not shown.is_open:
        return redirect(_page(shown))
    form = BookingForm(request.POST if request.method == "POST" else None, now=hub_now())
    if form.is_bound and form.is_valid():
        return _take(request, shown, replace(form.booker(), came=came_in(request)))
    values = {"form": form, "event": shown, "page_title": "Book a place", "back": _page(shown)}
    return render(request, "events/book.html", values, status=INVALID if form.errors else 200)


def _take(request: HttpRequest, shown: Listed, booker: Booker) -> HttpResponse:
    """What the next page says stands in its address, and tells nobody who booked."""
    with as_council(shown.council):
        gathering = gathering_of(shown.council, shown.key)
    try:
        done = take_booking(gathering, booker, by=None)
    except Refused:  # closed or cancelled since the page was opened: the event's own page says so
        return redirect(_page(shown))
    messages.info(request, done.promise.sentence)
    how = WAITING if done.told == BookingState.WAITING else BOOKED
    return redirect("campaigns:booked", shown.council.slug, shown.key, how)


@require_safe
@of_one_visitor
def booked(request: HttpRequest, council: str, gathering_id: uuid.UUID, how: str) -> HttpResponse:
    host = council_of(hub_of(request), council)
    event = event_of(host, gathering_id)
    soon = event.starts_at - hub_now() <= DAY_BEFORE  # no reminder follows to who books this late
    values = {"event": event, "council": host, "waits": how == WAITING, "is_soon": soon}
    return render(request, "events/booked.html", values)


def _page(shown: Listed) -> str:
    return reverse("campaigns:event", args=[shown.council.slug, shown.key])
