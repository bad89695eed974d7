"""An ambassador's email address changes: staff have heard it from them."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ambassadors.actions.addresses import change_address
from ambassadors.people.views import PAGE, visible
from councils.access import StaffRequest
from councils.refusals import Refused
from enquiries.casework_views import frame
from enquiries.forms.casework import StaffForm


class AddressForm(StaffForm):
    email = forms.EmailField(
        label="New email address",
        max_length=254,
        error_messages={
            "required": "Write their new email address.",
            "invalid": "Enter an email address like name@example.org.",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: StaffRequest, ambassador_id: UUID) -> HttpResponse:
    row, refusal = visible(request, ambassador_id), None
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            change_address(row, **form.told(), by=request.access)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, "Saved. A link is on its way to the new address.")
            return redirect(PAGE, row.pk)
    shown = {"row": row, "form": form, "refusal": refusal}
    title = frame(request, f"{row.first_name}’s email address")
    return render(request, "staff/ambassadors/address.html", title | shown, status=409 if refusal else 200)
