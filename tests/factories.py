"""Typed makers of rows; a test names only what it is about."""

import secrets
from datetime import timedelta
from typing import Any
from uuid import uuid4

from ambassadors.introduction_states import OPEN
from ambassadors.introduction_states import State as IntroductionState
from ambassadors.models import Ambassador, AmbassadorState, Introduction, Offer
from ambassadors.states import TalkBy
from councils.clock import hub_now
from councils.models import Council, CouncilKind, Membership, User
from councils.roles import Role
from councils.tenancy import as_council, crossing
from enquiries.actions import submit, wishing
from enquiries.answers import Answers, RouteSnapshot, Wished
from enquiries.models import Enquiry, Wish
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


def wish(case: Enquiry, **given: Any) -> Wish:
    """They would like to talk to somebody who fosters; without more, to anybody."""
    return wishing.wish(case, Wished(**given), by=None)


def ambassador(council: Council, **given: Any) -> Ambassador:
    """Anna, who may be asked: active, in good standing for three months, and free."""
    name = given.get("first_name", "Anna")
    with as_council(council):
        number = Ambassador.objects.filter(council=council).count()
        fields: dict[str, Any] = {
            "state": AmbassadorState.ACTIVE,
            "first_name": name,
            "email": f"{name.lower()}{number or ''}@{council.slug}.example.org",
            "ways": [way.value for way in TalkBy],
            "standing_until": hub_now().date() + timedelta(days=90),
            "invited_by": coordinator(council),
            "joined_at": hub_now(),
        }
        return Ambassador.objects.create(council=council, **fields | given)


def coordinator(council: Council) -> User:
    """The same one each time."""
    name = f"cora-{council.slug}"
    found = User.objects.filter(email=f"{name}@example.org").first()
    return found or user(name, council, Role.COORDINATOR)


def introduction(
    case: Enquiry, ambassador: Ambassador, state: IntroductionState = IntroductionState.OFFERED, **given: Any
) -> Introduction:
    """Both rows, as they stand in that state; `given` changes the enquirer's. Answered within three days, or not."""
    pair, now = uuid4(), hub_now()
    ended = None if state in OPEN else now
    both = {"pair_id": pair, "state": state, "ended_at": ended, "answer_by": now + timedelta(days=3)}
    confirmed = state not in {IntroductionState.TO_CONFIRM, IntroductionState.NOT_CONFIRMED}
    met = state in {IntroductionState.AGREED, IntroductionState.SPOKE, IntroductionState.NOT_SPOKEN}
    with crossing("pair_across_border", to=[case.council_id, ambassador.council_id]):
        Offer.objects.create(
            council_id=ambassador.council_id,
            ambassador=ambassador,
            enquirer_council_id=case.council_id,
            seat=free_seat(ambassador),
            confirmed_by=coordinator(ambassador.council) if confirmed else None,
            confirmed_at=now if confirmed else None,
            offered_at=now if confirmed else None,
            accepted_at=now if met or state == IntroductionState.ACCEPTED else None,
            **both,
        )
        theirs: dict[str, Any] = {
            "enquiry": case,
            "ambassador_council_id": ambassador.council_id,
            "ambassador_key": ambassador.pk,
            "ambassador_name": ambassador.first_name,
            "shared_name": case.name.partition(" ")[0],
            "way": TalkBy.EMAIL if met else "",
            "agreed_at": now if met else None,
            "by": coordinator(case.council),
        }
        return Introduction.objects.create(council_id=case.council_id, **both | theirs | given)


def free_seat(ambassador: Ambassador) -> int:
    taken = Offer.objects.filter(ambassador=ambassador, state__in=OPEN).values_list("seat", flat=True)
    return next(seat for seat in range(1, 99) if seat not in taken)
