"""Which status an address should answer whom with, by the reviewed table."""

from lafse.isolation.rows import HELD_BY, Audience, Expected
from lafse.isolation.scratch import Actor

_SENDS_TO_LOG_IN = 302


def wanted_of(expected: Expected, actor: Actor, method: str, *, own: bool) -> int:
    if method not in ("GET", "HEAD", "POST"):
        return 405
    get, post = expected.inside if actor.opened and expected.inside else (expected.get, expected.post)
    status = post if method == "POST" else get
    if expected.audience is Audience.EVERYBODY:
        return expected.logged_in if actor.user and method == "GET" and expected.logged_in else status
    if actor.user is None:
        return _SENDS_TO_LOG_IN
    if status == 405:
        return status
    if is_outside(actor, expected.audience):
        return expected.outsiders
    if method == "POST":
        return of_posting(expected, actor, own=own)
    return status if own else expected.missing


def is_outside(actor: Actor, audience: Audience) -> bool:
    if audience is Audience.CASEWORKERS:
        return not actor.councils
    needs = HELD_BY.get(audience)
    return needs is not None and not actor.may(needs)


def of_posting(expected: Expected, actor: Actor, *, own: bool) -> int:
    denied = expected.needs is not None and not actor.may(expected.needs)
    if expected.post == 403 or (denied and expected.denied == 403):
        return 403
    if not own:
        return expected.missing
    return expected.denied if denied else expected.post
