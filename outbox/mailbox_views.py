"""The development mailbox: the outbox of all councils, open to everybody. Mounted only where DEV_MAILBOX is set."""

from contextlib import AbstractContextManager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from councils.models import Council
from councils.tenancy import Scope, across
from outbox.models import Message

SHOWN = 100
IN_WINDOW = '<base target="_top">'
# A mail's styles stand inside it. Nothing in it may run, load from elsewhere or send a form.
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("to", "").strip()
    with every_council():
        messages = Message.objects.select_related("council").defer("mime", "text").newest_first()
        shown = messages.to_addresses_beginning(typed) if typed else messages
        return render(request, "mailbox/index.html", {"messages": shown[:SHOWN], "to": typed, "shown": SHOWN})


@require_safe
def message(request: HttpRequest, message_id: UUID) -> HttpResponse:
    with every_council():
        found = get_object_or_404(Message.objects.select_related("council"), pk=message_id)
        mail = parsed(found)
        context = {"message": found, "headers": mail.items(), "has_html": mail.get_body(("html",)) is not None}
        return render(request, "mailbox/message.html", context)


@require_safe
@xframe_options_sameorigin
def html(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """For the frame: the HTML part as it left, its links opening in the whole window."""
    with every_council():
        body = parsed(get_object_or_404(Message, pk=message_id)).get_body(("html",))
    if body is None:
        raise Http404
    page: str = body.get_content()
    page = page.replace("<head>", f"<head>{IN_WINDOW}", 1) if "<head>" in page else IN_WINDOW + page
    return HttpResponse(page, headers={"Content-Security-Policy": MAIL_POLICY})


def every_council() -> AbstractContextManager[Scope]:
    return across(Council.objects.values_list("pk", flat=True), reason="mailbox")


def parsed(message: Message) -> EmailMessage:
    return message_from_bytes(bytes(message.mime), EmailMessage, policy=default)
