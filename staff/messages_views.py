"""The pages of messages. Another council's message and none answer alike."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from councils.access import StaffRequest
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from outbox import actions
from outbox.mail_pages import html_page
from outbox.models import Message
from outbox.suppressions import covered
from staff.messages import NarrowForm, chosen, is_hidden, kinds_in_use, letter, sheet_of, visible_to

Do = Callable[[StaffRequest, Message], str]
MessageView = Callable[[StaffRequest, UUID], HttpResponse]


def frame(request: HttpRequest, title: str) -> dict[str, object]:
    return {**admin.site.each_context(request), "title": title}


@require_safe
def index(request: StaffRequest) -> HttpResponse:
    mine = request.access.where(Permission.SEE_MESSAGES)
    if not mine:
        raise PermissionDenied
    councils = list(Council.objects.filter(pk__in=mine))
    form = NarrowForm(request.GET, kinds=kinds_in_use(request.access), councils=councils)
    wish = form.narrowed()
    sheet = sheet_of(chosen(wish, access=request.access), request.GET.get("page", ""))
    shown = {"form": form, "wish": wish, "sheet": sheet, "query": wish.query()}
    return render(request, "staff/messages/list.html", frame(request, "Messages") | shown)


@require_safe
def message(request: StaffRequest, message_id: UUID) -> HttpResponse:
    return message_page(request, visible(request, message_id))


@require_safe
@xframe_options_sameorigin
def html(request: StaffRequest, message_id: UUID) -> HttpResponse:
    """For the frame."""
    found = visible(request, message_id)
    if is_hidden(found):
        raise Http404
    return html_page(found)


def visible(request: StaffRequest, message_id: UUID) -> Message:
    return get_object_or_404(visible_to(request.access).select_related("council"), pk=message_id)


def message_page(request: StaffRequest, found: Message, *, refusal: Refused | None = None) -> HttpResponse:
    actions.mark_seen(found, by=request.access)
    shown = {
        "letter": letter(found, spared=bool(covered([found]))),
        "message": found,
        "may_see_case": request.access.may(Permission.SEE_CASES, found.council_id),
        "refusal": refusal,
    }
    title = found.subject or found.get_channel_display()
    return render(request, "staff/messages/message.html", frame(request, title) | shown, status=409 if refusal else 200)


def changing(do: Do) -> MessageView:
    """POST, one action, back to the message. A refusal is told on the page, and written down."""

    @require_POST
    @wraps(do)
    def view(request: StaffRequest, message_id: UUID) -> HttpResponse:
        found = visible(request, message_id)
        try:
            told = do(request, found)
        except Refused as refusal:
            actions.record_refusal(found, do.__name__, by=request.access)
            return message_page(request, found, refusal=refusal)
        messages.success(request, told)
        return redirect("admin:outbox_message_change", found.pk)

    return view


_MARKED = "It is being sent at this moment. If that fails, it is not tried again."


@changing
def cancel(request: StaffRequest, found: Message) -> str:
    after = actions.cancel_message(found, by=request.access)
    return _MARKED if after.cancel_asked else "Cancelled."


@changing
def requeue(request: StaffRequest, found: Message) -> str:
    actions.requeue(found, lift="lift" in request.POST, by=request.access)
    return "It is waiting to be sent again."
