"""How often somebody may try to log in. Counted by account and network together: a council shares one address, and
whoever guesses from somewhere else must not lock the owner out.

Passwords and requests for a new one are counted in Valkey, which may be away: a password of twelve letters is not
guessed in an hour. Guesses at the second step are counted in the trail (staff.second_step), which is never away.
"""

from math import ceil

from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from councils.keyed_hashes import keyed_hash
from councils.rate_limits import Limit, forget, network_of, wait_for

QUARTER_OF_AN_HOUR = 900
PASSWORDS = Limit("log-in", times=10, seconds=QUARTER_OF_AN_HOUR)
RESETS = Limit("new password", times=5, seconds=QUARTER_OF_AN_HOUR)
PASSKEYS = Limit("passkey", times=1000, seconds=QUARTER_OF_AN_HOUR)  # of a network: nobody guesses a signature


def stop_if_too_often(limit: Limit, request: HttpRequest, account: str = "") -> None:
    """Count one more try; raises ImmediateHttpResponse with the page that says how long to wait."""
    if seconds := wait_for(limit, _key(limit, request, account)):
        raise ImmediateHttpResponse(wait_page(request, seconds))


def forget_tries(limit: Limit, request: HttpRequest, account: str) -> None:
    forget(limit, _key(limit, request, account))


def wait_page(request: HttpRequest, seconds: int) -> HttpResponse:
    answer = render(request, "staff/wait.html", {"minutes": ceil(seconds / 60)}, status=429)
    answer["Retry-After"] = str(seconds)
    return answer


def _key(limit: Limit, request: HttpRequest, account: str) -> str:
    return keyed_hash(limit.name, f"{account.strip().lower()} {network_of(request)}")
