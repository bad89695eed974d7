"""What providers of email and text messages tell us. Answered 200 also where we know no such message: another
environment may share the provider, and they would only ask again."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from outbox.hooks import hook, verified, with_bearer
from outbox.receipts import Report, ReportKind, message_of, take

log = structlog.get_logger("outbox.hooks")
NOTIFY = "notify"
# By GOV.UK Notify's documentation of delivery receipts.
OF_NOTIFY = {
    "delivered": ReportKind.DELIVERED,
    "permanent-failure": ReportKind.HARD_BOUNCE,
    "temporary-failure": ReportKind.SOFT_BOUNCE,
    "technical-failure": ReportKind.SOFT_BOUNCE,
}


class Malformed(ValueError):
    """Signed, and still nothing we understand."""


@hook
def notify(request: HttpRequest) -> HttpResponse:
    return _answer(_of_notify, with_bearer(request, settings.NOTIFY_CALLBACK_TOKEN))


@hook
def mail_events(request: HttpRequest) -> HttpResponse:
    """`{"type": "hard_bounce", "message_id": "<…>", "code": "5.1.1"}`; its id is the signed Webhook-Id."""
    body = verified(request)
    webhook_id = request.headers["Webhook-Id"]
    return _answer(lambda fields: _of_mail(fields, webhook_id), body)


def _answer(read: Callable[[dict[str, Any]], Report | None], body: bytes) -> HttpResponse:
    try:
        report = read(_fields(body))
    except Malformed:
        log.warning("hook_malformed")
        return JsonResponse({"error": "malformed"}, status=400)
    return JsonResponse({"taken": take(report) if report else "not_ours"})


def _fields(body: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed from error
    if not isinstance(fields, dict):
        raise Malformed
    return fields


def _of_notify(fields: dict[str, Any]) -> Report | None:
    kind, receipt = OF_NOTIFY.get(str(fields.get("status"))), _uuid(fields.get("id"))
    if kind is None or receipt is None:
        raise Malformed
    message = _uuid(fields.get("reference"))
    status = str(fields["status"])
    return Report(NOTIFY, f"{receipt}:{status}", message, kind, code=status) if message else None


def _of_mail(fields: dict[str, Any], webhook_id: str) -> Report | None:
    try:
        kind = ReportKind(str(fields.get("type")))
    except ValueError as error:
        raise Malformed from error
    message = message_of(str(fields.get("message_id", "")))
    return Report("mail_events", webhook_id, message, kind, code=_code(fields.get("code"))) if message else None


def _code(given: object) -> str:
    """Of a code nothing but what codes are made of: a provider's text may name the person."""
    return "".join(letter for letter in str(given or "") if letter in "0123456789.")[:20]


def _uuid(given: object) -> UUID | None:
    try:
        return UUID(str(given))
    except ValueError:
        return None
