"""Who the person is, how to reach them, and what else they want to say."""

from django import forms

from councils.govuk import Group, Piece, Question
from enquiries.consents import Consent, now_shown
from enquiries.contact_details import may_be_texted, spoken_phone
from enquiries.forms.fields import email_field, line_field, lines_field, name_field, phone_field
from enquiries.forms.step import Known, StepForm, Trap
from enquiries.forms.words_shown import WordsShown, require_words_of_now
from enquiries.states import OFFERED_WAYS, WAYS_BY_PHONE, Slot, Way

MESSAGE_LENGTH = 2000
LANGUAGE_LENGTH = 60
INTERPRETER, BSL, TEXT_RELAY = "interpreter", "bsl", "text_relay"
VOICEMAIL, TEXT = "voicemail", "text"
NEWS_EMAIL, NEWS_TEXT = "email", "text"


class DetailsForm(StepForm):
    name = name_field("Your name", missing="Enter your name", help_text="What would you like us to call you?")
    email = email_field("Email address")
    phone = phone_field("Phone number", help_text="A landline is fine. If it is abroad, start with the country code.")
    homepage = forms.CharField(label="Leave this empty", required=False)
    layout = (
        Question("name", autocomplete="name", spellcheck=False),
        Group(
            "How can we reach you?",
            (
                Question("email", autocomplete="email", spellcheck=False),
                Question("phone", width="20", autocomplete="tel"),
            ),
            hint="Give us an email address, a phone number, or both.",
        ),
        Trap("homepage"),
    )

    def clean(self) -> dict[str, object]:
        wrong = {"email", "phone"} & set(self.errors)
        if not wrong and not self.cleaned_data.get("email") and not self.cleaned_data.get("phone"):
            self.add_error("email", "Enter an email address or a phone number, so that we can reach you")
        return self.cleaned_data


def possible_ways(*, email: str, phone: str) -> list[Way]:
    possible = {
        Way.CALL: bool(phone),
        Way.TEXT: may_be_texted(phone),
        Way.EMAIL: bool(email),
        Way.VIDEO: True,
    }
    return [way for way in OFFERED_WAYS if possible[way]]


def ways_for(known: Known) -> list[tuple[str, str]]:
    return [(way.value, way.label) for way in possible_ways(email=known.email, phone=known.phone)]


class ContactForm(StepForm):
    shown = WordsShown(Consent.VOICEMAIL, Consent.TEXT_MESSAGE)
    way = forms.ChoiceField(
        label="How should we get in touch?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how we should get in touch",
            "invalid_choice": "Choose how we should get in touch",
        },
    )
    times = forms.MultipleChoiceField(
        label="When would suit you? (optional)",
        help_text="For a phone or video call. Tick all that suit you.",
        choices=Slot.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Choose times from the list"},
    )
    mentions = forms.MultipleChoiceField(
        label=now_shown(Consent.VOICEMAIL).question,
        help_text=now_shown(Consent.VOICEMAIL).explanation,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Choose from the list"},
    )
    support = forms.MultipleChoiceField(
        label="Would any of these help when we talk? (optional)",
        choices=[
            (INTERPRETER, "Another language than English"),
            (BSL, "British Sign Language (BSL)"),
            (TEXT_RELAY, "Text relay (Relay UK)"),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Choose from the list"},
    )
    language = line_field("Which language?", "The language", LANGUAGE_LENGTH)
    needs_interpreter = forms.BooleanField(label="I would like an interpreter", required=False)

    layout = (
        "shown",
        "way",
        Question("times", size="m"),
        Question("mentions", size="m"),
        Question("support", size="m", reveals={INTERPRETER: ("language", "needs_interpreter")}),
    )

    def adapt(self) -> None:
        by_voice = [(VOICEMAIL, now_shown(Consent.VOICEMAIL).answer)] if self.known.phone else []
        by_text = [(TEXT, now_shown(Consent.TEXT_MESSAGE).answer)] if may_be_texted(self.known.phone) else []
        self.offer("mentions", by_voice + by_text)
        self.offer("way", ways_for(self.known))

    def pieces(self) -> list[Piece]:
        shown, _, *others = super().pieces()
        return [shown, Question("way", size="m", hints=self.way_hints()), *others]

    def clean(self) -> dict[str, object]:
        require_words_of_now(self, "mentions")
        return self.cleaned_data

    def way_hints(self) -> dict[str, str]:
        by_phone = {way.value: spoken_phone(self.known.phone) for way in WAYS_BY_PHONE if self.known.phone}
        return by_phone | {Way.EMAIL.value: self.known.email}


class MoreForm(StepForm):
    shown = WordsShown(Consent.NEWS_EMAIL, Consent.NEWS_TEXT)
    message = lines_field(
        "Is there anything else you would like us to know? (optional)",
        "Your message",
        MESSAGE_LENGTH,
        help_text="Please do not tell us about health, convictions or named children here. That can wait.",
    )
    news = forms.MultipleChoiceField(
        label=now_shown(Consent.NEWS_EMAIL).question,
        help_text=now_shown(Consent.NEWS_EMAIL).explanation,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Choose from the list"},
    )
    layout = ("shown", Question("message", size="m", characters=MESSAGE_LENGTH), Question("news", size="m"))

    def adapt(self) -> None:
        by_email = [(NEWS_EMAIL, now_shown(Consent.NEWS_EMAIL).answer)] if self.known.email else []
        by_text = [(NEWS_TEXT, now_shown(Consent.NEWS_TEXT).answer)] if may_be_texted(self.known.phone) else []
        self.offer("news", by_email + by_text)

    def clean(self) -> dict[str, object]:
        require_words_of_now(self, "news")
        return self.cleaned_data
