"""Two senders, dead senders and late senders."""

import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from councils.clock import hub_now
from councils.models import Council, ToDo
from councils.tenancy import across, as_council
from outbox import outcomes, timings
from outbox.channels.smtp import HARD_DEADLINE
from outbox.claiming import claim, release, start
from outbox.models import Message
from outbox.sending import deliver_due
from outbox.settling import DEADLY, settle, take_back
from outbox.states import Lane, State
from tests import databases
from tests.outbox.conftest import Receiver, put, seen

Move = Callable[[datetime], None]
ACCEPTED = outcomes.sent("250 OK")


def every_council() -> list[int]:
    return list(Council.objects.values_list("pk", flat=True))


def claimed(limit: int = 20) -> list[Message]:
    with across(every_council(), reason="deliver"):
        return claim(limit)


def started() -> Message:
    with across(every_council(), reason="deliver"):
        (message,) = claim(1)
        assert start(message)
        return message


def settled(message: Message) -> bool:
    with across(every_council(), reason="deliver"):
        return settle(message, ACCEPTED)


def taken_back() -> int:
    with across(every_council(), reason="deliver"):
        return take_back()


def test_what_one_sender_has_leased_no_other_gets(kent: Council) -> None:
    put(kent)
    assert len(claimed()) == 1
    assert claimed() == []


def test_only_a_started_message_counts_an_attempt(kent: Council) -> None:
    first, second = put(kent, "1"), put(kent, "2")
    with across(every_council(), reason="deliver"):
        assert start(claim(20)[0])
    assert {seen(kent, first).attempts, seen(kent, second).attempts} == {0, 1}


def test_what_was_given_back_is_due_again(kent: Council) -> None:
    message = put(kent)
    batch = claimed()
    with across(every_council(), reason="deliver"):
        release(batch)
    assert (seen(kent, message).state, seen(kent, message).attempts) == (State.QUEUED, 0)
    assert len(claimed()) == 1


def test_a_sender_that_was_away_past_its_lease_settles_nothing(kent: Council, move_clock: Move) -> None:
    row = put(kent)
    late = started()
    move_clock(hub_now() + timings.LEASE + timedelta(seconds=1))
    assert taken_back() == 1
    successor = started()
    assert not settled(late)
    assert seen(kent, row).state == State.LEASED
    assert settled(successor)
    assert not settled(late)
    assert seen(kent, row).state == State.SENT


def test_a_sender_that_was_away_past_its_lease_starts_nothing(kent: Council, move_clock: Move) -> None:
    put(kent)
    (late,) = claimed()
    move_clock(hub_now() + timings.LEASE + timedelta(seconds=1))
    taken_back()
    with across(every_council(), reason="deliver"):
        assert not start(late)


def test_a_death_charges_only_the_message_that_was_on_its_way(kent: Council, move_clock: Move) -> None:
    rows = [put(kent, str(number)) for number in range(3)]
    with across(every_council(), reason="deliver"):
        start(claim(20)[0])
    move_clock(hub_now() + timings.LEASE + timedelta(seconds=1))
    assert taken_back() == 3
    assert sorted(seen(kent, row).deaths for row in rows) == [0, 0, 1]
    assert {seen(kent, row).state for row in rows} == {State.QUEUED}


def test_the_third_death_sets_the_message_aside(kent: Council, move_clock: Move) -> None:
    row = put(kent)
    for _ in range(DEADLY):
        started()
        move_clock(hub_now() + timings.LEASE + timedelta(seconds=1))
        taken_back()
    assert (seen(kent, row).state, seen(kent, row).last_error) == (State.DEAD, "sender_died")
    with as_council(kent):
        assert ToDo.objects.count() == 1


def test_a_campaign_message_that_a_dead_sender_had_begun_is_parked(kent: Council, move_clock: Move) -> None:
    row = put(kent, lane=Lane.CAMPAIGN)
    started()
    move_clock(hub_now() + timings.LEASE + timedelta(seconds=1))
    taken_back()
    assert seen(kent, row).state == State.UNKNOWN


def test_a_lease_that_runs_is_left_alone(kent: Council, move_clock: Move) -> None:
    put(kent)
    started()
    move_clock(hub_now() + timings.LEASE - timedelta(seconds=1))
    assert taken_back() == 0


@pytest.mark.parametrize(
    "broken",
    [
        {"state": State.LEASED},
        {"lease_until": datetime.fromisoformat("2026-11-24T12:00:00Z")},
        {"state": State.DEAD},
        {"state": State.SENT, "settled_at": datetime.fromisoformat("2026-11-24T12:00:00Z")},
    ],
    ids=["leased without an end", "an end without a lease", "settled without a time", "sent without a reply"],
)
def test_the_database_refuses_a_state_that_cannot_be(kent: Council, broken: dict[str, object]) -> None:
    row = put(kent)
    assert row is not None
    with as_council(kent), pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=row.pk).update(**broken)


def test_claiming_walks_the_index_of_what_is_due(kent: Council) -> None:
    """As the app role: row-level security must not keep the planner from using it."""
    with across(every_council(), reason="deliver"), connection.cursor() as cursor:
        # So few are cheap to walk in any way.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        due = Message.objects.due().filter(lane=Lane.SERVICE).order_by("not_before").select_for_update(skip_locked=True)
        plan = due[:20].explain(format="json")
    names = {node["Index Name"] for node in nodes(json.loads(plan)[0]["Plan"]) if "Index Name" in node}
    assert names == {"outbox_due"}
    assert "Sort" not in plan


def nodes(plan: dict[str, object]) -> list[dict[str, object]]:
    below = plan.get("Plans", [])
    assert isinstance(below, list)
    return [plan, *(node for child in below for node in nodes(child))]


@pytest.mark.usefixtures("committed_db")
def test_two_claims_at_once_share_nothing_and_leave_nothing() -> None:
    kent = Council.objects.get(slug="kent")
    for number in range(40):
        put(kent, str(number))
    got: list[list[UUID]] = [[], []]
    both = threading.Barrier(2)

    def take(mine: list[UUID]) -> None:
        with across(every_council(), reason="deliver"):
            both.wait(10)
            mine += [message.pk for message in claim(20)]
            both.wait(10)  # neither has committed yet
        connection.close()

    run([lambda: take(got[0]), lambda: take(got[1])])
    assert len(got[0]) == len(got[1]) == 20
    assert not set(got[0]) & set(got[1])


@pytest.mark.usefixtures("committed_db")
def test_four_senders_at_once_send_each_message_once(receiver: Receiver) -> None:
    kent, hampshire = Council.objects.get(slug="kent"), Council.objects.get(slug="hampshire")
    for number in range(60):
        put(kent if number % 2 else hampshire, str(number))

    def deliver() -> None:
        deliver_due()
        connection.close()

    run([deliver] * 4)
    ids = [line for mail in receiver.stored for line in mail.splitlines() if line.startswith(b"Message-ID")]
    assert len(ids) == len(set(ids)) == 60
    with across(every_council(), reason="deliver"):
        assert set(Message.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


@pytest.mark.usefixtures("committed_db")
def test_two_that_enqueue_the_same_key_at_once_make_one_message() -> None:
    kent = Council.objects.get(slug="kent")
    made: list[Message | None] = []

    def enqueue() -> None:
        made.append(put(kent))
        connection.close()

    run([enqueue] * 6)
    assert sum(message is not None for message in made) == 1


def run(jobs: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)


def test_a_lease_outlasts_the_hard_deadline_of_a_send() -> None:
    assert timings.LEASE.total_seconds() >= HARD_DEADLINE * 2


def test_councils_take_turns_inside_campaigns(kent: Council, hampshire: Council) -> None:
    """One that writes to many does not hold up one that writes to a few, however much earlier it began."""
    many = hub_now() - timedelta(hours=1)
    for number in range(40):
        put(kent, str(number), lane=Lane.CAMPAIGN, not_before=many)
    for number in range(5):
        put(hampshire, str(number), lane=Lane.CAMPAIGN)
    first = claimed(10)
    assert [message.council_id for message in first].count(hampshire.pk) == 5


def test_a_campaign_batch_takes_the_oldest_of_each_council(kent: Council) -> None:
    late = put(kent, "late", lane=Lane.CAMPAIGN)
    early = put(kent, "early", lane=Lane.CAMPAIGN, not_before=hub_now() - timedelta(hours=1))
    assert late is not None and early is not None
    assert [message.pk for message in claimed(1)] == [early.pk]


@pytest.mark.usefixtures("committed_db")
def test_turns_walk_an_index_of_their_own() -> None:
    """Behind a long campaign of somebody else's. Committed, so that the planner knows of it."""
    kent, hampshire = (Council.objects.get(slug=slug) for slug in ("kent", "hampshire"))
    for council, number in ((hampshire, 300), (kent, 5)):
        for each in range(number):
            put(council, str(each), lane=Lane.CAMPAIGN)
    databases.as_owner(str(settings.DATABASES["default"]["NAME"]), "ANALYZE outbox_message")
    with across(every_council(), reason="deliver"), connection.cursor() as cursor:
        # An empty table is cheap to walk in any way.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        due = Message.objects.due().filter(lane=Lane.CAMPAIGN, council=kent).order_by("not_before")
        plan = due.select_for_update(skip_locked=True)[:20].explain(format="json")
    names = {node["Index Name"] for node in nodes(json.loads(plan)[0]["Plan"]) if "Index Name" in node}
    assert names == {"outbox_turns"}
    assert "Sort" not in plan


def test_a_send_does_not_begin_on_a_lease_that_would_not_outlast_it(kent: Council, move_clock: Move) -> None:
    put(kent)
    (message,) = claimed()
    move_clock(hub_now() + timings.LEASE - timings.SENDING + timedelta(seconds=1))
    with across(every_council(), reason="deliver"):
        assert not start(message)


def test_what_was_called_off_while_it_was_leased_is_cancelled_when_it_is_given_back(kent: Council) -> None:
    row = put(kent)
    batch = claimed()
    call_off(kent, row)
    with across(every_council(), reason="deliver"):
        assert not start(batch[0])
        release(batch)
    assert (seen(kent, row).state, seen(kent, row).attempts) == (State.CANCELLED, 0)


@pytest.mark.parametrize("outcome", [outcomes.refused(450, "4.2.1 Busy"), outcomes.insecure("SSLError")])
def test_what_was_called_off_while_it_was_sent_is_not_tried_again(kent: Council, outcome: outcomes.Outcome) -> None:
    row = put(kent)
    message = started()
    call_off(kent, row)
    with across(every_council(), reason="deliver"):
        assert settle(message, outcome)
    assert seen(kent, row).state == State.CANCELLED


def test_what_was_called_off_and_left_all_the_same_was_sent(kent: Council) -> None:
    row = put(kent)
    message = started()
    call_off(kent, row)
    assert settled(message)
    assert seen(kent, row).state == State.SENT


def test_what_was_called_off_and_died_with_its_sender_is_cancelled(kent: Council, move_clock: Move) -> None:
    row = put(kent)
    started()
    call_off(kent, row)
    move_clock(hub_now() + timings.LEASE + timedelta(seconds=1))
    taken_back()
    assert seen(kent, row).state == State.CANCELLED


def call_off(council: Council, row: Message | None) -> None:
    assert row is not None
    with as_council(council):
        Message.objects.filter(pk=row.pk).update(cancel_asked=True)
