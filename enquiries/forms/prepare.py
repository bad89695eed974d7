"""Help us prepare: optional, after the reference. It informs and never rejects."""

from enum import StrEnum
from typing import TypeVar

from councils.govuk import Question
from enquiries.answers import Preparation, Wished
from enquiries.consents import Consent, now_shown
from enquiries.forms.fields import line_field, name_field
from enquiries.forms.optional import one_of, some_of
from enquiries.forms.step import StepForm
from enquiries.forms.wish import WishQuestions
from enquiries.forms.words_shown import WordsShown, require_words_of_now
from enquiries.states import Bedroom, CareKind, HeardFrom, OfAge

DETAIL_LENGTH = 100
_AMBASSADOR = now_shown(Consent.AMBASSADOR)
Chosen = TypeVar("Chosen", OfAge, Bedroom, HeardFrom)


class WantsAmbassador(StrEnum):
    YES = "yes"
    NO = "no"


class PrepareForm(WishQuestions, StepForm):
    shown = WordsShown(Consent.AMBASSADOR)
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
    layout = (
        Question("of_age", size="m", inline=True),
        Question("bedroom", size="m"),
        Question("second_adult", size="m", spellcheck=False),
        Question("care_kinds", size="m", exclusive=CareKind.NOT_SURE.value, or_before=CareKind.NOT_SURE.value),
        Question("heard_from", size="m"),
        "heard_detail",
        Question("wants_ambassador", size="m", reveals={WantsAmbassador.YES.value: WishQuestions.layout}),
    )

    def adapt(self) -> None:
        self.fields["of_age"].label = f"Are you {self.minimum_age} or over?"

    def clean(self) -> dict[str, object]:
        require_words_of_now(self, "wants_ambassador")
        return self.cleaned_data

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
        return self.said() if self.cleaned_data["wants_ambassador"] == WantsAmbassador.YES else None

    def wishes_for_nobody(self) -> bool:
        return bool(self.cleaned_data["wants_ambassador"] == WantsAmbassador.NO)


def chosen(choices: type[Chosen], value: str) -> Chosen | None:
    return choices(value) if value else None
