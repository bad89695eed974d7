"""The first page after log-in, and the list of enquiries."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from councils.access import Access, StaffRequest
from councils.clock import hub_now
from councils.models import User
from councils.roles import Permission
from enquiries.board import query
from enquiries.board_pages import Place, most_pressing, page_of
from enquiries.board_rows import rows
from enquiries.board_tallies import groups
from enquiries.casework_views import councils_of, frame
from enquiries.forms.board import CloseForm, GiveForm, NarrowForm
from enquiries.recipients import WORKING_ROLES

MOST_PRESSING = 10


def board(request: StaffRequest) -> HttpResponse:
    """What is searched for comes by POST: a name or a number in the address would be in every log."""
    access, now = request.access, hub_now()
    if not access.councils:
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else request.GET
    colleagues = colleagues_of(access)
    form = NarrowForm(sent, councils=councils_of(request), colleagues=colleagues)
    wish = form.narrowed(request.POST.get("typed", "").strip())
    place = Place.from_text(sent.get("after", "")) or Place.from_text(sent.get("before", ""), backwards=True)
    page = page_of(wish, access=access, now=now, place=place)
    shown = {"form": form, "wish": wish, "page": page, "rows": rows(page.cases, now), "query": query(wish)}
    bulk = {"give": GiveForm(colleagues=colleagues), "close": CloseForm()} if works(access) else {}
    return render(request, "staff/board.html", frame(request, "Enquiries") | shown | bulk)


def works(access: Access) -> bool:
    return bool(access.where(Permission.WORK_CASES))


def colleagues_of(access: Access) -> list[User]:
    """Whoever works on cases where this person does: by name, this person among them."""
    councils = access.where(Permission.WORK_CASES)
    working = {"memberships__ended_at": None, "memberships__role__in": WORKING_ROLES}
    people = User.objects.filter(is_active=True, memberships__council__in=councils, **working)
    return list(people.only("pk", "name").distinct().order_by("name", "pk"))


def work_of(request: HttpRequest) -> dict[str, object]:
    """For the first page of the staff side."""
    access, now = request.access, hub_now()  # type: ignore[attr-defined]  # a StaffRequest: the frame knows HttpRequest only
    if not access.councils:
        return {}
    pressing = most_pressing(MOST_PRESSING, access=access, now=now)
    return {"groups": groups(access, now), "rows": rows(pressing, now)}
