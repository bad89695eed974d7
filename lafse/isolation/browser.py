"""Requests as an actor's browser sends them, through the whole stack of middleware, without a socket.

Django's test client would build the stack anew for each of some ten thousand requests and copy every template's
context; the factory beneath it, with one handler for all, asks the same and takes half the time.
"""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test.client import ClientHandler, RequestFactory

from ambassadors.own import own_pass
from enquiries import status_pass
from lafse.isolation.actors import Actor

_A_DAY = timedelta(days=1)

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase


def handler() -> ClientHandler:
    made = ClientHandler(enforce_csrf_checks=False)
    made.load_middleware()
    return made


class Browser(RequestFactory):
    """What an answer sets is not kept: every request is the actor's first."""

    def __init__(self, actor: Actor, *, through: ClientHandler) -> None:
        super().__init__(SERVER_NAME=_host())
        self._through = through
        if session := _session(actor):
            self.cookies[settings.SESSION_COOKIE_NAME] = session
        if actor.opened:
            self.cookies[status_pass.cookie_name()] = actor.opened
        if actor.own_pass:
            self.cookies[own_pass.cookie_name()] = actor.own_pass

    @cached_property
    def secure(self) -> bool:
        return bool(settings.SECURE_SSL_REDIRECT)

    def ask(self, method: str, path: str, sends: Mapping[str, str]) -> HttpResponse:
        """From a network of nobody's, another each time: no limit of tries is reached, nor used up for anybody."""
        self.defaults["REMOTE_ADDR"] = f"2001:db8:{secrets.randbelow(1 << 16):x}:{secrets.randbelow(1 << 16):x}::1"
        if method == "POST":
            return self._answered(self.post(path, sends, secure=self.secure))
        return self._answered(self.generic(method, path, secure=self.secure))

    def request(self, **request: object) -> object:  # type: ignore[override]  # an answer instead of a request
        return self._through(self._base_environ(**request))  # type: ignore[attr-defined]  # missing in the stubs

    def _answered(self, response: object) -> HttpResponse:
        if not isinstance(response, HttpResponse):
            raise TypeError("an answer that streams has left the scope of its page")
        return response


def _session(actor: Actor) -> str:
    """Its key. As after a log-in, without the log-in's own work."""
    if actor.user is None:
        return ""
    session: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(actor.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = actor.user.get_session_auth_hash()
    session.update(dict(actor.session))
    session.save()
    # Far from its end: none of its pages writes that it goes on, whichever minute it is asked in.
    Session.objects.filter(session_key=session.session_key).update(expire_date=session.get_expiry_date() + _A_DAY)
    return session.session_key or ""


def _host() -> str:
    named = [host.lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*"]
    return named[0] if named else "localhost"
