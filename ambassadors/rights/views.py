"""For whoever answers for people's rights in a council: one file with everything held on one of its ambassadors.
Another council's ambassador and none answer alike."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from ambassadors.actions.answering_rights import note_taken_out
from ambassadors.models import Ambassador
from ambassadors.people.views import ambassador_page
from ambassadors.rights.export import holdings_of
from councils.access import StaffRequest
from councils.clock import hub_now
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.forms.rights import TakeOutForm
from enquiries.rights.export_file import as_answer


def answerable(request: StaffRequest, ambassador_id: UUID) -> Ambassador:
    """Looked after and answered for by the same person."""
    councils = request.access.where(Permission.ANSWER_RIGHTS) & request.access.where(Permission.MATCH)
    if not councils:
        raise PermissionDenied
    found = Ambassador.objects.filter(council__in=councils).select_related("council", "standing_by", "invited_by")
    return get_object_or_404(found, pk=ambassador_id)


@require_POST
def take_out(request: StaffRequest, ambassador_id: UUID) -> HttpResponse:
    row, form = answerable(request, ambassador_id), TakeOutForm(request.POST)
    try:
        note_taken_out(row, words=form.told()["purpose"], by=request.access)
    except Refused as refusal:
        return ambassador_page(request, row, refusal)
    return as_answer(holdings_of(row, now=hub_now()))
