"""An ambassador's concern: about one conversation or mentorship of theirs, or in general."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ambassadors.concerns.page import Around, concern_page, ring
from ambassadors.concerns.sources import Conversation, in_general, own_source
from ambassadors.me import Me
from ambassadors.own.access import behind_own_door, require_get_or_post
from councils.tenancy import as_ambassador


@require_get_or_post
@behind_own_door
def concern(request: HttpRequest, me: Me, of: UUID | None = None) -> HttpResponse:
    source = in_general(me.council_id, me.id)
    if of is not None:
        with as_ambassador(me.id):
            found = own_source(of)
        if found is None:
            raise Http404
        source = found
    around = Around(
        "ambassadors/own_concern.html",
        back=reverse("ambassadors:home"),
        sent=reverse("ambassadors:concern_sent"),
        more={"me": me},
    )
    return concern_page(request, [Conversation("", "", source)], around)


@require_safe
@behind_own_door
def sent(request: HttpRequest, me: Me) -> HttpResponse:
    shown = {
        "me": me,
        "frame": "ambassadors/base.html",
        "ring": ring(me.council_id),
        "back": reverse("ambassadors:home"),
    }
    return render(request, "ambassadors/concern_sent.html", shown)
