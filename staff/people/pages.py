"""Where the pages of people stand in the admin site."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path

from councils.models import Membership
from staff.frame import StaffPages
from staff.people import views


@admin.register(Membership)
class MembershipPages(StaffPages):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path(address, wrap(view), name=f"councils_membership_{name}")
            for address, view, name in (
                ("", views.people, "changelist"),
                ("invite/<slug:slug>/", views.invite, "invite"),
                ("invitation/<int:invitation_id>/again/", views.invite_again, "invite_again"),
                ("invitation/<int:invitation_id>/withdraw/", views.withdraw, "withdraw"),
                ("<int:membership_id>/", views.person, "change"),
                ("<int:membership_id>/role/", views.change_role, "role"),
                ("<int:membership_id>/remove/", views.remove, "remove"),
                ("<int:membership_id>/second-step/", views.reset_second_factor, "second_step"),
            )
        ]

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False  # only the pages above


def roles_urls() -> list[URLPattern]:
    return [path("roles/", admin.site.admin_view(views.roles), name="roles")]
