"""The ambassador's side of a conversation. GET shows, POST acts, twice is harmless."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from ambassadors.actions import answering
from ambassadors.conversations import both_views
from ambassadors.conversations.ambassador_page import ambassador_page
from ambassadors.conversations.both_views import Side, done
from ambassadors.introduction_states import StoppedBy
from ambassadors.me import Me
from ambassadors.models import Offer
from ambassadors.own.access import View, behind_own_door, own_row, require_get_or_post
from ambassadors.pairs import Where, where_of_offer
from ambassadors.shared import seen_by_ambassador
from councils.clock import hub_now

PAGE = "ambassadors:conversation"


@dataclass(frozen=True)
class Own:
    me: Me
    offer_id: UUID
    where: Where

    @property
    def page(self) -> str:
        return reverse(PAGE, args=[self.offer_id])

    @property
    def frame(self) -> dict[str, object]:
        return {"frame": "ambassadors/base.html", "me": self.me}

    def side(self) -> Side:
        return Side(StoppedBy.AMBASSADOR, self.where, seen_by_ambassador(self.where), self.page, self.frame)


def _of_conversation(view: Callable[[HttpRequest, Own], HttpResponse]) -> View:
    """Theirs, and one that they were asked about: what staff have not confirmed yet does not exist for them."""

    @wraps(view)
    def found(request: HttpRequest, me: Me, *, offer_id: UUID) -> HttpResponse:
        offer = own_row(Offer, offer_id, me=me)
        if offer.offered_at is None:
            raise Http404
        return view(request, Own(me, offer.pk, where_of_offer(offer)))

    return behind_own_door(found)


@require_safe
@_of_conversation
def page(request: HttpRequest, own: Own) -> HttpResponse:
    shown = ambassador_page(own.offer_id, seen_by_ambassador(own.where), hub_now())
    return render(request, "ambassadors/conversations/ambassador.html", own.frame | {"page": shown})


@require_POST
@_of_conversation
def answer(request: HttpRequest, own: Own) -> HttpResponse:
    match request.POST.get("answer"):
        case "accept":
            told = "Thank you. We tell them at once, and write to you when they have chosen how to talk."
            return done(request, own.page, lambda: answering.accept(own.where), told)
        case "decline":
            told = "Thank you for telling us. We ask somebody else."
            return done(request, own.page, lambda: answering.decline(own.where), told)
    return redirect(own.page)


@require_get_or_post
@_of_conversation
def time(request: HttpRequest, own: Own) -> HttpResponse:
    return both_views.time(request, own.side())


@require_safe
@_of_conversation
def calendar(request: HttpRequest, own: Own) -> HttpResponse:
    return both_views.calendar(own.side())


@require_get_or_post
@_of_conversation
def stop(request: HttpRequest, own: Own) -> HttpResponse:
    return both_views.stop(request, own.side())


@require_get_or_post
@_of_conversation
def spoke(request: HttpRequest, own: Own) -> HttpResponse:
    return both_views.spoke(request, own.side())
