"""When staff are away or off: one's own days, and colleagues'. Cases of who is away go back to the council's queue.

Colleagues see each other's days, as on any board in an office; no reason is asked for or kept.
"""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST

from councils.access import Access, StaffRequest
from councils.clock import hub_now
from councils.models import Absence, User
from councils.refusals import Refused
from councils.roles import Permission
from councils.working_time import in_london
from staff.actions import change_working_days, remove_absence, write_absence
from staff.frame import StaffPages
from staff.working_days import WorkingDaysForm, weeks

DAY = ["%Y-%m-%d", "%d/%m/%Y"]


def day_field(label: str) -> forms.DateField:
    missing, unclear = f"Enter the {label.lower()}.", f"Enter the {label.lower()} like 24/11/2026."
    return forms.DateField(
        label=label,
        input_formats=DAY,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": unclear},
    )


class DaysForm(forms.Form):
    use_required_attribute = False
    first_day = day_field("First day away")
    last_day = day_field("Last day away")

    def days(self) -> tuple[date, date]:
        """First and last. Raises Refused."""
        if not self.is_valid():
            raise Refused(" ".join(str(error) for errors in self.errors.values() for error in errors))
        return self.cleaned_data["first_day"], self.cleaned_data["last_day"]


class AbsenceForm(DaysForm):
    def __init__(self, data: object, *, access: Access) -> None:
        super().__init__(data, label_suffix="")  # type: ignore[arg-type]  # a QueryDict
        self.people = people_of(access)
        if len(self.people) > 1:
            choices = [(user.pk, "Me" if user == access.user else user.name) for user in self.people.values()]
            self.fields["who"] = forms.TypedChoiceField(
                label="Who", required=False, coerce=int, choices=choices, empty_value=None
            )
            self.order_fields(["who"])

    def person(self, me: User) -> User:
        return self.people[self.cleaned_data.get("who") or me.pk]


@dataclass(frozen=True)
class Row:
    absence: Absence
    form: DaysForm | None  # None: another's, to be seen only


def people_of(access: Access) -> dict[int, User]:
    """Whose days this person writes down: their own first."""
    return {access.user.pk: access.user} | {user.pk: user for user in colleagues(managed_by(access))}


def managed_by(access: Access) -> list[int]:
    return [council for council in access.roles if access.may(Permission.CHANGE_SETTINGS, council)]


def colleagues(councils: list[int] | frozenset[int]) -> QuerySet[User]:
    current = Q(memberships__council__in=councils, memberships__ended_at=None)
    return User.objects.filter(current, is_active=True).distinct().order_by("name", "pk")


def shown_to(access: Access) -> QuerySet[Absence]:
    """Own and colleagues', those that are not over."""
    return _of(access, access.councils)


def changed_by(access: Access) -> QuerySet[Absence]:
    return _of(access, managed_by(access))


def _of(access: Access, councils: list[int] | frozenset[int]) -> QuerySet[Absence]:
    people = Q(user=access.user) | Q(user__in=colleagues(councils).order_by().values("pk"))
    running = Absence.objects.filter(last_day__gte=in_london(hub_now()).date())
    return running.filter(people).select_related("user").order_by("first_day", "user__name", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
def absences(request: StaffRequest) -> HttpResponse:
    form = AbsenceForm(request.POST if request.method == "POST" else None, access=request.access)
    if request.method != "POST":
        return page(request, form)
    try:
        first, last = form.days()
        write_absence(form.person(request.user), first_day=first, last_day=last, by=request.access)
    except Refused as refusal:
        return page(request, form, refusal)
    messages.success(request, "Written down.")
    return redirect("admin:councils_absence_changelist")


@require_POST
def change(request: StaffRequest, absence_id: int) -> HttpResponse:
    absence = changeable(request, absence_id)
    try:
        first, last = DaysForm(request.POST).days()
        write_absence(absence.user, first_day=first, last_day=last, instead_of=absence, by=request.access)
    except Refused as refusal:
        return page(request, AbsenceForm(None, access=request.access), refusal)
    messages.success(request, "Changed.")
    return redirect("admin:councils_absence_changelist")


@require_POST
def remove(request: StaffRequest, absence_id: int) -> HttpResponse:
    remove_absence(changeable(request, absence_id), by=request.access)
    messages.success(request, "Deleted.")
    return redirect("admin:councils_absence_changelist")


@require_POST
def working_days(request: StaffRequest) -> HttpResponse:
    form = AbsenceForm(None, access=request.access)
    try:
        user, days = WorkingDaysForm(request.POST).told(form.people)
        change_working_days(user, days, by=request.access)
    except Refused as refusal:
        return page(request, form, refusal)
    messages.success(request, "Days of work changed.")
    return redirect("admin:councils_absence_changelist")


def changeable(request: StaffRequest, absence_id: int) -> Absence:
    """To who manages nobody, every absence but their own answers alike, there or not."""
    found = changed_by(request.access).filter(pk=absence_id)
    if not managed_by(request.access) and not found.exists():
        raise PermissionDenied
    return get_object_or_404(found)


def page(request: StaffRequest, form: AbsenceForm, refusal: Refused | None = None) -> HttpResponse:
    mine = set(changed_by(request.access).values_list("pk", flat=True))
    rows = [Row(absence, _form_of(absence) if absence.pk in mine else None) for absence in shown_to(request.access)]
    shown = {"title": "Absences", "form": form, "rows": rows, "refusal": refusal}
    shown["weeks"] = weeks(form.people, request.access)
    whole = admin.site.each_context(request) | shown
    return render(request, "staff/absences.html", whole, status=422 if refusal else 200)


def _form_of(absence: Absence) -> DaysForm:
    days = {"first_day": absence.first_day, "last_day": absence.last_day}
    return DaysForm(initial=days, auto_id=f"id_{absence.pk}_%s", label_suffix="")


@admin.register(Absence)
class AbsencePages(StaffPages):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(absences), name="councils_absence_changelist"),
            path("working-days/", wrap(working_days), name="councils_absence_working_days"),
            path("<int:absence_id>/", wrap(change), name="councils_absence_change"),
            path("<int:absence_id>/delete/", wrap(remove), name="councils_absence_remove"),
        ]

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False  # only the pages above
