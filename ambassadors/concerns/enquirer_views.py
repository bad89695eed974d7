"""An enquirer's concern. The address is there once somebody has said yes to talking to them, or is their mentor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ambassadors.concerns.page import Around, concern_page, ring
from ambassadors.concerns.sources import conversations_of, stop_of
from enquiries.models import Enquiry
from enquiries.status_access import behind_the_door
from enquiries.views import require_get_or_post

PAGE = "status:page"


@require_get_or_post
@behind_the_door
def concern(request: HttpRequest, case: Enquiry) -> HttpResponse:
    conversations = conversations_of(case)
    if not conversations:
        return redirect(PAGE)
    around = Around(
        "ambassadors/concern.html",
        back=reverse(PAGE),
        sent=reverse("talk:concern_sent"),
        more={"stop": stop_of(case)},
    )
    return concern_page(request, conversations, around)


@require_safe
@behind_the_door
def sent(request: HttpRequest, case: Enquiry) -> HttpResponse:
    if not conversations_of(case):
        return redirect(PAGE)
    shown = {"ring": ring(case.council_id), "back": reverse(PAGE), "stop": stop_of(case)}
    return render(request, "ambassadors/concern_sent.html", shown | {"frame": "pages/page.html"})
