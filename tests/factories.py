"""Typed makers of rows; a test names only what it is about."""

import secrets
from typing import Any

from councils.clock import hub_now
from councils.models import Council, CouncilKind, Membership, User
from councils.roles import Role
from councils.tenancy import as_council
from enquiries.actions import submit
from enquiries.answers import Answers, RouteSnapshot
from enquiries.models import Enquiry
from enquiries.states import Channel, RouteChoice, Way

PASSWORD = "correct horse battery staple"


def user(name: str, council: Council, role: Role) -> User:
    home = Council.objects.get(hub=council.hub_id, kind=CouncilKind.HUB_OFFICE)
    made = User(email=f"{name.lower()}@example.org", name=name, home=home, second_factor_at=hub_now())
    made.set_password(PASSWORD)
    made.save()
    Membership.objects.create(user=made, council=council, role=role)
    return made


def answers(council: Council, **given: Any) -> Answers:
    """A complete form for this council, as Erin Example would send it."""
    values: dict[str, Any] = {
        "hub_id": council.hub_id,
        "council_id": council.pk,
        "route": RouteSnapshot(typed="ME14 1XX", postcode="ME14 1XX", outcome="exact", council_id=council.pk),
        "route_choice": RouteChoice.ROUTED,
        "name": "Erin Example",
        "email": "erin@example.org",
        "phone": "+447700900123",
        "way": Way.CALL,
        "notice_version": "2026-11",
    }
    return Answers(**values | given)


def enquiry(council: Council, *, token: str = "", **given: Any) -> Enquiry:
    """One sent by the public form. Without an address of its own: a second one of Erin's would join the first."""
    given.setdefault("email", _another_address(council))
    receipt = submit(answers(council, **given), token=token or secrets.token_urlsafe(32), channel=Channel.WEB)
    with as_council(council):
        return Enquiry.objects.get(pk=receipt.enquiry_id)


def _another_address(council: Council) -> str:
    with as_council(council):
        number = Enquiry.objects.filter(council=council).count()
    return f"erin{number or ''}@example.org"
