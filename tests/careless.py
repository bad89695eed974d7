"""The site with pages added by somebody who forgot what a council is."""

from uuid import UUID

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from ambassadors.me import Me
from ambassadors.models import Talk
from ambassadors.own.access import behind_own_door
from councils.models import Council
from councils.tenancy import as_ambassador, crossing
from enquiries.models import Enquiry
from lafse.urls import urlpatterns as all_patterns


def careless(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    """Without a filter of its own: the scope alone keeps councils apart, twice."""
    return HttpResponse(get_object_or_404(Enquiry, pk=enquiry_id).name)


def reckless(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    """Widens the scope to whatever is asked for."""
    with crossing("enter_for_another_council", to=Council.objects.all()):
        return careless(request, enquiry_id)


def curious(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    """Tells by its words that the case is somebody else's."""
    with crossing("enter_for_another_council", to=Council.objects.all()):
        known = Enquiry.objects.filter(pk=enquiry_id).exists()
    mine = Enquiry.objects.filter(pk=enquiry_id).exists()
    return HttpResponse("" if mine else "not yours" if known else "nothing", status=200 if mine else 404)


def meddling(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    """Says nothing, and writes into whatever is asked for."""
    with crossing("enter_for_another_council", to=Council.objects.all()):
        Enquiry.objects.filter(pk=enquiry_id).update(message="meddled with")
    get_object_or_404(Enquiry, pk=enquiry_id)
    return HttpResponse("")


@behind_own_door
def forgetful(request: HttpRequest, me: Me) -> HttpResponse:
    """An ambassador's page without a filter of its own: the scope alone keeps ambassadors apart, twice."""
    with as_ambassador(me.id):
        return HttpResponse(" ".join(Talk.objects.values_list("note", flat=True)))


wrap = admin.site.admin_view
urlpatterns = [
    path("staff/careless/<uuid:enquiry_id>/", wrap(careless), name="careless"),
    path("staff/reckless/<uuid:enquiry_id>/", wrap(reckless), name="reckless"),
    path("staff/curious/<uuid:enquiry_id>/", wrap(curious), name="curious"),
    path("staff/meddling/<uuid:enquiry_id>/", wrap(meddling), name="meddling"),
    path("ambassadors/forgetful/", forgetful, name="forgetful"),
    *all_patterns,
]
