"""An ambassador's log of conversations."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from ambassadors.actions import logging
from ambassadors.log.form import TalkForm, filled_from
from ambassadors.log.reading import choices_of, own_log, own_row_of
from ambassadors.me import Me
from ambassadors.models import Talk
from ambassadors.own.access import INVALID, behind_own_door, own_row, require_get_or_post
from councils.clock import hub_now
from councils.refusals import Refused
from councils.tenancy import as_ambassador
from councils.working_time import in_london

LOG = "ambassadors:log"
NOTHING_TO_LOG = "Once you are in touch with somebody, or somebody’s mentor, you can write down a conversation."


@require_safe
@behind_own_door
def log(request: HttpRequest, me: Me) -> HttpResponse:
    return render(request, "ambassadors/log.html", {"me": me, "lines": own_log(me.id, me.council_id)})


@require_get_or_post
@behind_own_door
def add(request: HttpRequest, me: Me, of: UUID | None = None) -> HttpResponse:
    choices = choices_of(me.id, me.council_id)
    if of is not None and of not in {each.key for each in choices}:
        raise Http404
    if not choices:
        messages.info(request, NOTHING_TO_LOG)
        return redirect(LOG)
    sent = request.POST if request.method == "POST" else None
    form = TalkForm(sent, today=_today(), choices=choices, of=of)
    if not (form.is_bound and form.is_valid()):
        return _page(request, me, form, "Write down a conversation")
    with as_ambassador(me.id):
        row = own_row_of(UUID(form.cleaned_data["of"]))
    if row is None:
        raise Http404
    logging.log_talk(row, form.entry(), by=me.id)
    messages.success(request, "We have written it down. Your council looks at it.")
    return redirect(LOG)


@require_get_or_post
@behind_own_door
def change(request: HttpRequest, me: Me, talk_id: UUID) -> HttpResponse:
    talk = own_row(Talk, talk_id, me=me)
    form = filled_from(talk, request.POST if request.method == "POST" else None, today=_today())
    if not (form.is_bound and form.is_valid()):
        return _page(request, me, form, "Change what you wrote down")
    try:
        logging.change_talk(talk, form.entry(), by=me.id)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "We have changed it. Your council looks at it.")
    return redirect(LOG)


@require_POST
@behind_own_door
def take_back(request: HttpRequest, me: Me, talk_id: UUID) -> HttpResponse:
    try:
        logging.take_back_talk(own_row(Talk, talk_id, me=me), by=me.id)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "We have taken it out of your log.")
    return redirect(LOG)


def _page(request: HttpRequest, me: Me, form: TalkForm, title: str) -> HttpResponse:
    shown = {"form": form, "me": me, "page_title": title, "back": reverse(LOG)}
    return render(request, "ambassadors/question.html", shown, status=INVALID if form.errors else 200)


def _today() -> date:
    return in_london(hub_now()).date()
