"""The first-day guide: a few short pages with pictures, for whoever is logged in, each about one role.

The pictures are made from the demonstration by `make guide-pictures`.
"""

from dataclasses import dataclass

from django.contrib import admin
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from councils.access import Access, StaffRequest
from councils.roles import Role


@dataclass(frozen=True)
class Page:
    slug: str
    short: str
    title: str
    about: str
    roles: frozenset[Role]

    @property
    def template(self) -> str:
        return f"staff/guide/{self.slug}.html"


PAGES: tuple[Page, ...] = (
    Page(
        "officer",
        "Officer",
        "Your first day as an officer",
        "Your work, one enquiry from the first call to the visit, and what the hub does by itself.",
        frozenset({Role.OFFICER}),
    ),
    Page(
        "coordinator",
        "Ambassadors",
        "Your first day as an ambassador coordinator",
        "Inviting carers, who waits for a conversation and why, and what to check before you introduce two people.",
        frozenset({Role.COORDINATOR, Role.MANAGER}),
    ),
    Page(
        "campaign-editor",
        "Campaigns",
        "Your first day as a campaign editor",
        "Codes for posters and adverts, an email to many and who approves it, and what worked.",
        frozenset({Role.CAMPAIGN_EDITOR, Role.MANAGER, Role.HUB_MANAGER}),
    ),
    Page(
        "manager",
        "Manager",
        "Your first day as a manager",
        "Who has which enquiry, what is late, the council’s settings, and taking lists out.",
        frozenset({Role.MANAGER, Role.HUB_MANAGER}),
    ),
    Page(
        "hub-officer",
        "Hub office",
        "Your first day in the hub office",
        "A call from hello to saved, enquiries of all councils, and those that nobody else looks after.",
        frozenset({Role.HUB_OFFICER, Role.HUB_MANAGER}),
    ),
    Page(
        "safeguarding",
        "Safeguarding lead",
        "Your first day as a safeguarding lead",
        "Where your notes stand, and who can read them.",
        frozenset({Role.SAFEGUARDING}),
    ),
)


@require_safe
def guide(request: StaffRequest) -> HttpResponse:
    held = _roles(request.access)
    listed = [(page, bool(page.roles & held)) for page in PAGES]
    shown = {"title": "First-day guide", "listed": sorted(listed, key=lambda each: not each[1])}
    return render(request, "staff/guide/index.html", admin.site.each_context(request) | shown)


@require_safe
def guide_page(request: StaffRequest, slug: str) -> HttpResponse:
    page = next((page for page in PAGES if page.slug == slug), None)
    if page is None:
        raise Http404
    shown = {"title": page.title, "pages": PAGES, "page": page}
    return render(request, page.template, admin.site.each_context(request) | shown)


def _roles(access: Access) -> frozenset[Role]:
    return frozenset[Role]().union(*access.roles.values())


def guide_urls() -> list[URLPattern]:
    wrap = admin.site.admin_view
    return [
        path("guide/", wrap(guide), name="guide"),
        path("guide/<slug:slug>/", wrap(guide_page), name="guide_page"),
    ]
