"""A case's way to approval: the last step undone, its day corrected, the dates of the assessment and the records of
another service, the number in the council's own system; and an attempt that was written down by mistake."""

from councils.access import StaffRequest
from enquiries import actions
from enquiries.actions.records import Records, write_records
from enquiries.actions.stages import Stages, write_stages
from enquiries.casework_views import changing
from enquiries.forms.records import NumberForm, RecordsForm
from enquiries.forms.steps import AttemptTakenBackForm, DayForm, StagesForm
from enquiries.models import Enquiry


@changing
def undo(request: StaffRequest, enquiry: Enquiry) -> str:
    after = actions.undo_step(enquiry, by=request.access)
    return f"Undone. The case is “{after.get_state_display()}” again."


@changing
def day(request: StaffRequest, enquiry: Enquiry) -> str:
    after = actions.correct_day(enquiry, on=DayForm(request.POST).told()["on"], by=request.access)
    return f"“{after.get_state_display()}” since {after.state_since or after.state_changed_at:%-d %B %Y}."


@changing
def attempt_back(request: StaffRequest, enquiry: Enquiry) -> str:
    attempt = AttemptTakenBackForm(request.POST).told()["attempt"]
    actions.withdraw_attempt(enquiry, attempt, by=request.access)
    return "Taken back. It stays on the timeline, struck through."


@changing
def stages(request: StaffRequest, enquiry: Enquiry) -> str:
    write_stages(enquiry, Stages(**StagesForm(request.POST).told()), by=request.access)
    return "The dates of the assessment are saved."


@changing
def records(request: StaffRequest, enquiry: Enquiry) -> str:
    told = RecordsForm(request.POST).told()
    after = write_records(
        enquiry,
        Records(
            consent_on=told["records_consent_on"],
            asked_on=told["records_asked_on"],
            asked_of=told["fosters_with_name"],
            came_on=told["records_came_on"],
        ),
        by=request.access,
    )
    waits = after.records_due_on and not after.records_came_on
    return f"Saved. They should come by {after.records_due_on:%-d %B %Y}." if waits else "Saved."


@changing
def number(request: StaffRequest, enquiry: Enquiry) -> str:
    actions.write_case_number(enquiry, NumberForm(request.POST).told()["case_number"], by=request.access)
    return "The number is saved."
