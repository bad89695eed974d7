"""What the relay does not pass on: loops, doubles, floods, and mail to an address that never was."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from ambassadors.relay import Side, taking
from ambassadors.relay.taking import MOST_A_DAY, MOST_LETTERS
from councils.clock import hub_now
from councils.models import Council
from enquiries.incoming_states import Came
from tests.ambassadors.relaying import agreed
from tests.enquiries.test_incoming import arrives, cases, raw

ENQUIRER, AMBASSADOR = Side.ENQUIRER, Side.AMBASSADOR


@pytest.mark.parametrize("token", ["", "0" * 48, "reply", "\N{SNOWMAN}"])
def test_an_address_that_never_was_leads_to_the_hub_office_like_any_other(office: Council, token: str) -> None:
    assert arrives(f"talk+{token}@localhost", raw(sender="max@example.net")) == Came.DIRECT
    assert len(cases(office)) == 1


def test_mail_systems_may_write_the_address_in_capitals(kent: Council) -> None:
    talk = agreed(kent)
    assert arrives(talk.address(ENQUIRER).upper(), raw("Hello", talk.case.email.upper())) == Came.RELAYED
    assert len(talk.messages()) == 1


# Programs, loops and floods


@pytest.mark.parametrize(
    "headers", [{"Auto-Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"X-Autoreply": "yes"}], ids=str
)
def test_automatic_answers_stop_here(kent: Council, headers: dict[str, str]) -> None:
    talk = agreed(kent)
    assert talk.writes(ENQUIRER, "I am away.", **headers) == Came.DROPPED
    assert talk.messages("relay", "relay_told") == []


def test_our_own_mail_that_comes_back_goes_nowhere(kent: Council) -> None:
    talk = agreed(kent)
    talk.writes(ENQUIRER)
    assert talk.sends(AMBASSADOR, bytes(talk.last().mime)) == Came.DROPPED
    assert len(talk.messages()) == 1


def test_the_same_mail_delivered_twice_is_passed_on_once(kent: Council) -> None:
    talk = agreed(kent)
    mail = raw("Hello", talk.case.email)
    assert [talk.sends(ENQUIRER, mail) for _ in range(2)] == [Came.RELAYED, Came.AGAIN]
    assert len(talk.messages()) == 1


def test_a_mail_that_is_too_long_comes_back_in_words(kent: Council) -> None:
    talk = agreed(kent)
    talk.writes(ENQUIRER, "word " * (MOST_LETTERS // 5 + 10))
    assert talk.messages() == [] and "too long" in talk.told()[0]


def test_only_so_many_a_day_and_each_side_by_itself(
    kent: Council, monkeypatch: pytest.MonkeyPatch, move_clock: Callable[..., None]
) -> None:
    monkeypatch.setattr(taking, "MOST_A_DAY", 2)
    talk = agreed(kent)
    for _ in range(4):
        talk.writes(ENQUIRER)
    assert len(talk.messages()) == 2 < MOST_A_DAY
    assert len(talk.told()) == 1 and "tomorrow" in talk.told()[0], "told once a day"
    talk.writes(AMBASSADOR)
    assert len(talk.messages()) == 3
    move_clock(hub_now() + timedelta(hours=25))
    talk.writes(ENQUIRER)
    assert len(talk.messages()) == 4


@pytest.mark.usefixtures("committed_db")
def test_two_deliveries_at_once_are_one_mail() -> None:
    talk = agreed(Council.objects.get(slug="kent"))
    mail, came = raw("Hello", talk.case.email), list[Came]()

    def deliver() -> None:
        came.append(talk.sends(ENQUIRER, mail))
        connection.close()

    threads = [threading.Thread(target=deliver) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == [Came.AGAIN, Came.AGAIN, Came.AGAIN, Came.RELAYED]
    assert len(talk.messages()) == 1
