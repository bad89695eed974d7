"""The development mailbox: the outbox of all councils, open to everybody. Mounted only where DEV_MAILBOX is set."""

from contextlib import AbstractContextManager
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from councils.models import Council
from councils.tenancy import Scope, across
from outbox.mail_pages import has_html, html_page, parsed
from outbox.models import Message

SHOWN = 100


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
        context = {"message": found, "headers": mail.items(), "has_html": has_html(mail)}
        return render(request, "mailbox/message.html", context)


@require_safe
@xframe_options_sameorigin
def html(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """For the frame."""
    with every_council():
        return html_page(get_object_or_404(Message, pk=message_id))


def every_council() -> AbstractContextManager[Scope]:
    return across(Council.objects.values_list("pk", flat=True), reason="mailbox")
