"""How long one stays logged in, and where one is. One's own sessions, and nobody else's."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.models import User
from staff.sessions import session_of
from staff.trail import record_account

# What browsers call themselves, the more particular first: all of them say Mozilla, most of them Safari.
BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS X": "Mac"}


@dataclass(frozen=True)
class Place:
    pk: int
    browser: str
    address: str
    since: datetime
    here: bool


@require_http_methods(["GET", "HEAD", "POST"])
def lasts(request: HttpRequest) -> JsonResponse:
    """Asked by the page that warns. Sent, it counts as a page: staff.sessions has put the end off."""
    session = session_of(request)
    if request.method == "POST":
        request.session.modified = True
    return JsonResponse({"seconds": session.seconds_left(), "more": session.seconds_at_most()})


@require_safe
def where(request: HttpRequest) -> HttpResponse:
    return render(request, "staff/account/sessions.html", {"places": _places(request)})


@require_POST
def end(request: HttpRequest, session_id: int) -> HttpResponse:
    user = cast(User, request.user)
    found = get_object_or_404(UserSession, pk=session_id, user=user)
    if found.session_key == request.session.session_key:
        messages.info(request, "That is where you are now: use “Log out” at the top.")
    else:
        found.end()
        record_account("account.session_ended", user=user, by=user)
        messages.success(request, "You are logged out there.")
    return redirect("account_sessions")


def _places(request: HttpRequest) -> list[Place]:
    mine = UserSession.objects.filter(user=cast(User, request.user)).order_by("-created_at", "pk")
    running = set(Session.objects.filter(session_key__in=mine.values("session_key")).values_list("pk", flat=True))
    here = request.session.session_key
    return [
        Place(each.pk, in_words(each.user_agent), each.ip, each.created_at, each.session_key == here)
        for each in mine
        if each.session_key in running
    ]


def in_words(user_agent: str) -> str:
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "Another browser")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser
