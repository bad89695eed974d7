"""Somebody would like news. By the newsletter page it takes two steps, for anybody can type anybody's address: nothing
is sent but one question, and nobody is told whether the address was known."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from campaigns import wordings
from campaigns.actions.leaving import agreements_of, locked
from campaigns.models import Agreement, Refusal, Subscriber
from campaigns.news.links import open_news_door
from campaigns.news.pages import sender_of
from campaigns.states import By, Origin, Purpose, SubscriberState
from councils.clock import HubNow, hub_now
from councils.doors import open_door
from councils.events import record
from councils.models import Council, User
from councils.models.doors import DoorPurpose
from councils.tenancy import as_council
from enquiries.actions.news import agree_to_news
from enquiries.models import Enquiry, SearchKey
from enquiries.search import SearchKind
from enquiries.states import State
from outbox import actions as outbox
from outbox.models import Message, Suppression
from outbox.states import Cover
from outbox.suppressions import OPTED_OUT, address_hash

CONFIRM_WITHIN = timedelta(days=7)
_MOST_QUESTIONS_A_DAY = 3
_KIND = "news_confirm"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """As typed on the newsletter page; `area_code` by the postcode."""

    email: str
    purposes: tuple[Purpose, ...]
    first_name: str = ""
    area_code: str = ""


def ask_to_confirm(council: Council, asked: Asked, *, by: User | None = None) -> None:
    """A row that waits, if there is none of this address, and a question by email."""
    with as_council(council):
        own = locked(_of_address(council, asked))
        if own.state == SubscriberState.PENDING:  # the days to answer in begin again
            area = asked.area_code or own.area_code
            Subscriber.objects.filter(council=council, pk=own.pk).update(created_at=HubNow(), area_code=area)
        if (before := _asked_today(own)) < _MOST_QUESTIONS_A_DAY:
            _write(own, council, asked.purposes, number=before + 1)
            record("subscriber.asked", subject=own, by=by)


def _of_address(council: Council, asked: Asked) -> Subscriber:
    found, _ = Subscriber.objects.get_or_create(
        council=council,
        address_hash=address_hash(asked.email),
        defaults={
            "address": asked.email,
            "first_name": asked.first_name,
            "area_code": asked.area_code,
            "origin": Origin.SITE,
        },
    )
    subscriber: Subscriber = found
    return subscriber


def _asked_today(own: Subscriber) -> int:
    since = hub_now() - timedelta(days=1)
    return Message.objects.filter(council=own.council_id, subject_id=own.pk, kind=_KIND, created_at__gt=since).count()


def _write(own: Subscriber, council: Council, purposes: Collection[Purpose], *, number: int) -> None:
    now = hub_now()
    token = open_door(
        purpose=DoorPurpose.CONFIRM, council=own.council_id, subject_id=own.pk, expires_at=now + CONFIRM_WITHIN
    )
    link = settings.BASE_URL + reverse("campaigns:news_confirm", args=[token, "-".join(sorted(purposes))])
    outbox.enqueue_template(
        template="news_confirm",
        context={"link": link, "sender": sender_of(council), "hub": council.hub, "purposes": _named(purposes)},
        council=council,
        kind=_KIND,
        to=own.address,
        subject="Please confirm that you would like news about fostering",
        dedupe_key=f"{_KIND}:{own.pk}:{now.isoformat()}:{number}",
        expires_at=now + timedelta(days=1),
        subject_kind="subscriber",
        subject_id=own.pk,
    )


def _named(purposes: Collection[Purpose]) -> list[str]:
    return [wordings.now_shown(purpose).answer for purpose in Purpose if purpose in purposes]


def confirm(subscriber: Subscriber, purposes: Collection[Purpose], *, by: User | None = None) -> None:
    """They hold what was mailed to the address, so it is theirs. A "no" from before counts no more, since they say so
    themselves. Harmless when done twice."""
    with as_council(subscriber.council_id):
        own = locked(subscriber)
        if not own.address:  # erased meanwhile
            return
        agree(own, purposes, origin=Origin.SITE)
        _lift(own)
        if case := _case_of(own):
            stand_on(case, own, by=by)


def stand_on(case: Enquiry, own: Subscriber, *, by: User | None = None) -> None:
    """Who subscribes and enquires is one person: the case says so as well, and both go when the case is erased. The
    row is locked."""
    own.enquiry, own.address = case, case.email
    own.save(update_fields=["enquiry", "address"])
    agree_to_news(case, by=by)


def agree(
    own: Subscriber,
    purposes: Collection[Purpose],
    *,
    origin: Origin,
    version: str = "",
    given_at: datetime | None = None,
    by: User | None = None,
) -> int:
    """Active from now on, with these. `version`: the newest wording of each without it. The row is locked. How many
    are new."""
    now = hub_now()
    standing = {each.purpose for each in agreements_of(own)}
    fresh = [purpose for purpose in Purpose if purpose in purposes and purpose not in standing]
    for purpose in fresh:
        Agreement.objects.create(
            council_id=own.council_id,
            subscriber=own,
            purpose=purpose,
            channel=By.EMAIL,
            origin=origin,
            version=version or (wordings.newest(purpose) if origin == Origin.SITE else ""),
            given_at=given_at or now,
            by=by,
        )
    if own.state != SubscriberState.ACTIVE:
        own.state, own.ended_at, own.confirmed_at = SubscriberState.ACTIVE, None, now
        own.save(update_fields=["state", "ended_at", "confirmed_at"])
    open_news_door(own)
    if fresh:
        record("subscriber.agreed", subject=own, by=by, purposes=[each.value for each in fresh], origin=origin.value)
    return len(fresh)


def _lift(own: Subscriber) -> None:
    """What mail programs and post offices said of the address stays."""
    Refusal.objects.filter(council=own.council_id, address_hash=own.address_hash).delete()
    said_no: QuerySet[Suppression] = Suppression.objects.filter(
        hub__councils=own.council_id, address_hash=own.address_hash, cover=Cover.PROMOTIONAL, reason=OPTED_OUT
    )
    said_no.delete()


def _case_of(own: Subscriber) -> Enquiry | None:
    """The newest under this address that tells of a person for sure."""
    named = SearchKey.objects.filter(council=own.council_id, kind=SearchKind.EMAIL, key=own.address.casefold())
    found = Enquiry.objects.standing().filter(council=own.council_id, pk__in=named.values("enquiry"))
    sure = found.filter(quarantined=False, to_confirm=False, merged_into=None).exclude(state=State.PASSED_ON)
    same = [case for case in sure if case.email.casefold() == own.address.casefold()]
    return max(same, key=lambda case: case.created_at, default=None)
