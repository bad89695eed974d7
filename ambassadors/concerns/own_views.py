"""An ambassador's concern: about one conversation or mentorship of theirs, or in general."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ambassadors.actions.concerns import Source
from ambassadors.concerns.page import Around, concern_page, ring
from ambassadors.concerns.sources import Conversation, in_general, own_source, own_stop
from ambassadors.me import Me
from ambassadors.own.access import behind_own_door, require_get_or_post
from councils.tenancy import as_ambassador


@require_get_or_post
@behind_own_door
def concern(request: HttpRequest, me: Me, of: UUID | None = None) -> HttpResponse:
    source, stop = _about(me, of)
    sent_to = reverse("ambassadors:concern_sent_of", args=[of]) if of else reverse("ambassadors:concern_sent")
    around = Around(
        "ambassadors/own_concern.html", back=reverse("ambassadors:home"), sent=sent_to, more={"me": me, "stop": stop}
    )
    return concern_page(request, [Conversation("", "", source)], around)


@require_safe
@behind_own_door
def sent(request: HttpRequest, me: Me, of: UUID | None = None) -> HttpResponse:
    _, stop = _about(me, of)
    shown = {"me": me, "ring": ring(me.council_id), "back": reverse("ambassadors:home"), "stop": stop}
    return render(request, "ambassadors/concern_sent.html", shown | {"frame": "ambassadors/base.html"})


def _about(me: Me, of: UUID | None) -> tuple[Source, str]:
    """And where that conversation is stopped. Somebody else's and none answer alike: Http404."""
    if of is None:
        return in_general(me.council_id, me.id), ""
    with as_ambassador(me.id):
        source, stop = own_source(of), own_stop(of)
    if source is None:
        raise Http404
    return source, stop
