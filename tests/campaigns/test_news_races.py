"""At the same moment: two rounds of the minute's job, the mail program's button pressed twice, a no and a yes."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from campaigns.actions.leaving import ONE_CLICK, leave
from campaigns.actions.subscribing import Asked, ask_to_confirm
from campaigns.actions.taking_in import take_in
from campaigns.models import Agreement, Refusal, Subscriber
from campaigns.news.standing import may_be_written_to
from campaigns.states import Purpose
from councils.models import Council
from councils.tenancy import as_council
from outbox.models import Message
from tests import factories
from tests.campaigns.subscribed import subscriber


@pytest.fixture
def kent(committed_db: None) -> Iterator[Council]:
    yield Council.objects.get(slug="kent")


def at_once(*acts: Callable[[], object]) -> list[object]:
    together = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            together.wait(10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result(30) for each in [pool.submit(run, act) for act in acts]]


def test_two_rounds_at_once_take_each_in_once(kent: Council) -> None:
    for _ in range(3):
        factories.enquiry(kent, news_by_email=True)
    at_once(*[lambda: take_in(kent)] * 3)
    with as_council(kent):
        assert Subscriber.objects.filter(council=kent).count() == 3
        assert Agreement.objects.filter(council=kent, ended_at=None).count() == 6


def test_the_button_pressed_by_several_servers_is_one_no(kent: Council) -> None:
    own = subscriber(kent)
    told = at_once(*[lambda: leave(own, how=ONE_CLICK)] * 4)
    assert sorted(map(bool, told)) == [False, False, False, True]
    assert Refusal.objects.filter(council=kent).count() == 1


def test_a_no_while_the_round_runs_is_heard(kent: Council) -> None:
    case = factories.enquiry(kent, news_by_email=True)
    own = subscriber(kent, case.email, enquiry=case)
    at_once(lambda: take_in(kent), lambda: leave(own, how=ONE_CLICK), lambda: take_in(kent))
    take_in(kent)
    with as_council(kent):
        assert may_be_written_to([own.pk], Purpose.NEWS) == set()
        assert not Agreement.objects.filter(subscriber=own, ended_at=None).exists()


def test_a_page_sent_several_times_at_once_makes_one_row(kent: Council) -> None:
    asked = Asked(email="sam@example.org", purposes=(Purpose.NEWS,))
    at_once(*[lambda: ask_to_confirm(kent, asked)] * 4)
    with as_council(kent):
        assert Subscriber.objects.filter(council=kent).count() == 1
        assert Message.objects.filter(council=kent, kind="news_confirm").count() == 3, "the most in a day"
