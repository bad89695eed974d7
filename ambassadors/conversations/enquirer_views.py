"""The enquirer's side of a conversation, behind the door of "Your enquiry". GET shows, POST acts, twice is harmless."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from ambassadors.actions import answering, meeting
from ambassadors.conversations import both_views
from ambassadors.conversations.both_views import Side, asking, done, sure
from ambassadors.conversations.enquirer_page import Theirs, conversation_of, enquirer_page
from ambassadors.conversations.forms import AgreeForm, NumberForm
from ambassadors.introduction_states import State, StoppedBy
from ambassadors.states import TalkBy
from ambassadors.waits import expected_wait
from councils.clock import hub_now
from enquiries.contact_details import spoken_phone
from enquiries.models import Enquiry
from enquiries.status_access import PageView, behind_the_door
from enquiries.status_page import phone_shown, proved
from enquiries.views import require_get_or_post

OfConversation = Callable[[HttpRequest, Enquiry, Theirs], HttpResponse]
PAGE = "talk:conversation"
FRAME = "ambassadors/conversations/frame.html"


def _of_conversation(view: OfConversation) -> PageView:
    """Whoever has none, or has one no more, is told so on the page."""

    @wraps(view)
    def found(request: HttpRequest, case: Enquiry) -> HttpResponse:
        theirs = conversation_of(case)
        return view(request, case, theirs) if theirs else redirect(PAGE)

    return behind_the_door(found)


def _side(theirs: Theirs) -> Side:
    return Side(StoppedBy.ENQUIRER, theirs.where, theirs.seen, reverse(PAGE), {"frame": FRAME})


@require_safe
@behind_the_door
def page(request: HttpRequest, case: Enquiry) -> HttpResponse:
    shown = enquirer_page(case, hub_now())
    if shown.is_empty:
        return redirect("status:page")
    around = {"back": reverse("status:page"), "back_text": "Your enquiry", "may_wish": case.is_open}
    waits = expected_wait(case) if shown.looking else ""
    return render(request, "ambassadors/conversations/enquirer.html", around | {"page": shown, "waits": waits})


@require_get_or_post
@_of_conversation
def agree(request: HttpRequest, case: Enquiry, theirs: Theirs) -> HttpResponse:
    if theirs.state != State.ACCEPTED or not theirs.seen.ways:
        return redirect(PAGE)
    form = _agree_form(request, case, theirs)
    if form.is_bound and form.is_valid():
        way = TalkBy(form.cleaned_data["way"])
        phone = (form.cleaned_data["phone"] or case.phone) if way == TalkBy.PHONE else ""
        told = f"Thank you. {theirs.seen.first_name} knows that you would like to talk."
        return done(request, reverse(PAGE), lambda: answering.agree(theirs.where, way=way, phone=phone), told)
    title = f"How would you like to talk to {theirs.seen.first_name}?"
    return asking(request, _side(theirs), form, page_title=title, submit_text="Yes, I would like to talk")


def _agree_form(request: HttpRequest, case: Enquiry, theirs: Theirs) -> AgreeForm:
    """A number is written out only for whoever has proved to be its owner."""
    seen, whole = theirs.seen, proved(case)
    return AgreeForm(
        request.POST if request.method == "POST" else None,
        other=seen.first_name,
        ways=seen.ways,
        phone=spoken_phone(case.phone) if case.phone and whole else "",
        known=phone_shown(case, whole=False) if case.phone and not whole else "",
    )


@require_get_or_post
@_of_conversation
def other(request: HttpRequest, case: Enquiry, theirs: Theirs) -> HttpResponse:
    if theirs.state != State.ACCEPTED:
        return redirect(PAGE)
    if request.method == "POST":
        told = "We are looking for somebody else for you."
        return done(request, reverse(PAGE), lambda: answering.prefer_other(theirs.where), told)
    text = (
        f"You do not have to say why. {theirs.seen.first_name} is told kindly, and you go on waiting where you were.",
    )
    heading = "Talk to somebody else"
    return sure(request, _side(theirs), heading=heading, paragraphs=text, button="Find somebody else for me")


@require_get_or_post
@_of_conversation
def number(request: HttpRequest, case: Enquiry, theirs: Theirs) -> HttpResponse:
    seen = theirs.seen
    if theirs.state != State.AGREED or seen.way != TalkBy.PHONE:
        return redirect(PAGE)
    before = spoken_phone(case.phone) if case.phone and proved(case) else ""
    form = NumberForm(request.POST if request.method == "POST" else None, other=seen.first_name, phone=before)
    if form.is_bound and form.is_valid():
        phone = form.cleaned_data["phone"]
        told = f"Saved. {seen.first_name} can ring you."
        return done(request, reverse(PAGE), lambda: meeting.release_phone(theirs.where, phone), told)
    title = f"Which number may {seen.first_name} ring?"
    return asking(request, _side(theirs), form, page_title=title, heading=title, submit_text="Save")


@require_POST
@_of_conversation
def take_number_back(request: HttpRequest, case: Enquiry, theirs: Theirs) -> HttpResponse:
    told = f"{theirs.seen.first_name} does not see your number any more."
    return done(request, reverse(PAGE), lambda: meeting.take_phone_back(theirs.where), told)


@require_get_or_post
@_of_conversation
def time(request: HttpRequest, case: Enquiry, theirs: Theirs) -> HttpResponse:
    return both_views.time(request, _side(theirs))


@require_safe
@_of_conversation
def calendar(request: HttpRequest, case: Enquiry, theirs: Theirs) -> HttpResponse:
    return both_views.calendar(_side(theirs))


@require_get_or_post
@_of_conversation
def stop(request: HttpRequest, case: Enquiry, theirs: Theirs) -> HttpResponse:
    return both_views.stop(request, _side(theirs))


@require_get_or_post
@_of_conversation
def spoke(request: HttpRequest, case: Enquiry, theirs: Theirs) -> HttpResponse:
    return both_views.spoke(request, _side(theirs))
