"""The pages of people. Another council's person, and one who does not exist, answer alike."""

from collections.abc import Callable
from functools import wraps

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.access import StaffRequest
from councils.models import Council, Membership, User
from councils.refusals import Refused, RoleRefused
from councils.roles import PERMISSIONS, Permission, Role
from staff.models import Invitation
from staff.people import actions, work
from staff.people.forms import InviteForm, RemoveForm, RoleForm
from staff.people.listing import managed_by, places
from staff.people.rules import gives, reach_of

LIST, PERSON = "admin:councils_membership_changelist", "admin:councils_membership_change"
View = Callable[..., HttpResponse]


def frame(request: StaffRequest, title: str) -> dict[str, object]:
    return {**admin.site.each_context(request), "title": title}


def for_managers(view: View) -> View:
    """Whoever manages nobody is refused before anybody is looked for."""

    @wraps(view)
    def guarded(request: StaffRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.access.manages_people:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_safe
def people(request: StaffRequest) -> HttpResponse:
    if not request.access.councils:
        raise PermissionDenied
    found = places(request.access)
    shown = {
        "places": [place for place in found if place.people or place.invited],
        "empty": [place.council for place in found if not place.people and not place.invited and place.managed],
        "manages": request.access.manages_people,
    }
    return render(request, "staff/people/list.html", frame(request, "People") | shown)


@require_safe
def roles(request: StaffRequest) -> HttpResponse:
    held = frozenset[Role]().union(*request.access.roles.values())
    table = [(permission, [role for role in Role if permission in PERMISSIONS[role]]) for permission in Permission]
    shown = {"table": table, "held": held}
    return render(request, "staff/people/roles.html", frame(request, "Who may do what") | shown)


@require_http_methods(["GET", "HEAD", "POST"])
@for_managers
def invite(request: StaffRequest, slug: str) -> HttpResponse:
    council = get_object_or_404(Council, slug=slug, pk__in=managed_by(request.access))
    form = InviteForm(
        request.POST if request.method == "POST" else None, council=council, roles=gives(request.access, council)
    )
    if request.method != "POST":
        return _invite_page(request, form)
    if not form.is_valid():
        if "role" in form.errors:
            actions.record_refused_role(council, request.POST.get("role", ""), "invite", by=request.access)
        return _invite_page(request, form, status=422)
    try:
        invited = actions.invite(council, **form.told(), by=request.access)
    except Refused as refusal:
        return _invite_page(request, form, refusal, status=409)
    messages.success(request, f"We invite {invited.name} by email. The link in it is good for 7 days.")
    return redirect(LIST)


def _invite_page(
    request: StaffRequest, form: InviteForm, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    shown = {"form": form, "council": form.council, "refusal": refusal}
    return render(request, "staff/people/invite.html", frame(request, "Invite somebody to join") | shown, status=status)


@require_POST
@for_managers
def invite_again(request: StaffRequest, invitation_id: int) -> HttpResponse:
    found = _invitation(request, invitation_id)
    return _told(
        request,
        lambda: actions.send_again(found, by=request.access),
        f"We invite {found.name} once more. The link in the first email does not work any more.",
    )


@require_POST
@for_managers
def withdraw(request: StaffRequest, invitation_id: int) -> HttpResponse:
    found = _invitation(request, invitation_id)
    return _told(
        request,
        lambda: actions.withdraw(found, by=request.access),
        f"The invitation of {found.name} is withdrawn: the link does not work any more.",
    )


def _invitation(request: StaffRequest, invitation_id: int) -> Invitation:
    return get_object_or_404(Invitation, pk=invitation_id, council__in=managed_by(request.access))


def _told(request: StaffRequest, do: Callable[[], object], done: str) -> HttpResponse:
    try:
        do()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(LIST)


def _member(request: StaffRequest, membership_id: int) -> Membership:
    found = Membership.objects.current().select_related("user", "council")
    return get_object_or_404(found, pk=membership_id, council__in=managed_by(request.access))


@require_safe
@for_managers
def person(request: StaffRequest, membership_id: int) -> HttpResponse:
    return _person_page(request, _member(request, membership_id))


@require_POST
@for_managers
def change_role(request: StaffRequest, membership_id: int) -> HttpResponse:
    found = _member(request, membership_id)
    form = RoleForm(request.POST, roles=gives(request.access, found.council))
    if not form.is_valid():
        actions.record_refused_role(found.council, request.POST.get("to", ""), "change_role", by=request.access)
        return _person_page(request, found, Refused("Choose a role."), status=422)
    try:
        actions.change_role(found, to=form.told(), by=request.access)
    except Refused as refusal:
        return _refused(request, found, refusal, tried="change_role")
    messages.success(request, f"{found.user.name} is {form.told().label.lower()} now.")
    return redirect(LIST)


@require_POST
@for_managers
def remove(request: StaffRequest, membership_id: int) -> HttpResponse:
    found = _member(request, membership_id)
    form = RemoveForm(request.POST, takers=_takers(found))
    if not form.is_valid():
        refusal = Refused("Choose somebody who works on this council’s enquiries.")
        return _person_page(request, found, refusal, status=422)
    try:
        actions.remove(found, work_to=form.told(), by=request.access)
    except Refused as refusal:
        return _refused(request, found, refusal, tried="remove")
    messages.success(request, f"{found.user.name} does not work here as {found.get_role_display().lower()} any more.")
    return redirect(LIST)


@require_POST
@for_managers
def reset_second_factor(request: StaffRequest, membership_id: int) -> HttpResponse:
    found = _member(request, membership_id)
    try:
        actions.reset_second_factor(found, by=request.access)
    except Refused as refusal:
        return _refused(request, found, refusal, tried="reset_second_factor")
    messages.success(request, f"{found.user.name} sets up a new second step when they log in next.")
    return redirect(PERSON, found.pk)


def _refused(request: StaffRequest, found: Membership, refusal: Refused, *, tried: str) -> HttpResponse:
    if isinstance(refusal, RoleRefused):
        actions.record_refused(found, tried, by=request.access)
    return _person_page(request, found, refusal, status=409)


def _person_page(
    request: StaffRequest, found: Membership, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    given, reach = gives(request.access, found.council), request.access.reach.intersection(reach_of(found))
    shown = {
        "membership": found,
        "open_cases": work.of_one(found.user_id, work.in_hand(reach), reach),
        "addresses": work.addresses(found.user, reach),
        "myself": found.user_id == request.user.pk,
        "changeable": found.role in given and found.user_id != request.user.pk,
        "role_form": RoleForm(None, roles=given, now=found.role),
        "remove_form": RemoveForm(None, takers=_takers(found)),
        "refusal": refusal,
    }
    return render(request, "staff/people/person.html", frame(request, found.user.name) | shown, status=status)


def _takers(found: Membership) -> list[User]:
    return [user for user in work.takers(found.council_id) if user.pk != found.user_id]
