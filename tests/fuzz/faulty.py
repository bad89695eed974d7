"""The site with pages that do what the fuzz must find."""

from uuid import UUID

import structlog
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path

from councils.models import Council
from councils.tenancy import crossing
from enquiries.models import Enquiry
from tests.careless import urlpatterns as careless_patterns

log = structlog.get_logger("tests.fuzz")


def crashing(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    return HttpResponse(1 / (len(request.GET.get("q", "")) * 0))


def talking(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    """Writes into the log what it does not show."""
    with crossing("enter_for_another_council", to=Council.objects.all()):
        for enquiry in Enquiry.objects.filter(pk=enquiry_id):
            log.info("looked at", who=enquiry.name)
    return HttpResponse("")


def quoting(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    """Takes another council's words into the council's own rows."""
    with crossing("enter_for_another_council", to=Council.objects.all()):
        words = [enquiry.message for enquiry in Enquiry.objects.filter(pk=enquiry_id)]
    if words:
        Enquiry.objects.update(message=words[0])
    return HttpResponse("")


wrap = admin.site.admin_view
urlpatterns = [
    path("staff/crashing/<uuid:enquiry_id>/", wrap(crashing), name="crashing"),
    path("staff/talking/<uuid:enquiry_id>/", wrap(talking), name="talking"),
    path("staff/quoting/<uuid:enquiry_id>/", wrap(quoting), name="quoting"),
    *careless_patterns,
]
