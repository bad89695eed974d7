"""The admin site's frame. What the stock admin would show across councils is left out: its log of changes, look-ups by
typing, "view on site", and accounts' groups; councils.access decides who may do what."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme

_LEFT_OUT = frozenset({"autocomplete", "view_on_site", "login", "logout", "password_change", "password_change_done"})
Summary = Callable[[HttpRequest], dict[str, object]]
View = TypeVar("View", bound=Callable[..., HttpResponseBase])
_LOGGED_OUT = "You were logged out, so what you sent last was not saved. Log in and send it again."


class StaffAdminConfig(AdminConfig):
    default_site = "staff.site.StaffSite"

    def ready(self) -> None:
        """Without what third parties register: it shows accounts of every council to everybody."""
        super().ready()
        strangers = [model for model in admin.site._registry if model.__module__.startswith(("allauth.", "django."))]
        admin.site.unregister(strangers)


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
        from staff.people.pages import roles_urls  # noqa: PLC0415  # as above
        from staff.switcher import switcher_urls  # noqa: PLC0415  # as above

        stock = [url for url in super().get_urls() if getattr(url, "name", None) not in _LEFT_OUT]
        return [*_one_log_in(), *guide_urls(), *switcher_urls(), *roles_urls(), *stock]

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Who was logged out meanwhile comes back to the page they sent from: most addresses that forms are sent to
        show nothing themselves."""
        from django.contrib.auth.views import redirect_to_login  # noqa: PLC0415  # it needs the models

        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            sent = request.method == "POST" and request.path != reverse("admin:logout")
            if not sent or self.has_permission(request):
                return self._told(request, guarded(request, *args, **kwargs))
            messages.warning(request, _LOGGED_OUT)
            return redirect_to_login(sent_from(request), reverse("account_login"))

        return cast(View, answer)

    def _told(self, request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
        """Whoever opens the address of a button, from the browser's history for example, is told so."""
        if not isinstance(answer, HttpResponseNotAllowed):
            return answer
        shown = {**self.each_context(request), "title": "Nothing to see here"}
        page = render(request, "staff/only_sent.html", shown, status=answer.status_code)
        page["Allow"] = answer["Allow"]
        return page

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        shown: dict[str, object] = dict(extra_context or {})
        for summary in self.summaries:
            shown |= summary(request)
        return super().index(request, shown)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The stock admin looks through every model for every page; our pages have a navigation of their own."""
        return []

    def app_index(self, request: HttpRequest, app_label: str, extra_context: object = None) -> HttpResponse:  # type: ignore[override]  # one page instead of one an app
        return redirect("admin:index")


def _one_log_in() -> list[URLPattern]:
    """The stock admin asks for these by name; they are the addresses of staff.account_urls, which answers first."""
    from staff import account_urls as account  # noqa: PLC0415  # it needs the models

    return [
        path("account/log-in/", account.log_in, name="login"),
        path("account/log-out/", account.log_out, name="logout"),
    ]


def sent_from(request: HttpRequest) -> str:
    """The page of ours that a form stood on; the first page where the browser does not say."""
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    address = urlsplit(page).path if ours else ""
    return address if address.startswith(reverse("admin:index")) else reverse("admin:index")
