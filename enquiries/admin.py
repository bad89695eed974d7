"""Where the pages of casework stand in the admin site. They are pages of our own: nothing is edited field by field."""

from typing import cast

from django.contrib import admin
from django.urls import URLPattern, path

from enquiries import (
    assign_views,
    board_bulk,
    board_views,
    casework_views,
    correcting_views,
    direct_views,
    duplicate_views,
    entry_views,
    exports_views,
    follow_up_views,
    handover_views,
    household_views,
    letter_template_views,
    letter_views,
    referral_views,
    retention_admin,
    safeguarding_views,
    step_views,
    todo_views,
    trail_views,
    wish_views,
    wording_views,
)
from enquiries.models import Enquiry, Handover, HouseholdProposal, LetterTemplate, Wording
from enquiries.rights import views as rights_views
from staff.frame import StaffPages
from staff.site import StaffSite

OF_A_CASE = (
    ("", board_views.board, "changelist"),
    ("bulk/give/", board_bulk.give, "bulk_give"),
    ("bulk/close/", board_bulk.close, "bulk_close"),
    ("export/", exports_views.export, "export"),
    ("to-do/", todo_views.todos, "todos"),
    ("to-do/<uuid:todo_id>/done/", todo_views.done, "todo_done"),
    ("enter/", entry_views.entry, "enter"),
    ("enter/look/", entry_views.look, "look"),
    ("<uuid:enquiry_id>/change/", casework_views.case, "change"),
    ("<uuid:enquiry_id>/claim/", casework_views.claim, "claim"),
    ("<uuid:enquiry_id>/assign/", assign_views.assign, "assign"),
    ("<uuid:enquiry_id>/attempt/", casework_views.attempt, "attempt"),
    ("<uuid:enquiry_id>/note/", casework_views.note, "note"),
    ("<uuid:enquiry_id>/safeguarding/", safeguarding_views.write, "safeguarding"),
    ("<uuid:enquiry_id>/step/", casework_views.step, "step"),
    ("<uuid:enquiry_id>/undo/", step_views.undo, "undo"),
    ("<uuid:enquiry_id>/day/", step_views.day, "day"),
    ("<uuid:enquiry_id>/attempt/taken-back/", step_views.attempt_back, "attempt_back"),
    ("<uuid:enquiry_id>/stages/", step_views.stages, "stages"),
    ("<uuid:enquiry_id>/records/", step_views.records, "records"),
    ("<uuid:enquiry_id>/number/", step_views.number, "number"),
    ("<uuid:enquiry_id>/correct/", correcting_views.correct, "correct"),
    ("<uuid:enquiry_id>/ours/", correcting_views.ours, "ours"),
    ("<uuid:enquiry_id>/referral/", referral_views.printed, "referral"),
    ("<uuid:enquiry_id>/wish/", wish_views.heard, "wish"),
    ("<uuid:enquiry_id>/trail/", trail_views.page, "trail"),
    retention_admin.HOLD,
    ("<uuid:enquiry_id>/take-out/", rights_views.take_out, "take_out"),
    ("<uuid:enquiry_id>/erase/", rights_views.erase, "erase"),
    ("<uuid:enquiry_id>/next/", follow_up_views.upcoming, "next"),
    ("<uuid:enquiry_id>/skip/", follow_up_views.skip, "skip"),
    ("<uuid:enquiry_id>/ask/", follow_up_views.ask, "ask"),
    ("<uuid:enquiry_id>/visit/", follow_up_views.visit, "visit"),
    ("<uuid:enquiry_id>/write/", letter_views.write, "write"),
    ("<uuid:enquiry_id>/write/take-back/", letter_views.take_back, "take_back"),
    ("<uuid:enquiry_id>/pass-on/", handover_views.pass_on, "pass_on"),
    ("<uuid:enquiry_id>/keep/", handover_views.keep, "keep"),
    ("<uuid:enquiry_id>/same/", duplicate_views.same, "same"),
    ("<uuid:enquiry_id>/same/find/", duplicate_views.find, "find_same"),
    ("<uuid:enquiry_id>/same/join/", duplicate_views.join, "join"),
    ("<uuid:enquiry_id>/same/different/", duplicate_views.different, "different"),
    ("<uuid:enquiry_id>/same/separate/", duplicate_views.separate, "separate"),
    ("<uuid:enquiry_id>/release/", casework_views.release, "release"),
    ("<uuid:enquiry_id>/confirm/", direct_views.confirm, "confirm"),
    ("<uuid:enquiry_id>/not-an-enquiry/", direct_views.not_enquiry, "not_enquiry"),
)


@admin.register(Enquiry)
class EnquiryPages(StaffPages):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [path(address, wrap(view), name=f"enquiries_enquiry_{name}") for address, view, name in OF_A_CASE]


@admin.register(LetterTemplate)
class LetterPages(StaffPages):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path(address, wrap(view), name=f"enquiries_lettertemplate_{name}")
            for address, view, name in (
                ("", letter_template_views.letters, "changelist"),
                ("new/<int:council_id>/", letter_template_views.new, "new"),
                ("<uuid:letter_id>/change/", letter_template_views.letter, "change"),
                ("<uuid:letter_id>/retire/", letter_template_views.retire, "retire"),
                ("<uuid:letter_id>/use-again/", letter_template_views.use_again, "use_again"),
            )
        ]


@admin.register(Handover)
class HandoverPages(StaffPages):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(handover_views.page), name="enquiries_handover_changelist"),
            path("<uuid:handover_id>/answer/", wrap(handover_views.answer), name="enquiries_handover_answer"),
            path("<uuid:handover_id>/decide/", wrap(handover_views.decide), name="enquiries_handover_decide"),
        ]


@admin.register(HouseholdProposal)
class HouseholdPages(StaffPages):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(household_views.households), name="enquiries_householdproposal_changelist"),
            path("<uuid:proposal_id>/one/", wrap(household_views.one), name="enquiries_householdproposal_one"),
            path("<uuid:proposal_id>/two/", wrap(household_views.two), name="enquiries_householdproposal_two"),
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


cast("StaffSite", admin.site).summarise(board_views.work_of)
