"""Who may tell us something by POST to /hooks/, and how much.

Standard Webhooks: the sender signs its id, the time and the body with HOOK_SECRET. A signature older than five minutes
is refused; within them the same report may come again, so whatever a hook does must be harmless twice.

Their bodies are neither forms nor small, so they pass by the checks that forms get and have their own here.
"""

from collections.abc import Callable
from functools import wraps

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook, WebhookVerificationError

log = structlog.get_logger("outbox.hooks")
A_REPORT = 256 * 1024  # bytes
View = Callable[[HttpRequest], HttpResponse]


class Unsigned(Exception):
    """We cannot tell who sent this, or nobody has set up who may."""


class TooLong(Exception):
    pass


def hook(view: View) -> Callable[[HttpRequest], HttpResponseBase]:
    """A view for programs: no session, no form token; 401 and 413 for what may not come in. The reason stays here."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except Unsigned:
            log.warning("hook_unsigned")
            return JsonResponse({"error": "unsigned"}, status=401)
        except TooLong:
            return JsonResponse({"error": "too long"}, status=413)

    return answer


def verified(request: HttpRequest, *, most: int = A_REPORT) -> bytes:
    """The body, once its signature holds. UTF-8: who sends anything else writes it in base64."""
    if not settings.HOOK_SECRET:
        raise Unsigned
    body = body_of(request, most=most)
    try:
        Webhook(settings.HOOK_SECRET).verify(body, dict(request.headers), json_parse=False)
    except (WebhookVerificationError, EmptyWebhookSecretError, ValueError) as error:  # no base64, or no UTF-8
        raise Unsigned from error
    return body


def with_bearer(request: HttpRequest, token: str, *, most: int = A_REPORT) -> bytes:
    """The body of a sender that shows a token instead of signing."""
    shown = request.headers.get("Authorization", "")
    if not token or not constant_time_compare(shown, f"Bearer {token}"):
        raise Unsigned
    return body_of(request, most=most)


def body_of(request: HttpRequest, *, most: int) -> bytes:
    """Read here and not by Django, whose limit is that of forms."""
    body = request.read(most + 1)
    if len(body) > most:
        raise TooLong
    return body
