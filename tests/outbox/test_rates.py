"""Tokens: how fast a provider and a recipient's domain are written to."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from pytest_django import Settings

from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_council
from outbox import rates
from outbox.models import Allowance, Message
from outbox.rates import Limit
from outbox.sending import deliver_due
from outbox.states import Lane, State
from tests.outbox.conftest import Receiver, put, seen

Move = Callable[[datetime], None]
TWO = Limit(2)  # a second, so ten in a full bucket


def take(count: int, lane: Lane = Lane.SERVICE, limit: Limit = TWO) -> int:
    return rates.take({"provider:smtp": count}, limit, lane)["provider:smtp"]


@pytest.mark.usefixtures("db")
def test_a_bucket_holds_five_seconds_and_fills_with_time(move_clock: Move) -> None:
    move_clock(hub_now())
    assert [take(7), take(7), take(7)] == [7, 3, 0]
    move_clock(hub_now() + timedelta(seconds=2))
    assert take(7) == 4
    move_clock(hub_now() + timedelta(hours=1))
    assert take(99) == 10


@pytest.mark.usefixtures("db")
def test_campaigns_leave_a_fifth_to_service(move_clock: Move) -> None:
    move_clock(hub_now())
    assert take(99, Lane.CAMPAIGN) == 8
    assert take(99, Lane.CAMPAIGN) == 0
    assert take(99) == 2


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("rate", [0.01, 0.2, 0.22, 0.25])
def test_the_slowest_limit_lets_campaigns_through_too(rate: float) -> None:
    assert take(9, Lane.CAMPAIGN, Limit(rate)) == 1


@pytest.mark.usefixtures("db")
def test_no_limit_asks_nobody() -> None:
    assert take(1000, limit=Limit(0)) == 1000
    assert not Allowance.objects.exists()


@pytest.mark.usefixtures("db")
def test_what_was_not_used_is_there_again(move_clock: Move) -> None:
    move_clock(hub_now())
    take(10)
    rates.give_back("provider:smtp", 4)
    assert take(9) == 4


@pytest.mark.usefixtures("db")
def test_a_bucket_that_is_full_again_is_forgotten(move_clock: Move) -> None:
    """A domain may be somebody's own name."""
    move_clock(hub_now())
    take(1)
    assert rates.forget_full_buckets() == 0
    move_clock(hub_now() + timedelta(minutes=11))
    assert rates.forget_full_buckets() == 1


@pytest.mark.usefixtures("committed_db")
def test_senders_at_once_take_no_more_than_there_is() -> None:
    got: list[int] = []

    def taker() -> None:
        for _ in range(5):
            got.append(take(1, limit=Limit(0.0001)))  # one token in all: nothing trickles in meanwhile
        connection.close()

    threads = [threading.Thread(target=taker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(got) == 1


def test_a_domain_that_takes_no_more_is_passed_and_charged_nothing(
    kent: Council, receiver: Receiver, move_clock: Move, settings: Settings
) -> None:
    settings.MAIL_PER_DOMAIN_PER_SECOND = 1  # so five at once
    move_clock(hub_now())
    many = [put(kent, f"many{number}", to=f"p{number}@slow.example") for number in range(7)]
    other = put(kent, "other", to="erin@other.example")
    assert deliver_due() == 6
    assert seen(kent, other).state == State.SENT
    left = [row for row in (seen(kent, message) for message in many) if row.state == State.QUEUED]
    assert sorted(row.not_before - hub_now() for row in left) == [timedelta(seconds=1), timedelta(seconds=2)]
    assert {row.attempts for row in left} == {0}
    move_clock(hub_now() + timedelta(seconds=2))
    assert deliver_due() == 2


def test_a_provider_gets_no_more_than_it_takes(
    kent: Council, receiver: Receiver, move_clock: Move, settings: Settings
) -> None:
    settings.MAIL_PER_SECOND = 100
    rates.take({"provider:smtp": 497}, Limit(100), Lane.SERVICE)
    with as_council(kent):
        Allowance.objects.update(filled_at=hub_now() + timedelta(days=1))  # nothing trickles in meanwhile
    for number in range(5):
        put(kent, str(number))
    assert deliver_due() == 3
    with as_council(kent):
        assert sorted(Message.objects.values_list("state", "attempts")) == [
            *[(State.QUEUED, 0)] * 2,
            *[(State.SENT, 1)] * 3,
        ]
