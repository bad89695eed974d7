"""Error pages. They say what happened, that nothing was lost, and how to reach a person."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views import defaults


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _is_at_work(request):
        return _told_to_staff(request, "Page not found", "staff/not_found.html", 404)
    return defaults.page_not_found(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _is_at_work(request):
        return _told_to_staff(request, "You cannot open this page", "staff/forbidden.html", 403)
    return defaults.permission_denied(request, exception)


def _is_at_work(request: HttpRequest) -> bool:
    """On a staff page, and logged in: the frame needs to know who it is."""
    return request.path.startswith(reverse("admin:index")) and hasattr(request, "access")


def _told_to_staff(request: HttpRequest, title: str, template: str, status: int) -> HttpResponse:
    return render(request, template, {**admin.site.each_context(request), "title": title}, status=status)
