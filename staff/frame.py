"""What every page of the admin site has in common with the others."""

from typing import TYPE_CHECKING, Any

from django.contrib.admin import ModelAdmin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

_LEFT_OUT = ("_history", "_delete", "_add")


if TYPE_CHECKING:  # generic for the type checker only
    Pages = ModelAdmin[models.Model]
else:
    Pages = ModelAdmin


class StaffPages(Pages):
    """Nothing is deleted or added here; what changed is an event, so the admin's own log stays empty."""

    actions = None
    view_on_site = False
    show_full_result_count = False
    list_title = ""

    def get_urls(self) -> list[URLPattern]:
        return [url for url in super().get_urls() if not (url.name or "").endswith(_LEFT_OUT)]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        titled = {"title": self.list_title} if self.list_title else {}
        return super().changelist_view(request, {**(extra_context or {}), **titled})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """No filters by address: `?user__email__startswith=` would answer what the page does not show."""
        return False

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """No page is a popup of another, so a row is found by its key alone. (By the name of a reverse relation
        Django's own check ends in an error.)"""
        return False

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> None:  # type: ignore[override]  # no entry is made
        return

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> None:  # type: ignore[override]  # as above
        return

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:  # type: ignore[override]  # as above
        return
