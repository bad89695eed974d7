"""The links under every email: one door for each subscriber. Its token is worked out again each time, for it has to
stand in a hundred thousand emails and is kept nowhere: only its hash is, as of every door."""

from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from campaigns.models import Subscriber
from councils.clock import hub_now
from councils.doors import token_hash
from councils.keyed_hashes import keyed_hash
from councils.models import Door
from councils.models.doors import DoorPurpose

# Somebody may find an old email, and says stop.
_TOKEN = "0" * 64
LASTING = timedelta(days=3650)


def token_of(subscriber: Subscriber | UUID) -> str:
    """64 hex digits. Only who holds HASH_KEY could make it again."""
    return keyed_hash("news", str(_key(subscriber)))


def open_news_door(subscriber: Subscriber) -> str:
    """Safe to do twice. The subscriber is in scope."""
    open_news_doors([subscriber])
    return token_of(subscriber)


def open_news_doors(subscribers: Iterable[Subscriber]) -> None:
    until = hub_now() + LASTING
    Door.objects.bulk_create(
        (
            Door(
                token_hash=token_hash(token_of(each), DoorPurpose.NEWS),
                purpose=DoorPurpose.NEWS,
                council_id=each.council_id,
                subject_id=each.pk,
                expires_at=until,
            )
            for each in subscribers
        ),
        ignore_conflicts=True,
        batch_size=500,
    )


def stop_url(subscriber: Subscriber | UUID) -> str:
    """For List-Unsubscribe, and the link to the button."""
    return settings.BASE_URL + _path("campaigns:news_stop", token_of(subscriber))


def choices_url(subscriber: Subscriber | UUID) -> str:
    return settings.BASE_URL + _path("campaigns:news_choices", token_of(subscriber))


def _path(name: str, token: str) -> str:
    return _pattern(name).replace(_TOKEN, token)


@cache
def _pattern(name: str) -> str:
    """An address is looked up once, and not for each of a hundred thousand emails."""
    return reverse(name, args=[_TOKEN])


def _key(subscriber: Subscriber | UUID) -> UUID:
    return subscriber if isinstance(subscriber, UUID) else subscriber.pk
