"""What is done with an email to many: each step is a button."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from campaigns.actions import mailings as actions
from campaigns.actions import stopping
from campaigns.mailings.forms import ChooseForm, ScheduleForm
from campaigns.mailings.page import segments_for
from campaigns.mailings.views import done, mailing_page, visible
from campaigns.models import Mailing
from campaigns.states import Purpose
from councils.access import Access, StaffRequest
from councils.refusals import Refused

View = Callable[..., HttpResponse]


def step(act: Callable[..., Mailing], said: str) -> View:
    @require_POST
    def view(request: StaffRequest, mailing_id: UUID) -> HttpResponse:
        found = visible(request, mailing_id)
        try:
            act(found, by=request.access)
        except Refused as refusal:
            return mailing_page(request, visible(request, mailing_id), refusal=refusal)
        return done(request, found, said)

    return view


approve = step(actions.approve, "Approved. It can be started or scheduled now.")
back = step(actions.back, "It is a draft again, for nobody in particular.")
unschedule = step(actions.unschedule, "It is not scheduled any more.")
start = step(actions.start, "It goes out now.")
pause = step(stopping.pause, "Paused. Nothing more leaves until somebody goes on.")
resume = step(stopping.resume, "It goes on where it stopped.")
cancel = step(stopping.cancel, "Cancelled. Whoever had not got it yet will not get it.")


@require_POST
def choose(request: StaffRequest, mailing_id: UUID) -> HttpResponse:
    found = visible(request, mailing_id)
    segments = segments_for(found)
    form = ChooseForm(request.POST, segments=segments)
    if not form.is_valid():
        return mailing_page(request, found, choose=form)
    told = form.cleaned_data
    segment = next((each for each in segments if str(each.pk) == told["segment"]), None)
    try:
        actions.choose(
            found,
            segment=segment,
            purpose=Purpose(told["purpose"]),
            per_minute=told["per_minute"],
            by=request.access,
        )
    except Refused as refusal:
        return mailing_page(request, found, refusal=refusal)
    return done(request, found, "Saved. See below how many people that is.")


@require_POST
def prepare(request: StaffRequest, mailing_id: UUID) -> HttpResponse:
    """`shown`: the number on the button."""
    typed = request.POST.get("shown", "")
    return _tried(request, mailing_id, lambda found, by: _prepare(found, typed, by))


def _prepare(found: Mailing, typed: str, by: Access) -> str:
    if not typed.isdecimal():
        raise Refused("Look at the number of people first.")
    fixed = actions.prepare(found, shown=int(typed), by=by)
    return "The audience is fixed. " + (
        "A colleague has to approve it now." if fixed.approved_at is None else "It can be started or scheduled now."
    )


@require_POST
def schedule(request: StaffRequest, mailing_id: UUID) -> HttpResponse:
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        return mailing_page(request, visible(request, mailing_id), schedule=form)
    return _tried(request, mailing_id, lambda found, by: _schedule(found, form, by))


def _schedule(found: Mailing, form: ScheduleForm, by: Access) -> str:
    actions.schedule(found, at=form.moment(), by=by)
    return "Scheduled. It starts by itself."


def _tried(request: StaffRequest, mailing_id: UUID, do: Callable[[Mailing, Access], str]) -> HttpResponse:
    found = visible(request, mailing_id)
    try:
        said = do(found, request.access)
    except Refused as refusal:
        return mailing_page(request, visible(request, mailing_id), refusal=refusal)
    return done(request, found, said)
