"""Mail that a provider hands over by POST. Anything but 200 means that it is not stored: it is to be sent again."""

import base64
import json

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse

from enquiries.actions.incoming import receive
from outbox.hooks import hook, verified
from outbox.incoming import parse

log = structlog.get_logger("enquiries.incoming")
MOST = 14 * 1024 * 1024  # bytes: ten million and some in base64


class Malformed(ValueError):
    """Signed, and still nothing we understand."""


@hook
def mail(request: HttpRequest) -> HttpResponse:
    """`{"to": "kent@…", "from": "…", "raw": "base64"}`: to whom it was delivered (RCPT TO), by whom (MAIL FROM; left
    out where it is not known, empty for a bounce), and the whole mail. The signature covers all three."""
    try:
        to, sender, raw = _told(verified(request, most=MOST))
    except Malformed:
        log.warning("mail_malformed")
        return JsonResponse({"error": "malformed"}, status=400)
    came = receive(parse(raw, envelope_sender=sender), to=to)
    log.info("mail_received", came=came)
    return JsonResponse({"came": came})


def _told(body: bytes) -> tuple[str, str | None, bytes]:
    try:
        told = json.loads(body)
        to, sender, raw = told["to"], told.get("from"), base64.b64decode(told["raw"], validate=True)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Malformed from error
    if not isinstance(to, str) or not isinstance(sender, str | None):
        raise Malformed
    return to, sender, raw
