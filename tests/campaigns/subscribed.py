"""Subscribers; a test names only what it is about."""

from typing import Any

from campaigns.models import Agreement, Subscriber
from campaigns.news.links import open_news_door
from campaigns.states import By, Origin, Purpose, SubscriberState
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_council
from outbox.suppressions import address_hash


def subscriber(
    council: Council, email: str = "erin@example.org", *, purposes: tuple[Purpose, ...] = tuple(Purpose), **given: Any
) -> Subscriber:
    """Active, by the newsletter page, with an open door; has agreed to these."""
    fields: dict[str, Any] = {
        "state": SubscriberState.ACTIVE,
        "address": email,
        "address_hash": address_hash(email),
        "first_name": "Erin",
        "origin": Origin.SITE,
        "confirmed_at": hub_now(),
    }
    with as_council(council):
        made = Subscriber.objects.create(council=council, **fields | given)
        for purpose in purposes:
            Agreement.objects.create(
                council=council,
                subscriber=made,
                purpose=purpose,
                channel=By.EMAIL,
                origin=made.origin,
                version="2026-11-22" if made.origin == Origin.SITE else "",
                given_at=hub_now(),
            )
        open_news_door(made)
    return made
