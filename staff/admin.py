"""What a manager may change about a council. No row-level security: who sees which row is decided here."""

from typing import TYPE_CHECKING, cast

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from councils.access import Access, StaffRequest
from councils.models import Council
from councils.roles import Permission
from staff import absences  # noqa: F401  # registers its pages
from staff.actions import SETTINGS, change_settings
from staff.frame import StaffPages
from staff.messages_admin import MessagePages as MessagePages  # registers itself
from staff.people.pages import MembershipPages as MembershipPages  # as above


def access_of(request: HttpRequest) -> Access:
    return cast("StaffRequest", request).access  # staff.scope put it there; the admin's own types know no such request


def managed(request: HttpRequest) -> list[int]:
    access = access_of(request)
    return [council for council in access.roles if access.may(Permission.CHANGE_SETTINGS, council)]


if TYPE_CHECKING:  # generic for the type checker only
    CouncilForm = ModelForm[Model]
else:
    CouncilForm = ModelForm


class SettingsForm(CouncilForm):
    duty_mailbox = forms.EmailField(
        required=False, help_text="Told of every new enquiry, without names. A shared mailbox, not one person’s."
    )

    class Meta:
        model = Council
        fields = SETTINGS
        labels = {
            "promise_working_days": "Promise: working days until somebody gets in touch",
            "assignment": "Who gets a new enquiry",
        }
        help_texts = {
            "assignment": "In turn or by load: to officers who are in on the next day on which the council is open, by"
            " their working days and absences. Managers get enquiries only where no officer works. Where the hub"
            " makes the first contact, the hub office’s own choice counts."
        }
        widgets = {name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M") for name in ("opens_at", "closes_at")}


@admin.register(Council)
class CouncilPages(StaffPages):
    list_title = "Councils"
    form = SettingsForm
    fields = ["name", *SETTINGS]
    readonly_fields = ["name"]
    list_display = ["name", "duty_mailbox", "opens_at", "closes_at"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Model]":
        return super().get_queryset(request).filter(pk__in=access_of(request).councils)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(access_of(request).councils) if obj is None else obj.pk in access_of(request).councils

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(managed(request)) if obj is None else obj.pk in managed(request)

    def save_model(self, request: HttpRequest, obj: Model, form: "ModelForm[Model]", change: bool) -> None:
        change_settings(cast("Council", obj), form.changed_data, by=access_of(request))
