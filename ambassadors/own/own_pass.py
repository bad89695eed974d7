"""The pass that a link in a mail is exchanged for at once, so that no token stays in an address or a history.

A signed cookie, good for an hour after it was last used and for twelve in all. It names the ambassador, whose row is
read with every page: it ends when they leave or have another address. Of a link that opens nothing it keeps the token,
so that a new one may be asked for.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from ambassadors.me import Me
from councils.keyed_hashes import keyed_hash

GOOD_FOR = timedelta(hours=1)
AT_MOST = timedelta(hours=12)
LONGEST_TOKEN = 64
_SALT = "ambassadors.own_pass"
_PROOF_LENGTH = 16


@dataclass(frozen=True)
class Pass:
    """`ambassador`: a key, with `proof` of the address that the link went to; `since`: seconds of the epoch. Or the
    `token` of a link that opens nothing."""

    ambassador: str = ""
    proof: str = ""
    since: int = 0
    token: str = ""

    def fits(self, me: Me, now: datetime) -> bool:
        return self.proof == _proof_of(me) and now.timestamp() - self.since < AT_MOST.total_seconds()


def pass_for(me: Me, now: datetime) -> Pass:
    return Pass(ambassador=str(me.id), proof=_proof_of(me), since=int(now.timestamp()))


def _proof_of(me: Me) -> str:
    return keyed_hash("ambassador:pass", f"{me.id}:{me.email.casefold()}")[:_PROOF_LENGTH]


def cookie_name() -> str:
    return "__Host-ambassador" if settings.SECURE else "ambassador"


def pass_of(request: HttpRequest) -> Pass | None:
    try:
        return Pass(**signing.loads(request.COOKIES.get(cookie_name(), ""), salt=_SALT, max_age=GOOD_FOR))
    except signing.BadSignature:  # also of one that is too old
        return None


def hand_out(response: HttpResponseBase, given: Pass) -> None:
    """It ends with the browser, and by itself."""
    value = signing.dumps(asdict(given), salt=_SALT)
    response.set_cookie(cookie_name(), value, path="/", secure=settings.SECURE, httponly=True, samesite="Lax")


def take_back(response: HttpResponseBase) -> None:
    response.set_cookie(cookie_name(), "", max_age=0, path="/", secure=settings.SECURE, httponly=True, samesite="Lax")
