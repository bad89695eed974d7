"""The hub office's list, and any other council's: what waits for a person."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from councils.access import StaffRequest
from councils.clock import hub_now
from enquiries.actions.todos import finish_todo
from enquiries.casework_views import frame
from enquiries.todos import todos_of, work_list


@require_safe
def todos(request: StaffRequest) -> HttpResponse:
    if not request.access.councils:
        raise PermissionDenied
    shown = {"work": work_list(request.access, hub_now())}
    return render(request, "staff/todos.html", frame(request, "To do") | shown)


@require_POST
def done(request: StaffRequest, todo_id: UUID) -> HttpResponse:
    finish_todo(get_object_or_404(todos_of(request.access), pk=todo_id), by=request.access)
    messages.success(request, "Done.")
    return redirect("admin:enquiries_enquiry_todos")
