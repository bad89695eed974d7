"""Middleware around every request: an id for the logs, and refusals of input that no browser sends."""

import time
import uuid
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.shortcuts import render

Answer = Callable[[HttpRequest], HttpResponseBase]
log = structlog.get_logger("lafse.request")
_LONG_ADDRESS = 4_000
_URLENCODED = "application/x-www-form-urlencoded"
_READABLE = {_URLENCODED, "multipart/form-data", ""}
_METHODS = ("GET", "HEAD", "POST")  # no page of ours takes another
_DRAINED = 16 * 1024 * 1024  # bytes of a refused body that are read and thrown away
_CHUNK = 64 * 1024


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
    """Before a session, a form or the database sees it. PostgreSQL has no NUL in its texts: it would be a 500."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in _METHODS:
            return HttpResponseNotAllowed(_METHODS)
        status = _fault_of_address(request) or (0 if _is_hook(request) else _fault_of_body(request))
        if status:
            log.info("refused", status=status)
            return refused(request, status)
        return answer(request)

    return middleware


def _is_hook(request: HttpRequest) -> bool:
    """For programs, whose bodies are no forms: outbox.hooks looks at them."""
    return request.path.startswith("/hooks/")


def refused(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, "413.html" if status == 413 else "400.html", status=status)


def _fault_of_address(request: HttpRequest) -> int:
    """The status to answer with; 0 when nothing is wrong."""
    query = unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1", "replace"))
    if len(request.get_full_path()) > _LONG_ADDRESS:
        return 414
    if "\0" in request.path or not _is_text(query):
        return 400
    # A cookie in quotes may hold "\000", which is NUL once it is read.
    return 400 if any("\0" in value for value in request.COOKIES.values()) else 0


def _fault_of_body(request: HttpRequest) -> int:
    if _announced(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        _drain(request)
        return 413
    if request.method != "POST":
        return 0
    if request.content_type not in _READABLE or not _is_utf8(request):
        return 415
    try:
        body = request.body
        fields = request.POST
    except RequestDataTooBig:
        return 413
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return 400
    plain = unquote_to_bytes(body) if request.content_type == _URLENCODED else body
    # A part in base64 is read only by the parser.
    parsed = "".join([*fields, *(value for values in fields.lists() for value in values[1])])
    return 0 if _is_text(plain) and "\0" not in parsed else 400


def _announced(request: HttpRequest) -> int:
    length = str(request.META.get("CONTENT_LENGTH", ""))
    return int(length) if length.isdecimal() else 0


def _is_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode()
    except UnicodeDecodeError:
        return False


def _is_utf8(request: HttpRequest) -> bool:
    return (request.content_params or {}).get("charset", "utf-8").lower() in ("utf-8", "utf8")


def _drain(request: HttpRequest) -> None:
    """Whoever is still sending does not read the answer: closing now would show a broken connection instead."""
    left = _DRAINED
    while left > 0 and (chunk := request.read(_CHUNK)):
        left -= len(chunk)
