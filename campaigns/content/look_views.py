"""How a council's emails look: read by its editors, changed by who runs the council."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.actions.looks import FIELDS, change_look
from campaigns.content.look import CONTRAST, contrast_with_white, is_colour, look_of
from campaigns.models import Look
from councils.access import StaffRequest
from councils.models import Council
from councils.refusals import RoleRefused
from councils.roles import Permission
from enquiries.casework_views import frame

if TYPE_CHECKING:  # generic for the type checker only
    Form = forms.ModelForm[Look]
else:
    Form = forms.ModelForm


class LookForm(Form):
    reply_to = forms.EmailField(label="Answers go to", required=False, help_text="Empty: your council’s own address.")

    class Meta:
        model = Look
        fields = FIELDS
        labels = {
            "sender": "Name of the sender",
            "postal_address": "Postal address, for the foot of every email",
            "colour": "Colour",
            "clicks": "Count how often a link is followed (never by whom)",
            "two_above": "A second person approves what goes to more people than",
            "rest_days": "Days in which nobody gets two of these emails",
        }
        help_texts = {
            "sender": "People see it in their list of mail. Empty: the name of your fostering service.",
            "postal_address": "The law wants to know who you are. Nothing goes out without it.",
            "colour": "Of the bar at the top, buttons and links: # and six letters or digits, like #1d70b8.",
            "clicks": "",
            "two_above": "A manager of the council can lower it; a manager of the hub can raise it.",
        }
        widgets = {"postal_address": forms.TextInput}

    def clean_colour(self) -> str:
        colour = str(self.cleaned_data["colour"]).strip().lower()
        if not is_colour(colour):
            raise ValidationError("Write the colour as # and six letters (a to f) or digits, like #1d70b8.")
        if (ratio := contrast_with_white(colour)) < CONTRAST:
            raise ValidationError(
                f"White words on this colour have a contrast of {ratio:.1f} to 1. For everybody to read them "
                f"it takes {CONTRAST} to 1: choose a darker one."
            )
        return colour

    def clean_sender(self) -> str:
        return " ".join(str(self.cleaned_data["sender"]).split())


@require_safe
def looks(request: StaffRequest) -> HttpResponse:
    mine = request.access.where(Permission.EDIT_CAMPAIGNS)
    if not mine:
        raise PermissionDenied
    shown = {"councils": Council.objects.filter(pk__in=mine).select_related("look")}
    return render(request, "staff/content/looks.html", frame(request, "How our emails look") | shown)


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: StaffRequest, slug: str) -> HttpResponse:
    council = _visible(request, slug)
    may_change = request.access.may(Permission.CHANGE_SETTINGS, council.pk)
    form = LookForm(request.POST or None, instance=look_of(council), label_suffix="")
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        messages.success(request, "Saved. From now on emails look like this.")
        return redirect("admin:campaigns_mailing_look", slug)
    shown = {"form": form, "council": council, "may_change": may_change}
    page = frame(request, "How our emails look") | shown
    return render(request, "staff/content/look.html", page, status=422 if form.errors else 200)


def _saved(request: StaffRequest, form: LookForm) -> bool:
    try:
        change_look(form.instance, form.changed_data, by=request.access)
    except RoleRefused as refusal:
        form.add_error("two_above", str(refusal))
        return False
    return True


def _visible(request: StaffRequest, slug: str) -> Council:
    """Who changes none is refused before anybody asks which."""
    mine = request.access.where(Permission.EDIT_CAMPAIGNS)
    if not mine or (request.method == "POST" and not request.access.where(Permission.CHANGE_SETTINGS)):
        raise PermissionDenied
    return get_object_or_404(Council.objects.select_related("hub").filter(pk__in=mine), slug=slug)
