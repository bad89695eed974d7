"""“Delete what you hold on me”, on the enquirer's own page: they ask, and the council decides."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from councils.clock import hub_now
from councils.models import Council, ToDo
from councils.models.todos import ToDoKind
from councils.working_time import in_london
from enquiries.actions.rights import a_month_after, ask_for_erasure
from enquiries.models import Enquiry
from enquiries.status_access import behind_the_door
from enquiries.views import require_get_or_post


@require_get_or_post
@behind_the_door
def delete(request: HttpRequest, case: Enquiry) -> HttpResponse:
    """Asking twice is asking once."""
    if request.method == "POST":
        ask_for_erasure(case)
        return redirect("status:delete")
    asked = ToDo.objects.filter(council=case.council_id, subject_id=case.pk, kind=ToDoKind.ASKED_ERASURE, done_at=None)
    waiting = asked.first()
    day = in_london(waiting.due_at).date() if waiting and waiting.due_at else None
    shown = {
        "case": case,
        "council": Council.objects.select_related("hub").get(pk=case.council_id),
        "asked": day is not None,
        "day": day or a_month_after(in_london(hub_now()).date()),
    }
    return render(request, "status/delete.html", shown)
