"""Your enquiry, behind its door."""

from django.http import Http404, HttpRequest, HttpResponse


def open_page(request: HttpRequest, token: str) -> HttpResponse:
    raise Http404


def stop(request: HttpRequest, token: str) -> HttpResponse:
    raise Http404
