"""Middleware around every request: an id for the logs, and refusals of input that no browser sends."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

Answer = Callable[[HttpRequest], HttpResponseBase]
log = structlog.get_logger("lafse.request")
_LONG_URL = 4_000
_NUL = re.compile(r"\x00|%00")


def identify(answer: Answer) -> Answer:
    """One log line a request: the route's pattern, never its path; and the id in the X-Request-Id header."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request_id = uuid.uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.monotonic()
        response = answer(request)
        route = request.resolver_match.route if request.resolver_match else None
        milliseconds = round((time.monotonic() - started) * 1000, 1)
        log.info("request", method=request.method, route=route, status=response.status_code, ms=milliseconds)
        response["X-Request-Id"] = request_id
        return response

    return middleware


def refuse_broken_input(answer: Answer) -> Answer:
    """NUL bytes and endless addresses answer 400 before anything is parsed or stored."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        address = request.get_full_path()
        if len(address) > _LONG_URL or _NUL.search(address):
            return refused(request)
        return answer(request)

    return middleware


def refused(request: HttpRequest) -> HttpResponse:
    return render(request, "400.html", status=400)
