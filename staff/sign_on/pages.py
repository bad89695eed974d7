"""Where single sign-on ends otherwise than with being logged in: what happened, and the way on."""

from dataclasses import dataclass
from enum import Enum

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    told: tuple[str, ...]
    status: int
    another: bool = False  # a different account of the same provider may be the right one


class Problem(Enum):
    STOPPED = Words("You stopped logging in", ("Nothing has happened. You can try again whenever you want.",), 403)
    LATE = Words(
        "Please start again",
        (
            "This page can be used once, within ten minutes of pressing the button, and in the same browser.",
            "If you are logged in already, go on to your work. If not, start again.",
        ),
        400,
    )
    AWAY = Words(
        "Your organisation’s log-in does not answer",
        (
            "We could not reach it, or it answered with an error. Nothing is wrong with your account here.",
            "Try again in a few minutes. If it goes on, tell your IT service desk.",
        ),
        503,
    )
    WRONG = Words(
        "We cannot use what your organisation’s log-in told us",
        (
            "It answered, but not in the way that we agreed with it, so we have not logged you in.",
            "Trying again will probably not help. Tell your IT service desk, and your manager.",
        ),
        403,
    )
    NO_ADDRESS = Words(
        "Your organisation’s log-in did not tell us your email address",
        (
            "We find your account by your work email address when you come this way for the first time.",
            "Ask your IT service desk to send us an email address that they have checked.",
        ),
        403,
        another=True,
    )
    STRANGER = Words(
        "There is no account here for you",
        (
            "You have logged in with your organisation, but no account here that is in use belongs to you.",
            "Ask your manager to invite you, with the email address that you log in with. If you have more than one"
            " work account, you may have come with the wrong one.",
        ),
        403,
        another=True,
    )
    ANOTHER_PERSON = Words(
        "Your account here belongs to another log-in",
        (
            "Somebody has come here before with the same email address and another work account. We let in only"
            " the one that came first, in case the address was given to a new person.",
            "Ask your manager. If you are the same person, the operator of this service can put it right.",
        ),
        403,
        another=True,
    )
    THIS_WAY_ONLY = Words(
        "Log in with your organisation’s account",
        ("Your organisation wants its staff to log in with its own log-in only. Go back and press its button.",),
        403,
    )
    TOO_OFTEN = Words(
        "Please wait a few minutes",
        ("Very many people log in from your network at this moment. Wait a few minutes, then try again.",),
        429,
    )


def problem_page(request: HttpRequest, problem: Problem, slug: str = "") -> HttpResponse:
    """`slug`: of the sign-on that may be tried again."""
    words = problem.value
    shown = {"title": words.title, "told": words.told, "another": words.another and slug, "slug": slug}
    return render(request, "socialaccount/problem.html", shown, status=words.status)
