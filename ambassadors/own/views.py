"""An ambassador's own pages. GET shows, POST acts, and acting twice is harmless."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from ambassadors import joining, offerings
from ambassadors.actions import profiles
from ambassadors.me import Me
from ambassadors.models import Ambassador
from ambassadors.own import preview
from ambassadors.own.access import INVALID, behind_own_door, behind_own_door_even_before_joining, require_get_or_post
from ambassadors.own.forms.availability import AvailabilityForm, PauseForm
from ambassadors.own.forms.offering import JoinForm, OfferingForm
from ambassadors.own.forms.profile import ProfileForm
from ambassadors.own.home_page import home_page
from councils.clock import hub_now
from councils.govuk import GovukForm
from councils.tenancy import as_ambassador
from councils.working_time import in_london

HOME = "ambassadors:home"


@require_safe
@behind_own_door
def home(request: HttpRequest, me: Me) -> HttpResponse:
    return render(request, "ambassadors/home.html", {"page": home_page(me), "me": me})


@require_get_or_post
@behind_own_door_even_before_joining
def join(request: HttpRequest, me: Me) -> HttpResponse:
    if me.joined:
        return redirect(HOME)
    version = joining.newest()
    statement = joining.STATEMENTS[version]
    form = JoinForm(request.POST if request.method == "POST" else None, words=statement.agreed)
    if form.is_bound and form.is_valid():
        profiles.join(me, version=request.POST.get("version", ""))
        messages.success(request, "Welcome. Tell us a little about you, so that we know whom to introduce to you.")
        return redirect("ambassadors:profile")
    values = {"statement": statement, "version": version}
    return _asked(request, me, form, "ambassadors/join.html", "Be an ambassador", **values)


@require_get_or_post
@behind_own_door
def profile(request: HttpRequest, me: Me) -> HttpResponse:
    row, year = _own(me), in_london(hub_now()).year
    form = ProfileForm(request.POST if request.method == "POST" else None, row=row, today_year=year)
    if form.is_bound and form.is_valid():
        profiles.save_profile(me, form.profile())
        return _saved(request, "We have saved your profile.", on=HOME if row.ways else "ambassadors:availability")
    return _asked(request, me, form, "ambassadors/question.html", "Your profile")


@require_get_or_post
@behind_own_door
def availability(request: HttpRequest, me: Me) -> HttpResponse:
    form = AvailabilityForm(request.POST if request.method == "POST" else None, row=_own(me))
    if form.is_bound and form.is_valid():
        profiles.save_availability(me, form.availability())
        return _saved(request, "We have saved when you may be asked.")
    return _asked(request, me, form, "ambassadors/question.html", "How and when you would talk")


@require_get_or_post
@behind_own_door
def offering(request: HttpRequest, me: Me) -> HttpResponse:
    with as_ambassador(me.id):
        shared = preview.shared_by(me)
    form = OfferingForm(request.POST if request.method == "POST" else None, shared=shared)
    if form.is_bound and form.is_valid():
        profiles.share(me, form.chosen())
        return _saved(request, "We have saved what you share.", on="ambassadors:preview")
    wording = offerings.now_asked()
    return _asked(request, me, form, "ambassadors/offering.html", "What you share about yourself", wording=wording)


@require_safe
@behind_own_door
def seen_by_others(request: HttpRequest, me: Me) -> HttpResponse:
    row, rows = preview.as_others_see(me)
    return render(request, "ambassadors/preview.html", {"about": row.about, "rows": rows, "me": me})


@require_get_or_post
@behind_own_door
def pause(request: HttpRequest, me: Me) -> HttpResponse:
    form = PauseForm(request.POST if request.method == "POST" else None, today=in_london(hub_now()).date())
    if form.is_bound and form.is_valid():
        profiles.pause(me, until=form.cleaned_data["until"])
        return _saved(request, "Nobody new is offered to you until then.")
    return _asked(request, me, form, "ambassadors/pause.html", "Take a break", has_heading=True)


@require_POST
@behind_own_door
def back(request: HttpRequest, me: Me) -> HttpResponse:
    profiles.end_pause(me)
    return _saved(request, "Welcome back. You may be asked again.")


@require_get_or_post
@behind_own_door
def stop(request: HttpRequest, me: Me) -> HttpResponse:
    if request.method != "POST":
        asked = _own(me).leaving_asked_at is not None
        return render(request, "ambassadors/stop.html", {"me": me, "asked": asked})
    if request.POST.get("undo"):
        profiles.stay(me)
        return _saved(request, "You go on. Thank you.")
    profiles.ask_to_leave(me)
    return redirect("ambassadors:stop")


def _own(me: Me) -> Ambassador:
    with as_ambassador(me.id):
        return Ambassador.objects.get(pk=me.id)


def _saved(request: HttpRequest, words: str, *, on: str = HOME) -> HttpResponse:
    messages.success(request, words)
    return redirect(on)


def _asked(request: HttpRequest, me: Me, form: GovukForm, template: str, title: str, **more: object) -> HttpResponse:
    values = {"form": form, "me": me, "page_title": title, "back": reverse(HOME), **more}
    return render(request, template, values, status=INVALID if form.errors else 200)
