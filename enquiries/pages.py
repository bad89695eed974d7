"""The pages around the form. They read hubs and councils only, and store nothing."""

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from councils.clock import hub_now
from councils.context import hub_of
from councils.models import Area, Council, CouncilArea
from councils.models.hubs import CouncilQuerySet
from enquiries import status_pass
from enquiries.drafts import cookie_name
from enquiries.privacy import CURRENT, VERSIONS
from enquiries.privacy_roles import controllers_of, lead_of, processors


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/home.html", {"council_count": councils_of(request).count()})


@require_safe
def councils(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/councils.html", {"councils": list(councils_of(request))})


@require_safe
def council(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(councils_of(request), slug=slug)
    return render(request, "pages/council.html", {"council": shown, "areas": areas_today(shown)})


@require_safe
def what_happens_next(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/what_happens_next.html")


@require_safe
def privacy(request: HttpRequest, version: str = CURRENT) -> HttpResponse:
    if version not in VERSIONS:
        raise Http404
    members = list(councils_of(request))
    lead = next((member for member in members if member.authority_code == hub_of(request).lead_authority), None)
    values = {"councils": members, "lead": lead, "version": version, "newest": version == CURRENT}
    return render(request, f"pages/privacy/{version}.html", values)


@require_safe
def responsible(request: HttpRequest) -> HttpResponse:
    hub = hub_of(request)
    shown = {"controllers": controllers_of(hub), "lead": lead_of(hub), "processors": processors()}
    return render(request, "pages/responsible.html", shown)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    names = {
        "answers_cookie": cookie_name(),
        "enquiry_cookie": status_pass.cookie_name(),
        "secure": settings.SECURE,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "session_cookie": settings.SESSION_COOKIE_NAME,
    }
    return render(request, "pages/cookies.html", names)


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/contact.html")


@require_safe
def worried(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """`slug` where the form already knows the council. The address names a council, never a person."""
    shown = get_object_or_404(councils_of(request), slug=slug) if slug else None
    return render(request, "pages/worried.html", {"council": shown})


def councils_of(request: HttpRequest) -> CouncilQuerySet:
    return Council.objects.fostering().filter(hub=hub_of(request))


def areas_today(shown: Council) -> list[str]:
    """Names of the districts this council fosters for; its own name only, where it is a unitary."""
    today = hub_now().date()
    held = CouncilArea.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=today), Q(valid_to=None) | Q(valid_to__gt=today), council=shown
    )
    return list(Area.objects.filter(code__in=held.values("area_code")).order_by("name").values_list("name", flat=True))
