"""Whom an ambassador is a mentor for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ambassadors.me import Me
from ambassadors.mentors.reading import mentees_of
from ambassadors.own.access import behind_own_door


@require_safe
@behind_own_door
def mentoring(request: HttpRequest, me: Me) -> HttpResponse:
    return render(request, "ambassadors/mentoring.html", {"me": me, "mentees": mentees_of(me.id, me.council_id)})
