"""Where the pages about keeping stand in the admin site."""

from django.contrib import admin
from django.urls import URLPattern, path

from councils.models import LegalHold, RetentionRule
from enquiries import retention_views
from staff.frame import StaffPages

HOLD = ("<uuid:enquiry_id>/hold/", retention_views.hold, "hold")  # among the pages of a case


@admin.register(RetentionRule)
class RetentionPages(StaffPages):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(retention_views.index), name="councils_retentionrule_changelist"),
            path("processing/", wrap(retention_views.processing), name="councils_retentionrule_processing"),
            path("<slug:slug>/", wrap(retention_views.rules), name="councils_retentionrule_change"),
            path("<slug:slug>/going/", wrap(retention_views.going), name="councils_retentionrule_going"),
        ]


@admin.register(LegalHold)
class HoldPages(StaffPages):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(retention_views.holds), name="councils_legalhold_changelist"),
            path("<uuid:hold_id>/lift/", wrap(retention_views.lift), name="councils_legalhold_lift"),
        ]
