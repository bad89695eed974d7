"""Sessions of staff: what keeps one alive, and what ends one."""

from collections.abc import Callable
from typing import Any, cast

from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from councils.models import User
from staff.session_store import SessionStore

Answer = Callable[[HttpRequest], HttpResponseBase]


def end_sessions(user: User, *, keep: str = "") -> int:
    """Everywhere, at once; how many there were. `keep`: the key of a session that goes on."""
    rows = UserSession.objects.filter(user=user).exclude(session_key=keep)
    keys = list(rows.values_list("session_key", flat=True))
    ended, _ = Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return ended


def renew_key(request: HttpRequest) -> None:
    """It may do more from now on: a key that somebody read before opens nothing."""
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def forget_ended() -> None:
    """Of every council's staff: the rows of sessions that are over, and from where they were."""
    SessionStore.clear_expired()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def session_of(request: HttpRequest) -> SessionStore:
    return cast(SessionStore, request.session)


def staff_sessions(answer: Answer) -> Answer:
    """Every page of staff puts the end of the session off, but for the one that only asks how long it lasts."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if _is_sign_of_life(request) and isinstance(request.user, User) and session_of(request).is_due():
            request.session.modified = True
        return answer(request)

    return middleware


def _is_sign_of_life(request: HttpRequest) -> bool:
    if not request.path.startswith(reverse("admin:index")):
        return False
    return request.method == "POST" or request.path != reverse("session_lasts")


@receiver(user_logged_in)
def on_log_in(request: HttpRequest, **_: Any) -> None:
    session_of(request).begin()
