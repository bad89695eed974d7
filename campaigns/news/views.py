"""The links under our emails. The address is the secret: no cookie and no token of ours comes along (RFC 8058), so the
checks against forged forms are off. GET changes nothing, since mail scanners open every link; a POST acts only for the
mail program's own words or for one of our buttons, since some scanners press what they find."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

from campaigns.actions import leaving, subscribing
from campaigns.models import Subscriber
from campaigns.news.pages import choices_of, sender_of
from campaigns.news.standing import may_be_written_to
from campaigns.states import Purpose, Reach
from councils.doors import find_door, token_hash
from councils.models.doors import DoorPurpose
from councils.rate_limits import Limit, exceeded, network_of
from councils.tenancy import as_council
from enquiries.views import TEN_MINUTES, require_get_or_post, too_many

ONE_CLICK, SPARED = "One-Click", "spared"
_BY_ONE_LINK = Limit("news_link", 60, TEN_MINUTES)
# The servers of a large mail provider press the buttons of many people from one network.
_BY_ONE_NETWORK = 50  # times what anybody else may send


def by_link(view: Callable[Concatenate[HttpRequest, str, ...], HttpResponse]) -> Callable[..., HttpResponse]:
    """Never in a cache, and no address of ours in anybody's referrer."""

    @csrf_exempt
    @require_get_or_post
    @wraps(view)
    def shown(request: HttpRequest, token: str, **rest: str) -> HttpResponse:
        refused = request.method == "POST" and _sends_too_much(request, token)
        response = too_many(request) if refused else view(request, token, **rest)
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return shown


def _sends_too_much(request: HttpRequest, token: str) -> bool:
    network = Limit("links_of_news", _BY_ONE_NETWORK * settings.POSTS_PER_NETWORK, TEN_MINUTES)
    return exceeded(network, network_of(request)) or exceeded(_BY_ONE_LINK, token_hash(token, DoorPurpose.NEWS))


@by_link
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Answers 200 to every POST that asks in the words of RFC 8058, whatever the link is worth."""
    door = find_door(token, DoorPurpose.NEWS)
    values: dict[str, object] = {"known": False, "token": token}
    if door:
        with as_council(door.council_id):
            own = Subscriber.objects.filter(council=door.council_id, pk=door.subject_id).first()
            if own:
                values |= {"known": True, "done": _stopped(request, own), "sender": sender_of(door.council)}
    return render(request, "news/stop.html", values)


def _stopped(request: HttpRequest, own: Subscriber) -> str:
    if request.method != "POST":
        return ""
    if request.POST.get("List-Unsubscribe") == ONE_CLICK:
        leaving.leave(own, how=leaving.ONE_CLICK)
        return Reach.COUNCIL
    return _left(request, own)


def _left(request: HttpRequest, own: Subscriber) -> str:
    asked = request.POST.get("stop", "")
    if asked not in list(Reach):
        return ""
    leaving.leave(own, reach=Reach(asked), how=leaving.PAGE)
    return asked


@by_link
def choices(request: HttpRequest, token: str) -> HttpResponse:
    door = find_door(token, DoorPurpose.NEWS)
    if door is None:
        return render(request, "news/stop.html", {"known": False})
    with as_council(door.council_id):
        own = Subscriber.objects.filter(council=door.council_id, pk=door.subject_id).exclude(address="").first()
        if own is None:
            return render(request, "news/stop.html", {"known": False})
        done = _changed(request, own) if request.method == "POST" else ""
        own.refresh_from_db()
        standing = standing_of(own)
        shown = choices_of(own, standing=standing)
        values = {"shown": shown, "done": SPARED if done == "on" and not standing else done, "token": token}
        return render(request, "news/choices.html", values)


def _changed(request: HttpRequest, own: Subscriber) -> str:
    if done := _left(request, own):
        return done
    for purpose in Purpose:
        if request.POST.get("on") == purpose:
            subscribing.confirm(own, [purpose])
            return "on"
        if request.POST.get("off") == purpose:
            leaving.end_one(own, purpose, how=leaving.PAGE)
            return "off"
    return ""


def standing_of(own: Subscriber) -> list[Purpose]:
    """What really goes to them: nothing where the whole address is spared."""
    return [purpose for purpose in Purpose if may_be_written_to([own.pk], purpose)]
