"""Staff's pages of the scheme. Each set of pages says its own addresses."""

from django.contrib import admin
from django.urls import URLPattern, path

from ambassadors.concerns import staff_views as concerns
from ambassadors.conversations import staff_views as conversations
from ambassadors.log import staff_views as log
from ambassadors.matched import urls as matched
from ambassadors.mentors import staff_views as mentors
from ambassadors.models import Concern, Introduction, Mentorship, Talk
from staff.frame import StaffPages


@admin.register(Concern)
class ConcernPages(StaffPages):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(concerns.concerns), name="ambassadors_concern_changelist"),
            path("pass-on/<uuid:of>/", wrap(concerns.pass_on), name="ambassadors_concern_pass_on"),
            path("<uuid:concern_id>/change/", wrap(concerns.concern), name="ambassadors_concern_change"),
            path("<uuid:concern_id>/close/", wrap(concerns.close), name="ambassadors_concern_close"),
        ]


@admin.register(Mentorship)
class MentorshipPages(StaffPages):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("of/<uuid:enquiry_id>/begin/", wrap(mentors.begin), name="ambassadors_mentorship_begin"),
            path("<uuid:mentorship_id>/end/", wrap(mentors.end), name="ambassadors_mentorship_end"),
        ]


@admin.register(Introduction)
class IntroductionPages(StaffPages):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path(address, wrap(view), name=f"ambassadors_introduction_{name}")
            for address, view, name in (*matched.ADDRESSES, *conversations.ADDRESSES)
        ]


@admin.register(Talk)
class TalkPages(StaffPages):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(log.talks), name="ambassadors_talk_changelist"),
            path("take-out/", wrap(log.export), name="ambassadors_talk_export"),
        ]
