"""People whom a segment may find; a test names only what it is about."""

from datetime import timedelta
from itertools import count
from typing import Any

from campaigns.models import Agreement, Campaign, Mailing, Segment, Subscriber
from campaigns.states import By, Origin, Purpose, SubscriberState
from councils.access import Access, access_of
from councils.clock import HubNow, hub_now
from councils.models import Council
from councils.tenancy import as_council
from enquiries.models import Enquiry
from enquiries.states import State
from outbox.suppressions import address_hash
from tests import factories
from tests.campaigns.made_up import editor

_NUMBERS = count(1)


def edits(council: Council) -> Access:
    return access_of(editor(council))


def subscriber(
    council: Council, email: str = "", *, purposes: tuple[Purpose, ...] = (Purpose.NEWS,), **given: Any
) -> Subscriber:
    """Signed up on the site, agreed to news, and has no case."""
    address = email or f"reader{next(_NUMBERS)}@example.org"
    fields = {"state": SubscriberState.ACTIVE, "origin": Origin.SITE, "confirmed_at": hub_now()} | given
    with as_council(council):
        made = Subscriber.objects.create(
            council=council, address=address, address_hash=address_hash(address), first_name="Erin", **fields
        )
        Agreement.objects.bulk_create(
            Agreement(
                council=council,
                subscriber=made,
                purpose=purpose,
                channel=By.EMAIL,
                origin=made.origin,
                given_at=hub_now(),
            )
            for purpose in purposes
        )
    return made


def case(council: Council, email: str = "", **given: Any) -> Enquiry:
    """Of somebody who ticked the box for news, rang three months ago, and has heard nothing since."""
    address = email or f"erin{next(_NUMBERS)}@example.org"
    made = factories.enquiry(council, email=address, phone=f"+447700{next(_NUMBERS):06}", name="Erin Example")
    then = hub_now() - timedelta(days=90)
    quiet = {"news_by_email": True, "created_at": then, "promise_kept_at": then, "reached_at": then}
    with as_council(council):
        Enquiry.objects.filter(pk=made.pk).update(**quiet | given)
        return Enquiry.objects.get(pk=made.pk)


def reader(council: Council, **given: Any) -> Subscriber:
    """Somebody with a quiet case who agreed on the form."""
    of = case(council, **given)
    return subscriber(council, of.email, enquiry=of, origin=Origin.FORM)


def closed(state: State = State.NOT_YET, **given: Any) -> dict[str, Any]:
    return {"state": state, "closed_at": HubNow(), "next_due_at": None, **given}


def segment(council: Council, **rules: Any) -> Segment:
    with as_council(council):
        name = f"Segment {next(_NUMBERS)}"
        return Segment.objects.create(council=council, name=name, rules=rules, created_by=editor(council))


def mailing(council: Council, of: Segment, **given: Any) -> Mailing:
    with as_council(council):
        by = editor(council)
        campaign = Campaign.objects.create(
            council=council, name=f"Campaign {next(_NUMBERS)}", starts_on=hub_now().date(), created_by=by
        )
        return Mailing.objects.create(
            council=council, campaign=campaign, name="News", subject="News", segment=of, created_by=by, **given
        )
