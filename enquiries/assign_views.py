"""Give a case to a colleague, or back to nobody, from its page."""

from django.contrib import messages

from councils.absences import presence_of
from councils.access import StaffRequest
from councils.clock import hub_now
from councils.models import User
from councils.working_time import in_london
from enquiries import actions
from enquiries.assign_people import note_about, workers_of
from enquiries.casework_views import changing
from enquiries.forms.assigning import AssignForm
from enquiries.models import Enquiry


@changing
def assign(request: StaffRequest, enquiry: Enquiry) -> str:
    form = AssignForm(request.POST)
    to = form.chosen(workers_of(enquiry.council))
    case = actions.assign(enquiry, to=to, instead_of=form.instead_of(), by=request.access)
    if to is None:
        return "Given back: nobody has this case now."
    note = _note(to, case)
    if note:
        messages.warning(request, f"{to.name} is {note}. The case is with them all the same.")
    return f"{'You have' if to == request.user else f'{to.name} has'} this case now."


def _note(user: User, case: Enquiry) -> str:
    today = in_london(hub_now()).date()
    return note_about(presence_of([user], today)[user.pk], due_at=case.next_due_at, today=today)
