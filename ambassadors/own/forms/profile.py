"""What an ambassador writes about themselves."""

from typing import ClassVar

from django import forms

from ambassadors.actions.profiles import Home, Profile
from ambassadors.homes import home_of
from ambassadors.models import Ambassador
from councils import postcodes
from councils.govuk import GovukForm, Group, Piece, Question
from enquiries import languages
from enquiries.forms.fields import line_field, lines_field, name_field
from enquiries.forms.optional import some_of
from enquiries.forms.step import Sent
from enquiries.states import CareKind

NAME_LENGTH, ABOUT_LENGTH, HOUSEHOLD_LENGTH, LANGUAGES_LENGTH = 60, 1000, 300, 300
EARLIEST = 1950
_KINDS = [(kind.value, kind.label) for kind in CareKind if kind != CareKind.NOT_SURE]
_NO_POSTCODE = "Enter a full UK postcode, like SO23\u00a08UJ"


class ProfileForm(GovukForm):
    first_name = name_field(
        "Your first name", subject="Your first name", missing="Enter your first name", help_text="Without your surname."
    )
    about = lines_field(
        "A few words about you",
        "The text",
        ABOUT_LENGTH,
        rows=6,
        help_text="For example, why you foster and what you like. Write nothing by which a child could be known.",
    )
    carer_since = line_field("Since which year do you foster?", "The year", 4, help_text="For example, 2014.")
    kinds = some_of("Which kinds of fostering have you done?", _KINDS)
    household = line_field(
        "Who lives with you, as far as you want to say (optional)",
        "Your answer",
        HOUSEHOLD_LENGTH,
        help_text="For example, my wife, two grown-up sons and a dog. No names, and nobody whom you foster.",
    )
    languages = some_of(
        "Which languages can you talk in, besides English?", [(name, name) for name in languages.COMMON]
    )
    other_languages = line_field(
        "Any other languages", "Other languages", LANGUAGES_LENGTH, help_text="Put a comma between two."
    )
    postcode = line_field("Your postcode", "Your postcode", 40)

    def __init__(self, sent: Sent | None, *, row: Ambassador, today_year: int) -> None:
        self.row, self.today_year = row, today_year
        self.home: Home | None = None
        super().__init__(sent, initial=_as_it_is(row))
        self.fields["postcode"].help_text = _what_is_kept(row.district)

    layout: ClassVar[tuple[Piece | str, ...]] = (
        Question("first_name", size="m", width="20", autocomplete="given-name", spellcheck=False),
        Question("about", size="m", characters=ABOUT_LENGTH),
        Question("carer_since", size="m", width="4", inputmode="numeric"),
        Question("kinds", size="m"),
        Question("household", size="m"),
        Group("Languages", (Question("languages", small=True), "other_languages")),
        Group("Where you live", (Question("postcode", width="10", autocomplete="postal-code", spellcheck=False),)),
    )

    def clean_first_name(self) -> str:
        name: str = self.cleaned_data["first_name"]
        if len(name) > NAME_LENGTH:
            raise forms.ValidationError(f"Your first name must be {NAME_LENGTH} characters or fewer")
        return name

    def clean_carer_since(self) -> int | None:
        typed: str = self.cleaned_data["carer_since"]
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit() and EARLIEST <= int(typed) <= self.today_year):
            raise forms.ValidationError(f"Enter a year between {EARLIEST} and {self.today_year}")
        return int(typed)

    def clean_other_languages(self) -> tuple[str, ...]:
        others = languages.named(self.cleaned_data["other_languages"])
        if any(len(name) > languages.LONGEST for name in others):
            raise forms.ValidationError("Put a comma between two languages")
        if len(others) > languages.MOST:
            raise forms.ValidationError(f"Enter {languages.MOST} languages or fewer")
        return others

    def clean_postcode(self) -> str:
        typed: str = self.cleaned_data["postcode"]
        if not typed and not self.row.district:
            raise forms.ValidationError("Enter your postcode")
        key = postcodes.key_of(typed)
        if typed and key is None:
            raise forms.ValidationError(_NO_POSTCODE)
        self.home = home_of(key) if key else None
        return ""

    def profile(self) -> Profile:
        told = self.cleaned_data
        return Profile(
            first_name=told["first_name"],
            about=told["about"],
            carer_since=told["carer_since"],
            kinds=tuple(CareKind(kind) for kind in told["kinds"]),
            household=told["household"],
            languages=tuple(dict.fromkeys([*told["languages"], *told["other_languages"]])),
            home=self.home,
        )


def _as_it_is(row: Ambassador) -> dict[str, object]:
    return {
        "first_name": row.first_name,
        "about": row.about,
        "carer_since": row.carer_since,
        "kinds": row.kinds,
        "household": row.household,
        "languages": row.languages,
        "other_languages": languages.not_on_the_list(row.languages),
    }


def _what_is_kept(district: str) -> str:
    kept = (
        "We do not keep it. We keep its first half, to say roughly how far apart two people live, and a scrambled code "
        "of it and of the postcodes next door, so that you are never introduced to a neighbour."
    )
    return f"We have {district}. Leave this empty unless you have moved. {kept}" if district else kept
