"""Booking, on one page, and changing what was booked."""

from datetime import datetime, timedelta

from django import forms
from django.core import signing

from campaigns.actions.bookings import MOST_PEOPLE, Booker
from campaigns.postcode_typed import optional_postcode, require_readable
from councils.govuk import GovukForm, Group, Question
from enquiries.consents import Consent, now_shown
from enquiries.forms.fields import email_field, lines_field, name_field, phone_field
from enquiries.forms.step import Trap
from enquiries.suspicion import suspicions

NEEDS_LENGTH = 500
_SALT = "campaigns.booking_form"
_PEOPLE = [(str(number), "Just me" if number == 1 else str(number)) for number in range(1, MOST_PEOPLE + 1)]
_NEEDS = "For example a hearing loop, step-free access or an interpreter. Only those who run the event see it."


def _people_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="How many people are coming?",
        help_text="With you.",
        choices=_PEOPLE,
        coerce=int,
        error_messages={"required": "Choose how many people are coming", "invalid_choice": "Choose from the list"},
    )


def _needs_field() -> forms.CharField:
    label = "Is there anything you need to take part? (optional)"
    return lines_field(label, "What you need", NEEDS_LENGTH, rows=3, help_text=_NEEDS)


class BookingForm(GovukForm):
    """`began`: when the page was made, signed, because a person needs longer to fill it in than a program."""

    began = forms.CharField(required=False, widget=forms.HiddenInput)
    name = name_field("Your name", missing="Enter your name", help_text="What would you like us to call you?")
    email = email_field("Email address")
    phone = phone_field("Phone number", help_text="A landline is fine. If it is abroad, start with the country code.")
    postcode = optional_postcode(
        "We use it to find the council that answers you. You can book whichever council you live in."
    )
    people = _people_field()
    needs = _needs_field()
    news = forms.BooleanField(label=now_shown(Consent.NEWS_EMAIL).answer, required=False)
    homepage = forms.CharField(label="Leave this empty", required=False)
    layout = (
        Question("name", autocomplete="name", spellcheck=False),
        Group(
            "How can we reach you?",
            (
                Question("email", autocomplete="email", spellcheck=False),
                Question("phone", width="20", autocomplete="tel"),
            ),
            size="s",
            hint="Give us an email address, a phone number, or both. We send the booking and a reminder by email.",
        ),
        Question("postcode", width="10", autocomplete="postal-code", spellcheck=False),
        Question("people"),
        Question("needs"),
        Group(
            now_shown(Consent.NEWS_EMAIL).question,
            (Question("news"),),
            size="s",
            hint=now_shown(Consent.NEWS_EMAIL).explanation,
        ),
        Trap("homepage"),
    )

    def __init__(self, data: object = None, *, now: datetime) -> None:
        super().__init__(data, initial={"began": signing.dumps(now.timestamp(), salt=_SALT), "people": "1"})  # type: ignore[arg-type]  # a QueryDict
        self.now = now

    def clean_postcode(self) -> str:
        return require_readable(self.cleaned_data["postcode"])

    def clean(self) -> dict[str, object]:
        told = self.cleaned_data
        if not {"email", "phone"} & set(self.errors) and not told.get("email") and not told.get("phone"):
            self.add_error("email", "Enter an email address or a phone number, so that we can reach you")
        if told.get("news") and "email" not in self.errors and not told.get("email"):
            self.add_error("email", "Enter an email address to get news by email, or leave its box empty")
        return told

    def booker(self) -> Booker:
        told = self.cleaned_data
        return Booker(
            name=told["name"],
            email=told["email"],
            phone=told["phone"],
            postcode=told["postcode"],
            people=told["people"],
            needs=told["needs"],
            news=told["news"],
            suspicions=suspicions(took=self._took(), trap=told["homepage"], name=told["name"], message=told["needs"]),
        )

    def _took(self) -> timedelta:
        """Nothing where the page did not come from us."""
        try:
            began: float = signing.loads(self.cleaned_data["began"], salt=_SALT)
        except signing.BadSignature:
            return timedelta(0)
        return timedelta(seconds=self.now.timestamp() - began)


class ChangeForm(GovukForm):
    people = _people_field()
    needs = _needs_field()
