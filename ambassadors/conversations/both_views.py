"""What either of the two may do once they are in touch: the same pages, whichever side opens them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ambassadors.actions import feedback, meeting
from ambassadors.conversations.forms import Sent, SpokeForm, TimeForm
from ambassadors.conversations.shown import Seen, may_say
from ambassadors.conversations.words import moment
from ambassadors.introduction_states import State, StoppedBy
from ambassadors.pairs import Where
from ambassadors.states import TalkBy
from councils.clock import hub_now
from councils.govuk import GovukForm
from councils.refusals import Refused
from enquiries.calendar_file import TYPE, Appointment, calendar_file
from enquiries.views import INVALID

_GOES_ON = frozenset({State.ACCEPTED, State.AGREED})
_HOW = {
    TalkBy.PHONE: "By phone.",
    TalkBy.EMAIL: "By email.",
    TalkBy.VIDEO: "By video. You find the link on your page with us.",
    TalkBy.EVENT: "In person.",
}


@dataclass(frozen=True)
class Side:
    """A conversation as one of the two looks at it. `page`: the address of it that is theirs; `frame`: what stands
    around their pages, a template and what it shows."""

    who: StoppedBy
    where: Where
    seen: Seen
    page: str
    frame: Mapping[str, object]

    @property
    def other(self) -> str:
        return self.seen.first_name

    @property
    def state(self) -> State:
        return State(self.seen.state)


def done(request: HttpRequest, page: str, do: Callable[[], object], told: str) -> HttpResponse:
    """Back to the conversation, with what came of it in a sentence."""
    try:
        do()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect(page)


def asking(request: HttpRequest, side: Side, form: GovukForm, **shown: object) -> HttpResponse:
    values = {**side.frame, "back": side.page, "form": form, **shown}
    return render(request, "ambassadors/conversations/question.html", values, status=INVALID if form.errors else 200)


def sure(request: HttpRequest, side: Side, **shown: object) -> HttpResponse:
    """Before something that the other one is told."""
    return render(request, "ambassadors/conversations/sure.html", {**side.frame, "back": side.page, **shown})


def time(request: HttpRequest, side: Side) -> HttpResponse:
    if side.state != State.AGREED or side.seen.way == TalkBy.EMAIL:
        return redirect(side.page)
    form = TimeForm(_sent(request), now=hub_now(), before=side.seen.talk_at)
    if form.is_bound and form.is_valid():
        way = TalkBy(side.seen.way)
        saved = f"Saved: {moment(form.at)}. We remind you both."
        return done(request, side.page, lambda: meeting.set_time(side.where, at=form.at, way=way), saved)
    told = ("You can change it later. Agree it with each other first if you can.",)
    shown = {"page_title": "When do you talk?", "heading": "When do you talk?", "submit_text": "Save"}
    return asking(request, side, form, paragraphs=told, **shown)


def calendar(side: Side) -> HttpResponse:
    if side.state != State.AGREED or side.seen.talk_at is None:
        return redirect(side.page)
    appointment = Appointment(
        uid=f"{side.where.pair_id}@conversations",
        title=f"Talk with {side.other}",
        text=_HOW[TalkBy(side.seen.way)],
        begins=side.seen.talk_at,
        written=hub_now(),
        place=side.seen.place,
    )
    name = {"Content-Disposition": 'attachment; filename="conversation.ics"'}
    return HttpResponse(calendar_file(appointment), content_type=TYPE, headers=name)


def stop(request: HttpRequest, side: Side) -> HttpResponse:
    if side.state not in _GOES_ON:
        return redirect(side.page)
    if request.method == "POST":
        told = f"The conversation has ended. We tell {side.other}, without a reason."
        return done(request, side.page, lambda: meeting.stop(side.where, by_whom=side.who, by=None), told)
    text = (
        f"You do not have to say why. We tell {side.other} that the conversation has ended, and nothing else.",
        "A number that was given is taken away at once, and emails are not passed on any more.",
    )
    return sure(request, side, heading="Stop this conversation", paragraphs=text, button="Stop this conversation")


def spoke(request: HttpRequest, side: Side) -> HttpResponse:
    if not may_say(side.seen):
        return redirect(side.page)
    form = SpokeForm(_sent(request))
    if form.is_bound and form.is_valid():
        how = form.cleaned_data["how"]
        return done(
            request,
            side.page,
            lambda: feedback.say_spoke(side.where, side=side.who, spoke=form.said_yes, how=how),
            "Thank you for telling us.",
        )
    return asking(request, side, form, page_title="Did you speak?", submit_text="Send")


def _sent(request: HttpRequest) -> Sent:
    return request.POST if request.method == "POST" else None
