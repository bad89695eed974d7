"""Help us prepare: optional, after the reference. It informs and never rejects."""

from enum import StrEnum
from typing import TypeVar

from django import forms

from councils.govuk import Question
from enquiries.answers import Preparation, Wished
from enquiries.consents import Consent, now_shown
from enquiries.forms.fields import line_field, lines_field, name_field
from enquiries.forms.step import StepForm
from enquiries.states import Bedroom, CareKind, HeardFrom, OfAge, TalkAbout

DETAIL_LENGTH = 100
TALK_LENGTH = 500
_AMBASSADOR = now_shown(Consent.AMBASSADOR)
Chosen = TypeVar("Chosen", OfAge, Bedroom, HeardFrom)


class WantsAmbassador(StrEnum):
    YES = "yes"
    NO = "no"


def one_of(label: str, choices: list[tuple[str, str]], **options: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose from the list"},
        **options,  # type: ignore[arg-type]  # help_text alone
    )


def some_of(label: str, choices: list[tuple[str, str]], **options: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list"},
        **options,  # type: ignore[arg-type]  # help_text alone
    )


class PrepareForm(StepForm):
    of_age = one_of("", OfAge.choices)
    bedroom = one_of(
        "Do you have a spare bedroom?",
        Bedroom.choices,
        help_text="If you do not, please still talk to us. Some kinds of fostering do not need one straight away.",
    )
    second_adult = name_field(
        "If you would foster with a partner or another adult, what is their name?", subject="The other adult’s name"
    )
    care_kinds = some_of("What kinds of fostering interest you?", CareKind.choices)
    heard_from = one_of("How did you hear about us?", HeardFrom.choices)
    heard_detail = line_field("Can you say more? For example, which event or website", "Your answer", DETAIL_LENGTH)
    wants_ambassador = one_of(
        _AMBASSADOR.question,
        [(WantsAmbassador.YES.value, _AMBASSADOR.answer), (WantsAmbassador.NO.value, "Not now")],
        help_text=_AMBASSADOR.explanation,
    )
    talk_about = some_of("What would you like to talk about?", TalkAbout.choices)
    talk_detail = lines_field("Anything else you would like to ask them", "Your answer", TALK_LENGTH, rows=3)
    layout = (
        Question("of_age", size="m", inline=True),
        Question("bedroom", size="m"),
        Question("second_adult", size="m", spellcheck=False),
        Question("care_kinds", size="m", exclusive=CareKind.NOT_SURE.value, or_before=CareKind.NOT_SURE.value),
        Question("heard_from", size="m"),
        "heard_detail",
        Question(
            "wants_ambassador", size="m", reveals={WantsAmbassador.YES.value: (Question("talk_about"), "talk_detail")}
        ),
    )

    def adapt(self) -> None:
        self.fields["of_age"].label = f"Are you {self.minimum_age} or over?"

    @property
    def minimum_age(self) -> int:
        return self.known.place.council.minimum_age

    def preparation(self) -> Preparation:
        told = self.cleaned_data
        return Preparation(
            of_age=chosen(OfAge, told["of_age"]),
            minimum_age=self.minimum_age if told["of_age"] else None,
            bedroom=chosen(Bedroom, told["bedroom"]),
            second_adult=told["second_adult"],
            care_kinds=tuple(CareKind(kind) for kind in told["care_kinds"]),
            heard_from=chosen(HeardFrom, told["heard_from"]),
            heard_detail=told["heard_detail"],
            wants_ambassador=told["wants_ambassador"] == WantsAmbassador.YES,
        )

    def wished(self) -> Wished | None:
        """Without JavaScript the questions below "yes" are always there; they count with a "yes" only."""
        told = self.cleaned_data
        if told["wants_ambassador"] != WantsAmbassador.YES:
            return None
        return Wished(about=tuple(TalkAbout(topic) for topic in told["talk_about"]), detail=told["talk_detail"])


def chosen(choices: type[Chosen], value: str) -> Chosen | None:
    return choices(value) if value else None
