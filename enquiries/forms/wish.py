"""Whom somebody would like to talk to, and about what: on "help us prepare", on "Your enquiry", and on the phone."""

from typing import ClassVar

from django import forms

from councils.govuk import GovukForm, Piece, Question
from enquiries.answers import Wished
from enquiries.consents import Consent, now_shown
from enquiries.forms.fields import line_field, lines_field
from enquiries.forms.optional import some_of
from enquiries.forms.step import Sent
from enquiries.forms.words_shown import WordsShown, require_words_of_now
from enquiries.states import TalkAbout
from enquiries.wish_states import Attribute, TalkBy
from enquiries.wish_words import LONGEST_LANGUAGE, MOST_LANGUAGES, languages_in, who, wished_from

TALK_LENGTH = 500


class WishQuestions(GovukForm):
    """None has to be answered, and nothing is ticked for anybody."""

    talk_whom = some_of(
        "Would you find it easier to talk to somebody like this? (optional)",
        [(each.value, f"Somebody who {who(each)}") for each in Attribute],
        "We may not have somebody for everything you tick. Then we look for whoever comes nearest.",
    )
    talk_about = some_of("What would you like to talk about? (optional)", TalkAbout.choices)
    talk_detail = lines_field("Anything else you would like to ask them (optional)", "Your answer", TALK_LENGTH, rows=3)
    talk_ways = some_of(
        "How would you like to talk? (optional)", TalkBy.choices, "If you tick nothing, any of these will do."
    )
    talk_languages = line_field(
        "Do you need to talk in a language other than English? (optional)",
        "The language",
        150,
        help_text="Leave this empty if English is fine. We then only ask carers who speak your language.",
    )
    layout: ClassVar[tuple[Piece | str, ...]] = (
        Question("talk_whom", size="s"),
        Question("talk_about", size="s"),
        Question("talk_detail", size="s"),
        Question("talk_ways", size="s"),
        Question("talk_languages", size="s", width="20"),
    )

    def clean_talk_languages(self) -> str:
        typed: str = self.cleaned_data["talk_languages"]
        named = languages_in(typed)
        if len(named) > MOST_LANGUAGES or any(len(each) > LONGEST_LANGUAGE for each in named):
            raise forms.ValidationError(f"Enter no more than {MOST_LANGUAGES} languages, with a comma between them")
        return typed

    def said(self) -> Wished:
        told = self.cleaned_data
        return wished_from(
            whom=told["talk_whom"],
            about=told["talk_about"],
            detail=told["talk_detail"],
            languages=languages_in(told["talk_languages"]),
            ways=told["talk_ways"],
        )


class WishForm(WishQuestions):
    """On a page of its own, with the words that they agree to above it."""

    shown = WordsShown(Consent.AMBASSADOR)

    def __init__(self, sent: Sent | None = None, *, before: Wished | None = None) -> None:
        super().__init__(sent, initial=_as_typed(before) if before else None)

    def clean(self) -> dict[str, object]:
        require_words_of_now(self, "talk_whom")
        return self.cleaned_data


class HeardWishForm(WishForm):
    """Staff write down what they heard. What is sensitive is kept only with a spoken yes to it."""

    agreed = forms.BooleanField(label=now_shown(Consent.SPOKEN_WISH).answer, required=False)

    def clean(self) -> dict[str, object]:
        told = super().clean()
        if told.get("talk_whom") and not told.get("agreed"):
            self.add_error("agreed", "Ask them, and tick this once they have said yes; or tick nobody in particular")
        return told


def _as_typed(before: Wished) -> dict[str, object]:
    return {
        "talk_whom": list(before.whom),
        "talk_about": list(before.about),
        "talk_detail": before.detail,
        "talk_ways": list(before.ways),
        "talk_languages": ", ".join(before.languages),
    }
