"""For whoever answers for people's rights in a council: one file with everything held on somebody who only gets news,
and erasure. Another council's subscriber and none answer alike."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from campaigns.actions.answering_rights import note_taken_out, request_erasure
from campaigns.models import Subscriber
from campaigns.news.staff_views import CHANGE, subscriber_page
from councils.access import StaffRequest
from councils.clock import hub_now
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.forms.rights import TakeOutForm
from enquiries.rights.export import Holdings, beside_cases
from enquiries.rights.export_file import as_answer
from staff.changing import changing as staff_changing


def answerable(request: StaffRequest, subscriber_id: UUID) -> Subscriber:
    councils = request.access.where(Permission.ANSWER_RIGHTS)
    if not councils:
        raise PermissionDenied
    found = Subscriber.objects.filter(council__in=councils).select_related("council__hub", "brought_by")
    own: Subscriber = get_object_or_404(found, pk=subscriber_id)
    return own


@require_POST
def take_out(request: StaffRequest, subscriber_id: UUID) -> HttpResponse:
    own, form = answerable(request, subscriber_id), TakeOutForm(request.POST)
    try:
        note_taken_out(own, words=form.told()["purpose"], by=request.access)
    except Refused as refusal:
        return subscriber_page(request, own, refusal)
    return as_answer(Holdings(hub_now(), guarded=False, cases=beside_cases([own.council], [own.address])))


changing = staff_changing(answerable, subscriber_page, CHANGE)


@changing
def erase(request: StaffRequest, own: Subscriber) -> str:
    if not request.POST.get("sure"):
        raise Refused("Tick that you understand that this cannot be undone.")
    request_erasure(own, by=request.access)
    return "To be erased: it is done within minutes, and cannot be called back."
