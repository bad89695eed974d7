"""For which council one works now: one of one's own, or all. Whatever is shown follows, since access is narrowed.

It is a convenience and no guard: the session may narrow what the roles allow, and nothing else.
"""

from django.contrib import admin, messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, URLPattern, path, resolve, reverse
from django.views.decorators.http import require_POST

from councils.access import Access, StaffRequest, access_of
from staff.scope import COUNCIL, VOUCHED_FOR
from staff.site import sent_from

NOT_YOURS = "You do not work for that council. Choose one of yours."


@require_POST
def work_for(request: StaffRequest) -> HttpResponse:
    """`council`: its key; empty for all. `then`: the page that was not found, which may be there afterwards."""
    asked = request.POST.get("council", "")
    names = request.access.names
    chosen = next((council for council in names if str(council) == asked), None)
    if asked and chosen is None:
        messages.error(request, NOT_YOURS)
        return redirect("admin:index")
    request.session[COUNCIL] = chosen
    messages.success(request, f"You work for {_place(request, chosen)} now.")
    return redirect(_asked_for(request) or _same_list(sent_from(request)))


def _place(request: StaffRequest, chosen: int | None) -> str:
    access: Access = access_of(request.user, vouched_for=request.session.get(VOUCHED_FOR), only=chosen)
    return access.place[:1].lower() + access.place[1:] if chosen is None else access.place


def _asked_for(request: StaffRequest) -> str:
    """Only a page of ours that shows something without being sent anything."""
    page = request.POST.get("then", "")
    return page if page.startswith(reverse("admin:index")) and _leads_somewhere(page) else ""


def _leads_somewhere(page: str) -> bool:
    try:
        return resolve(page).url_name is not None
    except Resolver404:
        return False


def _same_list(page: str) -> str:
    """A page about one case may be out of reach now; a list is there for every council."""
    try:
        found = resolve(page)
    except Resolver404:
        return reverse("admin:index")
    return reverse("admin:index") if found.kwargs or found.url_name is None else page


def switcher_urls() -> list[URLPattern]:
    return [path("work-for/", admin.site.admin_view(work_for), name="work_for")]
