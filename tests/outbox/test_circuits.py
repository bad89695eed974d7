"""A provider that is away, or shuts us out: nothing is tried, nobody is charged, a person is told, and it heals."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from councils.clock import hub_now
from councils.models import Council, CouncilKind, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import across, as_council
from outbox import circuits, outcomes, timings
from outbox.circuits import IN_A_ROW, Standing
from outbox.models import Circuit, Message, Suppression
from outbox.sending import deliver_due
from outbox.states import Lane, State
from tests.outbox.conftest import Receiver, put, seen

Move = Callable[[datetime], None]
POLICY = "550 5.7.1 Not from you"
AWAY = outcomes.unreachable("ConnectionRefusedError")
MINUTE = timedelta(minutes=1)


def every_council() -> list[int]:
    return list(Council.objects.values_list("pk", flat=True))


def told() -> list[tuple[int, bool]]:
    """To-dos that sending has stopped: whose, and whether done."""
    with across(every_council(), reason="test"):
        rows = ToDo.objects.filter(kind=ToDoKind.SENDING_STOPPED).order_by("council_id")
        return [(row.council_id, row.done_at is not None) for row in rows]


def fail(times: int = 1) -> None:
    for _ in range(times):
        with across(every_council(), reason="test"):
            circuits.failed("smtp", AWAY)


def standing() -> Standing:
    return circuits.standings(["smtp"])["smtp"]


def is_open() -> bool:
    return Circuit.objects.filter(provider="smtp", open_until__isnull=False).exists()


def wait_out(move_clock: Move, more: timedelta = timedelta()) -> None:
    until = Circuit.objects.get(provider="smtp").open_until
    assert until is not None
    move_clock(until + more)


@pytest.mark.usefixtures("db")
def test_it_opens_after_five_failures_in_a_row() -> None:
    fail(IN_A_ROW - 1)
    assert (standing(), is_open()) == (Standing.SHAKY, False)
    fail()
    assert standing() is Standing.OPEN


@pytest.mark.usefixtures("db")
def test_an_answer_in_between_begins_the_count_anew() -> None:
    fail(IN_A_ROW - 1)
    with across(every_council(), reason="test"):
        circuits.answered("smtp")
    fail(IN_A_ROW - 1)
    assert not is_open()


@pytest.mark.usefixtures("nobody_listens")
def test_five_runs_to_a_server_that_is_away_open_it(kent: Council) -> None:
    for number in range(IN_A_ROW + 3):
        put(kent, str(number))
        deliver_due()
    with as_council(kent):
        assert sorted(Message.objects.values_list("attempts", flat=True)) == [0, 0, 0, 1, 1, 1, 1, 1]


@pytest.mark.parametrize("answer", [POLICY, "535 5.7.8 Who are you", "550 5.1.8 Bad sender"])
def test_what_only_a_person_can_put_right_opens_it_at_once(kent: Council, receiver: Receiver, answer: str) -> None:
    receiver.rcpt = answer
    message = put(kent)
    deliver_due()
    assert standing() is Standing.OPEN
    assert (seen(kent, message).state, seen(kent, message).attempts) == (State.QUEUED, 0)
    assert not Suppression.objects.exists()


def test_while_it_is_open_nothing_is_claimed(kent: Council, receiver: Receiver) -> None:
    fail(IN_A_ROW)
    message = put(kent)
    assert deliver_due() == 0
    assert (seen(kent, message).state, seen(kent, message).attempts, receiver.stored) == (State.QUEUED, 0, [])


def test_when_its_time_has_come_one_message_is_tried(kent: Council, receiver: Receiver, move_clock: Move) -> None:
    receiver.rcpt = "421 4.3.2 Going down"
    fail(IN_A_ROW)
    messages = [put(kent, str(number)) for number in range(3)]
    wait_out(move_clock)
    assert deliver_due() == 1
    assert {seen(kent, message).attempts for message in messages} == {0}
    assert standing() is Standing.OPEN


def test_the_probe_that_is_taken_closes_it_and_the_others_follow(
    kent: Council, receiver: Receiver, move_clock: Move
) -> None:
    fail(IN_A_ROW)
    messages = [put(kent, str(number)) for number in range(3)]
    wait_out(move_clock)
    assert deliver_due() == 3
    assert {seen(kent, message).state for message in messages} == {State.SENT}
    assert standing() is Standing.SOUND


def test_a_refusal_for_the_messages_own_sake_closes_it_too(kent: Council, receiver: Receiver, move_clock: Move) -> None:
    receiver.rcpt = "550 5.1.1 No such user"
    fail(IN_A_ROW)
    put(kent)
    wait_out(move_clock)
    deliver_due()
    assert standing() is Standing.SOUND


@pytest.mark.usefixtures("db")
def test_only_one_sender_probes(move_clock: Move) -> None:
    fail(IN_A_ROW)
    wait_out(move_clock)
    assert standing() is Standing.PROBE
    assert circuits.take_probe("smtp")
    assert not circuits.take_probe("smtp")
    move_clock(hub_now() + timings.PROBE)
    assert circuits.take_probe("smtp"), "the first never came back"


def test_each_probe_that_fails_makes_the_pause_longer_up_to_a_quarter_of_an_hour(
    kent: Council, receiver: Receiver, move_clock: Move
) -> None:
    receiver.rcpt = "421 4.3.2 Going down"
    put(kent, expires_at=hub_now() + timedelta(days=9))
    fail(IN_A_ROW)
    pauses = []
    for _ in range(8):
        wait_out(move_clock, more=30 * MINUTE)
        assert deliver_due() == 1
        until = Circuit.objects.get(provider="smtp").open_until
        assert until is not None
        pauses.append(until - hub_now())
    assert all(pause <= timings.LONGEST_PAUSE for pause in pauses)
    assert pauses[0] <= MINUTE < timings.LONGEST_PAUSE / 2 <= pauses[-1]


@pytest.mark.usefixtures("db")
def test_what_was_on_its_way_when_it_opened_makes_the_pause_no_longer() -> None:
    fail(IN_A_ROW)
    before = Circuit.objects.get(provider="smtp").open_until
    fail(IN_A_ROW)
    assert Circuit.objects.get(provider="smtp").open_until == before


def test_every_hubs_office_is_told_once_and_that_it_goes_on(
    kent: Council, receiver: Receiver, move_clock: Move
) -> None:
    offices = list(Council.objects.filter(kind=CouncilKind.HUB_OFFICE).order_by("pk").values_list("pk", flat=True))
    receiver.rcpt = POLICY
    put(kent)
    deliver_due()
    fail()
    assert told() == [(office, False) for office in offices]
    receiver.rcpt = "250 OK"
    put(kent, "another")
    wait_out(move_clock)
    deliver_due()
    assert told() == [(office, True) for office in offices]


def test_a_message_that_is_refused_for_policy_again_while_others_get_through_is_given_to_a_person(
    kent: Council, receiver: Receiver, move_clock: Move
) -> None:
    """Else one recipient's odd server would stop everybody's mail, again and again."""
    receiver.rcpt = POLICY
    odd = put(kent, "odd")
    deliver_due()
    receiver.rcpt = "250 OK"
    put(kent, "another")
    wait_out(move_clock)
    deliver_due()
    receiver.rcpt = POLICY
    move_clock(hub_now() + 3 * timings.HOLD)
    deliver_due()
    assert seen(kent, odd).state == State.DEAD
    assert standing() is Standing.SOUND
    assert not Suppression.objects.exists()


def test_a_message_that_alone_is_refused_for_policy_again_is_still_held(
    kent: Council, receiver: Receiver, move_clock: Move
) -> None:
    receiver.rcpt = POLICY
    message = put(kent)
    for _ in range(3):
        deliver_due()
        move_clock(hub_now() + timedelta(hours=1))
    assert (seen(kent, message).state, seen(kent, message).attempts) == (State.QUEUED, 0)


def test_another_provider_goes_on(kent: Council, receiver: Receiver) -> None:
    with across(every_council(), reason="test"):
        circuits.failed("notify", outcomes.insecure("SSLError"))
    message = put(kent)
    deliver_due()
    assert seen(kent, message).state == State.SENT


def test_campaigns_wait_for_it_too(kent: Council, receiver: Receiver) -> None:
    fail(IN_A_ROW)
    put(kent, lane=Lane.CAMPAIGN)
    assert deliver_due() == 0
