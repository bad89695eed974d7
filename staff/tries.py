"""How often somebody may try to log in: counted by account and network together, since a council shares one address."""

from django.http import HttpRequest

from councils.keyed_hashes import keyed_hash
from councils.rate_limits import Limit, exceeded, network_of

QUARTER_OF_AN_HOUR = 900
TRIES = Limit("log-in", times=10, seconds=QUARTER_OF_AN_HOUR)


def tries_too_often(request: HttpRequest) -> bool:
    account = request.POST.get("username", "").strip().lower()
    return exceeded(TRIES, keyed_hash("log-in", f"{account} {network_of(request)}"))
