"""The one statement that skips the ORM: it keeps the scope, the lease and the count all the same."""

from datetime import timedelta

import pytest
from django.db import connection

from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import Scope, across, as_council, current_scope, run_in, scope_across
from outbox import outcomes, timings
from outbox.claiming import claim, start
from outbox.handover import hand_over
from outbox.models import Message
from outbox.states import State
from tests.outbox.conftest import put, seen

TAKEN = outcomes.sent("250 Taken\x00", provider_id="abc")


def every_council() -> list[int]:
    return list(Council.objects.values_list("pk", flat=True))


def scope(*councils: Council) -> Scope:
    return scope_across(councils, "deliver")


def two_leased(council: Council) -> list[Message]:
    put(council, "1")
    put(council, "2")
    with across(every_council(), reason="deliver"):
        leased = claim(2)
        assert start(leased[0])
    return leased


def test_one_is_settled_and_the_next_begun(kent: Council) -> None:
    last, following = two_leased(kent)
    assert hand_over(scope(kent), last, TAKEN, following) == (True, True)
    sent, begun = seen(kent, last), seen(kent, following)
    assert (sent.state, sent.smtp_reply, sent.provider_id, sent.attempts) == (State.SENT, "250 Taken ", "abc", 1)
    assert (begun.state, begun.attempts, following.attempts) == (State.LEASED, 1, 1)
    assert begun.started_at is not None and begun.first_tried_at is not None


def test_what_somebody_took_over_is_left_alone(kent: Council) -> None:
    last, following = two_leased(kent)
    last.lease_token -= 1
    following.lease_token -= 1
    assert hand_over(scope(kent), last, TAKEN, following) == (False, False)
    assert (seen(kent, last).state, seen(kent, following).attempts) == (State.LEASED, 0)


@pytest.mark.parametrize(
    "changed",
    [{"cancel_asked": True}, {"expires_at": timedelta()}, {"lease_until": timings.SENDING}],
    ids=["called off", "too late", "lease nearly over"],
)
def test_the_next_is_not_begun_without_reason_to(kent: Council, changed: dict[str, object]) -> None:
    last, following = two_leased(kent)
    now = hub_now()
    values = {name: now + value if isinstance(value, timedelta) else value for name, value in changed.items()}
    with as_council(kent):
        Message.objects.filter(pk=following.pk).update(**values)
    assert hand_over(scope(kent), last, TAKEN, following) == (True, False)


def test_another_councils_message_is_out_of_reach(kent: Council, hampshire: Council) -> None:
    last, following = two_leased(kent)
    assert hand_over(scope(hampshire), last, TAKEN, following) == (False, False)


@pytest.mark.usefixtures("committed_db")
def test_its_scope_ends_with_it() -> None:
    """Outside a transaction, as a sender runs it: settings and statement travel together and leave nothing behind."""
    kent, hampshire = Council.objects.get(slug="kent"), Council.objects.get(slug="hampshire")
    last, following = two_leased(kent)
    assert hand_over(scope(hampshire), last, TAKEN, following) == (False, False)
    assert hand_over(scope(kent), last, TAKEN, following) == (True, True)
    assert current_scope() is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), current_setting('app.councils', true) FROM outbox_message")
        assert cursor.fetchone() in [(0, ""), (0, None)]


@pytest.mark.usefixtures("committed_db")
def test_one_statement_is_one_transaction() -> None:
    kent = Council.objects.get(slug="kent")
    put(kent)
    broken = "WITH a AS (UPDATE outbox_message SET kind = 'x' RETURNING 1) SELECT 1 / (SELECT count(*) - 1 FROM a)"
    with pytest.raises(Exception, match="division by zero"):
        run_in(scope(kent), broken, [])
    with as_council(kent):
        assert Message.objects.get().kind == "confirmation"
