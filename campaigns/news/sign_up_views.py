"""The newsletter page. Whether an address was known, and whether a mail was sent, is never said."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from campaigns import wordings
from campaigns.actions import subscribing
from campaigns.models import Subscriber
from campaigns.news.forms import SignUpForm
from campaigns.news.links import token_of
from campaigns.news.pages import sender_of
from campaigns.news.views import by_link, standing_of
from campaigns.states import Purpose
from councils.context import hub_of
from councils.doors import find_door
from councils.models import Council
from councils.models.doors import DoorPurpose
from councils.rate_limits import Limit, exceeded, network_of
from councils.tenancy import as_council
from enquiries.status_access import unshared
from enquiries.views import INVALID, TEN_MINUTES, require_get_or_post, too_many


@require_get_or_post
@unshared
def sign_up(request: HttpRequest, slug: str = "") -> HttpResponse:
    hub = hub_of(request)
    members = list(Council.objects.fostering().filter(hub=hub).order_by("name"))
    if slug and slug not in {council.slug for council in members}:
        raise Http404
    form = SignUpForm(request.POST if request.method == "POST" else None, hub=hub, councils=members, asked_for=slug)
    if form.is_bound and form.is_valid():
        if exceeded(Limit("news_asked", settings.LINKS_PER_NETWORK, TEN_MINUTES), network_of(request)):
            return too_many(request)
        if not form.is_a_program:
            subscribing.ask_to_confirm(form.place().council, form.asked())
        return redirect("campaigns:news_on_its_way")
    values = {"form": form, "page_title": "Get news about fostering", "back": reverse("pages:home")}
    return render(request, "news/sign_up.html", values, status=INVALID if form.errors else 200)


@require_safe
@unshared
def on_its_way(request: HttpRequest) -> HttpResponse:
    return render(request, "news/on_its_way.html")


@by_link
def confirm(request: HttpRequest, token: str, wanted: str) -> HttpResponse:
    """`wanted` may be changed by whoever holds the link: they say for themselves what they want."""
    purposes = [purpose for purpose in Purpose if purpose.value in wanted.split("-")]
    door = find_door(token, DoorPurpose.CONFIRM)
    if door is None or not purposes:
        return render(request, "news/confirm.html", {"known": False})
    with as_council(door.council_id):
        own = Subscriber.objects.filter(council=door.council_id, pk=door.subject_id).exclude(address="").first()
        if own is None:
            return render(request, "news/confirm.html", {"known": False})
        done = request.method == "POST" and request.POST.get("confirm") == "yes"
        if done:
            subscribing.confirm(own, purposes)
        words = [wordings.now_shown(purpose) for purpose in purposes]
        values = {
            "known": True,
            "done": done,
            "spared": done and not standing_of(own),
            "words": words,
            "sender": sender_of(door.council),
            "choices": token_of(own),
        }
        return render(request, "news/confirm.html", values)
