"""The form as data: which pages, in which order, under which condition; and one visitor's walk through them.

A page counts as answered when what was typed there is valid for what is known now. So an answer that another change
has overtaken (a postcode in another county) is asked for again, and no page can be jumped over.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TypedDict

from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from councils.models import Hub
from enquiries import forms
from enquiries.answers import Answers
from enquiries.drafts import Progress, Typed
from enquiries.forms.person import BSL, INTERPRETER, NEWS_EMAIL, NEWS_TEXT, TEXT, TEXT_RELAY, VOICEMAIL
from enquiries.forms.reason import Reason, fostering
from enquiries.forms.step import Known, StepForm
from enquiries.states import FostersWith, Kind, Slot, Way
from enquiries.suspicion import suspicions
from enquiries.whereabouts import Whereabouts


@dataclass(frozen=True)
class Step:
    """`forgets` names pages whose answers fall when this one is answered differently."""

    name: str
    form: type[StepForm]
    title: str
    needed: Callable[["Walk"], bool] = lambda _: True
    has_heading: bool = False  # a heading of its own, because the page asks several questions or none
    optional: bool = False  # reached by a link only, and never missing
    forgets: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return reverse(f"enquire:{self.name}")


STEPS: tuple[Step, ...] = (
    Step("postcode", forms.PostcodeForm, "What is your postcode?", forgets=("area", "outside", "council")),
    # Before the two questions that a choice of council makes needless.
    Step("council", forms.CouncilForm, "Which council would you like to answer you?", optional=True),
    Step("area", forms.AreaForm, "Who sends your council tax bill?", lambda walk: walk.asks_area, forgets=("outside",)),
    Step("outside", forms.OutsideForm, "You live outside our area", lambda walk: walk.is_outside, has_heading=True),
    Step("reason", forms.ReasonForm, "What brings you here?"),
    Step("fostering", forms.FosteringForm, "Who do you foster with?", lambda walk: walk.reason == Reason.FOSTERS),
    Step("details", forms.DetailsForm, "Your name and how to reach you", has_heading=True),
    Step("contact", forms.ContactForm, "How and when should we get in touch?", has_heading=True),
    Step("more", forms.MoreForm, "Anything else", has_heading=True),
)


class Walk:
    def __init__(self, hub: Hub, progress: Progress) -> None:
        self.hub = hub
        self.progress = progress
        self._answered: dict[str, StepForm] = {}

    @cached_property
    def place(self) -> Whereabouts:
        return Whereabouts(
            hub=self.hub,
            typed=" ".join(self.typed("postcode", "postcode").split()),
            without=bool(self.typed("postcode", "without")),
            area_named=self.typed("area", "area"),
            chosen=self.typed("council", "council"),
        )

    @property
    def asks_area(self) -> bool:
        return self.place.asks_area and not self.place.chosen

    @property
    def is_outside(self) -> bool:
        return self.place.is_outside and not self.place.chosen

    @property
    def reason(self) -> str:
        return self.typed("reason", "reason")

    @cached_property
    def known(self) -> Known:
        details = forms.DetailsForm(self.data("details"), known=Known(self.place))
        told = details.cleaned_data if details.is_valid() else {}
        return Known(self.place, reason=self.reason, email=told.get("email", ""), phone=told.get("phone", ""))

    def typed(self, page: str, name: str) -> str:
        """The last value sent under this name, "" if none was."""
        return (self.progress.pages.get(page, {}).get(name) or [""])[-1]

    def data(self, page: str) -> MultiValueDict[str, str]:
        return MultiValueDict(self.progress.pages.get(page, {}))

    def form(self, step: Step, data: MultiValueDict[str, str] | None = None) -> StepForm:
        """To fill in, with what was typed before; or bound to what was sent now."""
        return step.form(data, known=self.known, typed=self.progress.pages.get(step.name))

    def answers_of(self, step: Step) -> StepForm:
        """The page bound to what was typed there; made once, for it is asked about often."""
        if step.name not in self._answered:
            self._answered[step.name] = self.form(step, self.data(step.name))
        return self._answered[step.name]

    def answered(self, step: Step) -> bool:
        return step.name in self.progress.pages and self.answers_of(step).is_valid()

    def path(self) -> Iterator[Step]:
        """The pages of this walk, in order."""
        return (step for step in STEPS if not step.optional and step.needed(self))

    def first_missing(self, *, before: Step | None = None) -> Step | None:
        """The first page without a valid answer; with `before`, only among the pages ahead of that one."""
        last = STEPS.index(before) if before else len(STEPS)
        return next((step for step in self.path() if STEPS.index(step) < last and not self.answered(step)), None)

    def page_before(self, step: Step | None) -> Step | None:
        """Where "Back" leads; None leads to the home page. `step` None is the check page."""
        last = STEPS.index(step) if step else len(STEPS)
        earlier = [each for each in self.path() if STEPS.index(each) < last]
        return earlier[-1] if earlier else None

    def told(self, name: str) -> dict[str, object]:
        """What a page's answers come to, once they are valid."""
        form = self.answers_of(step_called(name))
        form.is_valid()
        return form.cleaned_data

    def answers(self, now: datetime, *, notice_version: str) -> Answers:
        """Everything that was told. Asked once no page is missing."""
        details, more = self.told("details"), self.told("more")
        kind, fosters_with, service = self.kind()
        news = chosen(more, "news")
        return Answers(
            hub_id=self.hub.pk,
            council_id=self.place.council.pk,
            route=self.place.snapshot(),
            route_choice=self.place.choice,
            area_named=self.place.area.code if self.place.area else "",
            kind=kind,
            fosters_with=fosters_with,
            fosters_with_name=service,
            name=str(details["name"]),
            email=str(details["email"]),
            phone=str(details["phone"]),
            message=str(more["message"]),
            notice_version=notice_version,
            news_by_email=NEWS_EMAIL in news,
            news_by_text=NEWS_TEXT in news,
            suspicions=suspicions(
                took=timedelta(seconds=now.timestamp() - self.progress.started_at),
                trap=str(details["homepage"]),
                name=str(details["name"]),
                message=str(more["message"]),
            ),
            **contact(self.told("contact")),
        )

    def kind(self) -> tuple[Kind, FostersWith, str]:
        if self.reason != Reason.FOSTERS:
            return Kind(self.reason), FostersWith.NOBODY, ""
        return fostering(self.told("fostering"))


class ContactAnswers(TypedDict):
    way: Way
    times: tuple[Slot, ...]
    voicemail_ok: bool
    text_ok: bool
    language: str
    needs_interpreter: bool
    uses_bsl: bool
    uses_text_relay: bool


def contact(told: dict[str, object]) -> ContactAnswers:
    mentions, support = chosen(told, "mentions"), chosen(told, "support")
    interpreter = INTERPRETER in support
    return {
        "way": Way(str(told["way"])),
        "times": tuple(Slot(slot) for slot in chosen(told, "times")),
        "voicemail_ok": VOICEMAIL in mentions,
        "text_ok": TEXT in mentions,
        # Without JavaScript the questions below "another language" are always there; they count with it only.
        "language": str(told["language"]) if interpreter else "",
        "needs_interpreter": interpreter and bool(told["needs_interpreter"]),
        "uses_bsl": BSL in support,
        "uses_text_relay": TEXT_RELAY in support,
    }


def chosen(told: dict[str, object], name: str) -> list[str]:
    ticked = told.get(name, [])
    return list(ticked) if isinstance(ticked, list) else []


def step_called(name: str) -> Step:
    return next(step for step in STEPS if step.name == name)


def kept(progress: Progress, step: Step, typed: Typed) -> None:
    """Keep what was typed on one page, and drop what it makes void."""
    if progress.pages.get(step.name) != typed:
        for name in step.forgets:
            progress.pages.pop(name, None)
    progress.pages[step.name] = typed
