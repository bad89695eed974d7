"""Events and campaigns in a scratch council. What everybody may read of a published event holds no word of the council;
who booked, who subscribes, and what is being prepared, do."""

import uuid
from collections.abc import Mapping
from datetime import date, timedelta

from campaigns.models import (
    Agreement,
    Attendance,
    Booking,
    Campaign,
    Click,
    Code,
    Gathering,
    Link,
    Mailing,
    Recipient,
    Segment,
    Spend,
    Subscriber,
    SubscriberImport,
)
from campaigns.news.links import open_news_door
from campaigns.states import By, GatheringKind, GatheringState, MailingState, Origin, Purpose, SubscriberState
from councils.clock import hub_now
from councils.models import Council, User
from councils.tenancy import as_council
from enquiries.came_states import Source
from lafse.isolation.actors import numbers
from outbox.suppressions import address_hash

BEGAN = date(2026, 10, 1)  # before the spend that is sent in expected_campaigns


def campaigns(council: Council, enquiry_id: uuid.UUID, *, word: str, by: User) -> Mapping[str, object]:
    with as_council(council):
        gathering = _gathering(council, word, by=by)
        booking = _booking(gathering, word)
        attendance = Attendance.objects.create(
            council=council,
            enquiry_id=enquiry_id,
            host=council,
            gathering_key=gathering.pk,
            booking_key=booking.pk,
            kind=gathering.kind,
            title=word,
            starts_at=gathering.starts_at,
            state=booking.state,
        )
        Booking.objects.filter(pk=booking.pk).update(case_council=council, attendance_key=attendance.pk)
        subscriber = _subscriber(council, word, by=by)
        segment = Segment.objects.create(council=council, name=word, created_by=by)
        campaign, spend = _campaign(council, word, by=by)
        code = Code.objects.get(council=council, campaign_key=campaign.pk)
        mailing = Mailing.objects.create(council=council, campaign=campaign, name=word, subject=word, created_by=by)
        ready = _ready(campaign, subscriber, word, by=by)
    return {
        "gathering": gathering.pk,
        "booking": booking.pk,
        "subscriber": subscriber.pk,
        "segment": segment.pk,
        "campaign": campaign.pk,
        "code": code.pk,
        "spend": spend.pk,
        "mailing": mailing.pk,
        "ready_mailing": ready.pk,
    }


def _gathering(council: Council, word: str, *, by: User) -> Gathering:
    starts_at = hub_now() + timedelta(days=20)
    return Gathering.objects.create(
        council=council,
        kind=GatheringKind.EVENING,
        state=GatheringState.PUBLISHED,
        title="An information evening",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        is_online=True,
        join_link=f"https://video.invalid/{word}",
        places=20,
        created_by=by,
    )


def _booking(gathering: Gathering, word: str) -> Booking:
    email = f"{word}@isolation.invalid"
    return Booking.objects.create(
        council=gathering.council, gathering=gathering, name=word, email=email, address_hash=address_hash(email)
    )


def _subscriber(council: Council, word: str, *, by: User) -> Subscriber:
    brought = SubscriberImport.objects.create(
        council=council, filename=word, digest=word, wording="Yes, by email", told_by=word, rows=1, taken=1, by=by
    )
    email = f"{word}@isolation.invalid"
    subscriber = Subscriber.objects.create(
        council=council,
        state=SubscriberState.ACTIVE,
        address=email,
        address_hash=address_hash(email),
        first_name=word,
        origin=Origin.IMPORT,
        brought_by=brought,
        confirmed_at=hub_now(),
    )
    Agreement.objects.create(
        council=council,
        subscriber=subscriber,
        purpose=Purpose.NEWS,
        channel=By.EMAIL,
        origin=Origin.IMPORT,
        given_at=hub_now(),
        by=by,
    )
    open_news_door(subscriber)
    return subscriber


def _campaign(council: Council, word: str, *, by: User) -> tuple[Campaign, Spend]:
    today = hub_now().date()
    campaign = Campaign.objects.create(council=council, name=word, note=word, starts_on=BEGAN, created_by=by)
    code = f"code-{council.code.lower()}"
    Code.objects.create(
        pk=next(numbers),
        hub_id=council.hub_id,
        council=council,
        campaign_key=campaign.pk,
        code=code,
        source=Source.PRINT,
        path="/",
    )
    Click.objects.create(council=council, code=code)
    spend = Spend.objects.create(
        council=council,
        campaign=campaign,
        pence=100,
        first_day=today,
        last_day=today,
        source=Source.PRINT,
        what=word,
        by=by,
    )
    return campaign, spend


def _ready(campaign: Campaign, subscriber: Subscriber, word: str, *, by: User) -> Mailing:
    """Waits for a colleague."""
    mailing = Mailing.objects.create(
        council=campaign.council,
        campaign=campaign,
        name=word,
        subject=word,
        state=MailingState.TO_APPROVE,
        fixed=1,
        fixed_at=hub_now(),
        created_by=by,
        prepared_by=by,
    )
    Recipient.objects.create(
        council=campaign.council,
        mailing=mailing,
        address_hash=subscriber.address_hash,
        source_id=subscriber.council_id,
        subscriber_key=subscriber.pk,
    )
    Link.objects.create(council=campaign.council, mailing=mailing, position=1, url=f"https://example.invalid/{word}")
    return mailing
