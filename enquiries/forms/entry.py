"""An enquiry that a member of staff writes down while somebody is on the phone: one screen, twelve inputs."""

import secrets

from django import forms

from councils.models import Council
from councils.postcodes.grammar import is_forces_number, key_of
from councils.routes import reasons
from enquiries.answers import Answers
from enquiries.consents import Consent, now_shown
from enquiries.contact_details import may_be_texted
from enquiries.forms.fields import email_field, line_field, lines_field, name_field, phone_field
from enquiries.privacy import CURRENT
from enquiries.states import Channel, HeardFrom, Kind, RouteChoice, Slot, Way
from enquiries.whereabouts import Whereabouts

MESSAGE_LENGTH = 2000
POSTCODE_TYPED_LENGTH = 40
VOICEMAIL = "call_voicemail"
# One question instead of three: how, and what a voicemail or a text may say.
# The first stands there already, so it must allow nothing that nobody said.
REACH = [
    (Way.CALL.value, "Call, voicemail must not say fostering"),
    (VOICEMAIL, now_shown(Consent.SPOKEN_VOICEMAIL).answer),
    (Way.TEXT.value, now_shown(Consent.SPOKEN_TEXT).answer),
    (Way.EMAIL.value, "Email"),
    (Way.VIDEO.value, "Video call"),
]
CHANNELS = [Channel.PHONE, Channel.GATHERING, Channel.EMAIL, Channel.OTHER]


def new_token() -> str:
    return secrets.token_urlsafe(32)


class EntryForm(forms.Form):
    use_required_attribute = False
    token = forms.CharField(widget=forms.HiddenInput, max_length=64, min_length=32, initial=new_token)
    postcode = line_field("Postcode", "The postcode", POSTCODE_TYPED_LENGTH)
    council = forms.ChoiceField()
    name = name_field("Name", subject="The name", missing="Enter the name.")
    phone = phone_field("Phone")
    email = email_field("Email (optional)")
    reach = forms.ChoiceField(label="How to get in touch", choices=REACH)
    time = forms.ChoiceField(label="Best time", required=False, choices=[("", "Any time"), *Slot.choices])
    kind = forms.ChoiceField(label="Type", choices=Kind.choices)
    channel = forms.ChoiceField(label="How it came", choices=[(each.value, each.label) for each in CHANNELS])
    heard_from = forms.ChoiceField(
        label="Heard of us from", required=False, choices=[("", "Not asked"), *HeardFrom.choices]
    )
    message = lines_field("Anything else", "The message", MESSAGE_LENGTH, rows=3)
    send_nothing = forms.BooleanField(label="Send them no confirmation", required=False)

    def __init__(self, data: object = None, *, councils: list[Council]) -> None:
        super().__init__(data, label_suffix="")  # type: ignore[arg-type]  # a QueryDict
        choices = [("", "By the postcode"), *((council.slug, council.name) for council in councils)]
        self.fields["council"] = forms.ChoiceField(label="Council that answers", required=False, choices=choices)
        for name, hints in _HINTS.items():
            self.fields[name].widget.attrs.update(hints)

    def clean_postcode(self) -> str:
        typed: str = self.cleaned_data["postcode"]
        if typed and key_of(typed) is None:
            wrong = reasons.forces_number() if is_forces_number(typed) else reasons.malformed(typed, len(typed))
            raise forms.ValidationError(f"{wrong} Correct the postcode, or leave it empty.")
        return typed

    def clean(self) -> dict[str, object]:
        told = self.cleaned_data
        needed = "email" if told.get("reach") == Way.EMAIL else "phone"
        if told.get("reach") == Way.VIDEO and told.get("email"):
            needed = "email"
        if needed not in self.errors and not told.get(needed):
            self.add_error(needed, f"Enter the {'email address' if needed == 'email' else 'phone number'}.")
        if told.get("reach") == Way.TEXT and told.get("phone") and not may_be_texted(str(told["phone"])):
            self.add_error("reach", "A text message needs a mobile number. Choose another way to get in touch.")
        return told

    def answers(self, place: Whereabouts) -> Answers:
        told = self.cleaned_data
        reach = told["reach"]
        return Answers(
            hub_id=place.hub.pk,
            council_id=place.council.pk,
            route=place.snapshot(),
            route_choice=choice_of(place),
            kind=Kind(told["kind"]),
            name=told["name"],
            email=told["email"],
            phone=told["phone"],
            way=Way.CALL if reach == VOICEMAIL else Way(reach),
            times=(Slot(told["time"]),) if told["time"] else (),
            voicemail_ok=reach == VOICEMAIL,
            text_ok=reach == Way.TEXT,
            message=told["message"],
            notice_version=CURRENT,
        )


def choice_of(place: Whereabouts) -> RouteChoice:
    """Whoever was asked on the phone has answered, also when the answer is what the postcode says."""
    if place.chosen and (place.asks_area or place.council != place.home):
        return RouteChoice.STAFF_CHOICE
    return place.choice


_HINTS: dict[str, dict[str, str]] = {
    "postcode": {"autocomplete": "off", "spellcheck": "false", "autofocus": ""},
    "name": {"autocomplete": "off", "spellcheck": "false"},
    "phone": {"autocomplete": "off"},
    "email": {"autocomplete": "off", "spellcheck": "false"},
}
