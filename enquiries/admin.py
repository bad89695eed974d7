"""Where the pages of casework stand in the admin site. They are pages of our own: nothing is edited field by field."""

from typing import cast

from django.contrib import admin
from django.urls import URLPattern, path

from enquiries import (
    casework_views,
    direct_views,
    entry_views,
    follow_up_views,
    safeguarding_views,
    todo_views,
    wording_views,
)
from enquiries.models import Enquiry, Wording
from staff.frame import StaffPages
from staff.site import StaffSite


@admin.register(Enquiry)
class EnquiryPages(StaffPages):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path(address, wrap(view), name=f"enquiries_enquiry_{name}")
            for address, view, name in (
                ("", casework_views.board, "changelist"),
                ("to-do/", todo_views.todos, "todos"),
                ("to-do/<uuid:todo_id>/done/", todo_views.done, "todo_done"),
                ("enter/", entry_views.entry, "enter"),
                ("enter/look/", entry_views.look, "look"),
                ("<uuid:enquiry_id>/change/", casework_views.case, "change"),
                ("<uuid:enquiry_id>/claim/", casework_views.claim, "claim"),
                ("<uuid:enquiry_id>/attempt/", casework_views.attempt, "attempt"),
                ("<uuid:enquiry_id>/note/", casework_views.note, "note"),
                ("<uuid:enquiry_id>/safeguarding/", safeguarding_views.write, "safeguarding"),
                ("<uuid:enquiry_id>/step/", casework_views.step, "step"),
                ("<uuid:enquiry_id>/next/", follow_up_views.upcoming, "next"),
                ("<uuid:enquiry_id>/skip/", follow_up_views.skip, "skip"),
                ("<uuid:enquiry_id>/ask/", follow_up_views.ask, "ask"),
                ("<uuid:enquiry_id>/visit/", follow_up_views.visit, "visit"),
                ("<uuid:enquiry_id>/release/", casework_views.release, "release"),
                ("<uuid:enquiry_id>/confirm/", direct_views.confirm, "confirm"),
                ("<uuid:enquiry_id>/not-an-enquiry/", direct_views.not_enquiry, "not_enquiry"),
            )
        ]


@admin.register(Wording)
class WordingPages(StaffPages):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(wording_views.wordings), name="enquiries_wording_changelist"),
            path("<str:which>/", wrap(wording_views.wording), name="enquiries_wording_change"),
            path("<str:which>/preview/", wrap(wording_views.preview), name="enquiries_wording_preview"),
        ]


cast("StaffSite", admin.site).summarise(casework_views.work_of)
