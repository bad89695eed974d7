"""The admin site's frame. What the stock admin would show across councils is left out: its log of changes, look-ups by
typing, "view on site", and accounts' groups; councils.access decides who may do what."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver

from staff.tries import tries_too_often

_LEFT_OUT = frozenset({"autocomplete", "view_on_site"})
Summary = Callable[[HttpRequest], dict[str, object]]


class StaffAdminConfig(AdminConfig):
    default_site = "staff.site.StaffSite"

    def ready(self) -> None:
        super().ready()
        from django.contrib.auth.models import Group  # noqa: PLC0415  # models load before this runs

        admin.site.unregister(Group)


class StaffSite(AdminSite):
    site_header = "Fostering enquiry hub: staff"
    site_title = "Staff"
    index_title = "Your work"
    site_url = "/"
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.summaries: list[Summary] = []

    def summarise(self, summary: Summary) -> Summary:
        """Upper rooms say what the first page shows; the frame knows none of them."""
        self.summaries.append(summary)
        return summary

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from staff.guide import guide_urls  # noqa: PLC0415  # it asks for this very site, which is made first

        stock = [url for url in super().get_urls() if getattr(url, "name", None) not in _LEFT_OUT]
        return [*guide_urls(), *stock]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        shown: dict[str, object] = dict(extra_context or {})
        for summary in self.summaries:
            shown |= summary(request)
        return super().index(request, shown)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "POST" and tries_too_often(request):
            return render(request, "staff/wait.html", {**self.each_context(request), "title": "Log in"}, status=429)
        return super().login(request, extra_context)

    def app_index(self, request: HttpRequest, app_label: str, extra_context: object = None) -> HttpResponse:  # type: ignore[override]  # one page instead of one an app
        return redirect("admin:index")
