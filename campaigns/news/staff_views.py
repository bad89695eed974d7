"""Subscribers, for who runs campaigns: how many, one person by their whole address, and ending it for who rings."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from campaigns.actions import leaving
from campaigns.came.reach import councils_edited
from campaigns.models import Subscriber
from campaigns.news.agreements import told_of
from campaigns.news.staff_forms import EndForm, FindForm
from campaigns.news.tallies import lines, lists_brought
from campaigns.states import Origin, Purpose
from councils.access import StaffRequest
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.casework_views import frame
from enquiries.forms.rights import TakeOutForm
from outbox.suppressions import address_hash

LIST, CHANGE = "admin:campaigns_subscriber_changelist", "admin:campaigns_subscriber_change"


@require_http_methods(["GET", "HEAD", "POST"])
def subscribers(request: StaffRequest) -> HttpResponse:
    """An address travels by POST only."""
    keys = councils_edited(request)
    councils = list(Council.objects.filter(pk__in=keys).order_by("name"))
    form = FindForm(request.POST if request.method == "POST" else None)
    counted = lines(councils)
    values: dict[str, object] = {
        "lines": [line for line in counted if not line.is_empty],
        "empty": [line.council for line in counted if line.is_empty],
        "councils": councils,
        "lists": lists_brought(councils),
    }
    values |= {"form": form, "purposes": Purpose.labels, "origins": Origin.labels}
    if form.is_bound and form.is_valid():
        wanted = address_hash(form.cleaned_data["address"])
        found = Subscriber.objects.filter(council__in=keys, address_hash=wanted).select_related("council")
        values["found"] = list(found.order_by("council__name"))
    status = 422 if form.errors else 200
    return render(request, "staff/news/list.html", frame(request, "Subscribers") | values, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def subscriber(request: StaffRequest, subscriber_id: UUID) -> HttpResponse:
    own = _visible(request, subscriber_id)
    if request.method != "POST":
        return subscriber_page(request, own)
    try:
        leaving.leave_by_phone(own, reach=EndForm(request.POST).chosen(), by=request.access)
    except Refused as refusal:
        return subscriber_page(request, own, refusal)
    messages.success(request, "Written down: they get no more news.")
    return redirect(CHANGE, own.pk)


def _visible(request: StaffRequest, subscriber_id: UUID) -> Subscriber:
    found = Subscriber.objects.filter(council__in=councils_edited(request)).select_related("council__hub", "brought_by")
    own: Subscriber = get_object_or_404(found, pk=subscriber_id)
    return own


def subscriber_page(request: StaffRequest, own: Subscriber, refusal: Refused | None = None) -> HttpResponse:
    leaving.note_look(own, by=request.access)
    answers = request.access.may(Permission.ANSWER_RIGHTS, own.council_id)
    values = {
        "own": own,
        "agreements": told_of(own),
        "refusal": refusal,
        "purpose": TakeOutForm()["purpose"] if answers and own.address and not own.enquiry_id else None,
    }
    context = frame(request, "One subscriber") | values
    return render(request, "staff/news/subscriber.html", context, status=409 if refusal else 200)
