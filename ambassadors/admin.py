"""Staff's pages of the scheme. Each set of pages says its own addresses."""

from django.contrib import admin
from django.urls import URLPattern, path

from ambassadors.concerns import staff_views as concerns
from ambassadors.conversations import staff_views as conversations
from ambassadors.log import staff_views as log
from ambassadors.matched import urls as matched
from ambassadors.mentors import staff_views as mentors
from ambassadors.models import Ambassador, Concern, Introduction, Mentorship, Scheme, Talk
from ambassadors.people import address_views, leave_views, scheme_views
from ambassadors.people import views as people
from ambassadors.rights import views as rights
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


@admin.register(Ambassador)
class AmbassadorPages(StaffPages):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path(address, wrap(view), name=f"ambassadors_ambassador_{name}")
            for address, view, name in (
                ("", people.ambassadors, "changelist"),
                ("invite/<slug:slug>/", people.invite, "invite"),
                ("apart/<uuid:apart_id>/end/", people.end_apart, "end_apart"),
                ("<uuid:ambassador_id>/change/", people.ambassador, "change"),
                ("<uuid:ambassador_id>/confirm/", people.confirm, "confirm"),
                ("<uuid:ambassador_id>/pause/", people.pause, "pause"),
                ("<uuid:ambassador_id>/end-pause/", people.end_pause, "end_pause"),
                ("<uuid:ambassador_id>/mentor/", people.mentor, "mentor"),
                ("<uuid:ambassador_id>/invite-again/", people.invite_again, "invite_again"),
                ("<uuid:ambassador_id>/address/", address_views.address, "address"),
                ("<uuid:ambassador_id>/withdraw/", people.withdraw, "withdraw"),
                ("<uuid:ambassador_id>/keep-apart/", people.keep_apart, "keep_apart"),
                ("<uuid:ambassador_id>/leave/", leave_views.leaving, "leave"),
                ("<uuid:ambassador_id>/take-out/", rights.take_out, "take_out"),
            )
        ]


@admin.register(Scheme)
class SchemePages(StaffPages):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(scheme_views.schemes), name="ambassadors_scheme_changelist"),
            path("<slug:slug>/", wrap(scheme_views.scheme), name="ambassadors_scheme_change"),
        ]
