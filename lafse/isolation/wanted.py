"""Which status an address should answer whom with, by the reviewed table."""

from councils.models import Council
from lafse.isolation.actors import Actor
from lafse.isolation.addresses import Address
from lafse.isolation.rows import HELD_BY, Audience, Expected

_SENDS_TO_LOG_IN = 302
_SENDS_TO_THE_SECOND_STEP = 302


def wanted_of(
    address: Address,
    expected: Expected,
    actor: Actor,
    method: str,
    *,
    own: bool = True,
    of: Council | None = None,
) -> int:
    """`own`: about an object of theirs, the council's `of`."""
    if method not in ("GET", "HEAD", "POST"):
        return 405
    if not actor.has_a_second_step and address.is_staff_page:
        return _SENDS_TO_THE_SECOND_STEP
    status = answers_to(actor, expected)[method == "POST"]
    if expected.audience is Audience.EVERYBODY:
        return of_everybody(expected, actor, status, own=own)
    if actor.user is None:
        return _SENDS_TO_LOG_IN
    if status == 405:
        return status
    if is_outside(actor, expected.audience):
        return expected.outsiders
    if method == "POST":
        return of_posting(expected, actor, own=own, of=of)
    return status if own else expected.missing


def answers_to(actor: Actor, expected: Expected) -> tuple[int, int]:
    """To a GET and to a POST."""
    behind = expected.inside if actor.opened else expected.to_ambassadors if actor.own_pass else None
    return behind or (expected.get, expected.post)


def of_everybody(expected: Expected, actor: Actor, status: int, *, own: bool) -> int:
    if actor.own_pass and expected.to_ambassadors:
        return status if own or status == 405 else expected.missing
    return expected.logged_in if actor.user and expected.logged_in else status


def is_outside(actor: Actor, audience: Audience) -> bool:
    if audience is Audience.CASEWORKERS:
        return not actor.councils
    needs = HELD_BY.get(audience)
    return needs is not None and not actor.may(needs)


def of_posting(expected: Expected, actor: Actor, *, own: bool, of: Council | None) -> int:
    """Said before the object is looked for: to who may nowhere."""
    nowhere = expected.needs is not None and not actor.may(expected.needs)
    if expected.post == 403 or (nowhere and expected.denied == 403):
        return 403
    if not own:
        return expected.missing
    denied = expected.needs is not None and not actor.may(expected.needs, of)
    here = expected.denied if nowhere or expected.denied_here is None else expected.denied_here
    return here if denied else expected.post


def of_set_aside(none: int) -> tuple[int, ...]:
    """Of a council that they could choose to work for: as of none, or a refusal that says so."""
    return none, 403, 404, 409
