"""What no journey adds to is counted from its rows, soon, exactly, and the same after they were emptied."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from ambassadors.models import Talk
from campaigns.actions import spending
from campaigns.models import Booking, Click, Gathering
from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_council, as_hub
from dashboards.actions.folding import fold_hub
from dashboards.actions.rebuilding import differences, rebuild
from dashboards.models import Cell, Confirmed, Folded
from enquiries.came_states import Source
from outbox.models import Message
from outbox.receipts import Report, ReportKind, take
from tests import factories
from tests.campaigns.spending import campaign, code, editor

Move = Callable[[datetime], object]


def month(council: Council, figure: str, split: str = "") -> dict[str, int]:
    """By value, of all months."""
    found: dict[str, int] = {}
    with as_hub(council.hub):
        for value, n in Cell.objects.filter(council=council, grain="m", figure=figure, split=split).values_list(
            "value", "n"
        ):
            found[value] = found.get(value, 0) + n
    return found


def message(council: Council, **given: Any) -> Message:
    now = hub_now()
    settled = {"state": "sent", "settled_at": now, "smtp_reply": "250 OK"}
    address = {"to_address": "ada@example.org", "from_address": "hub@example.org", "subject": "Hello", "text": "Hello"}
    what = {"kind": "test", "dedupe_key": str(uuid4()), "mime": b"x", "expires_at": now + timedelta(days=1)}
    with as_council(council):
        return Message.objects.create(council_id=council.pk, **{**what, **address, **settled, **given})


def test_messages_are_counted_by_how_they_ended_and_those_to_staff_are_not(kent: Council) -> None:
    message(kent)
    message(kent, lane=2)
    message(kent, channel="sms")
    message(kent, to_staff=True)
    message(kent, state="suppressed", last_error="no_such_address")
    message(kent, state="suppressed", last_error="address_suppressed")
    message(kent, state="dead")
    message(kent, state="cancelled")
    message(kent, state="queued", settled_at=None)
    fold_hub(kent.hub)
    assert month(kent, "delivered") == {"": 3}
    assert month(kent, "delivered", "lane") == {"service_email": 1, "campaign_email": 1, "service_sms": 1}
    assert month(kent, "bounced") == {"": 1}
    assert month(kent, "unsent") == {"": 2}
    assert rebuild(kent.hub) == 0
    assert month(kent, "delivered") == {"": 3}


@pytest.mark.parametrize(("kind", "delivered"), [(ReportKind.HARD_BOUNCE, {}), (ReportKind.DELIVERED, {"": 1})])
def test_a_message_that_came_back_days_later_was_not_delivered(
    kent: Council, move_clock: Move, kind: ReportKind, delivered: dict[str, int]
) -> None:
    sent = message(kent)
    fold_hub(kent.hub)
    move_clock(hub_now() + timedelta(days=5))
    fold_hub(kent.hub)
    take(Report("dsn", "1", sent.pk, kind, code="" if kind == ReportKind.DELIVERED else "5.1.1"))
    fold_hub(kent.hub)
    assert month(kent, "delivered") == delivered
    assert month(kent, "bounced") == ({} if delivered else {"": 1})
    assert differences(kent.hub) == []


def test_emptied_messages_count_as_before(kent: Council, move_clock: Move) -> None:
    message(kent)
    fold_hub(kent.hub)
    move_clock(hub_now() + timedelta(days=800))
    with as_council(kent):
        Message.objects.filter(council=kent).update(to_address="", subject="", text="", mime=b"", smtp_reply="erased")
    fold_hub(kent.hub)
    assert month(kent, "delivered") == {"": 1}
    assert differences(kent.hub) == []


def test_what_commits_late_is_found_the_next_time(kent: Council, move_clock: Move) -> None:
    before = hub_now()
    fold_hub(kent.hub)
    move_clock(hub_now() + timedelta(hours=2))
    message(kent, settled_at=before)
    fold_hub(kent.hub)
    assert month(kent, "delivered") == {"": 1}


def test_a_count_that_takes_long_is_made_once_a_minute(kent: Council, move_clock: Move) -> None:
    fold_hub(kent.hub)
    Folded.objects.filter(hub=kent.hub).update(recount_took=30)
    message(kent)
    fold_hub(kent.hub)
    assert month(kent, "delivered") == {}
    move_clock(hub_now() + timedelta(seconds=61))
    fold_hub(kent.hub)
    assert month(kent, "delivered") == {"": 1}


def test_a_wrong_count_of_rows_is_told(kent: Council, move_clock: Move) -> None:
    message(kent)
    fold_hub(kent.hub)
    move_clock(hub_now() + timedelta(days=70))
    fold_hub(kent.hub)
    with as_council(kent):
        Cell.objects.filter(council=kent, figure="delivered", split="", grain="m").update(n=2)
    (found,) = differences(kent.hub)
    assert (found.at.figure, found.stands, found.should) == ("delivered", 2, 1)


def test_money_is_spread_over_its_days_to_the_penny_and_goes_when_it_is_taken_out(kent: Council) -> None:
    ed = editor(kent)
    push = campaign(kent, ed)
    fold_hub(kent.hub)
    wanted = spending.Spent(
        pence=1000, first_day=date(2026, 9, 29), last_day=date(2026, 10, 1), source=Source.PRINT, what="Posters"
    )
    spend = spending.write_down(push, wanted, by=access_of(ed))
    fold_hub(kent.hub)
    assert month(kent, "spend") == {"": 1000}
    assert month(kent, "spend", "source") == {"print": 1000}
    assert month(kent, "spend", "campaign") == {push.pk.hex[:16]: 1000}
    with as_hub(kent.hub):
        october = Cell.objects.get(council=kent, figure="spend", split="", grain="m", on=date(2026, 10, 1))
    assert october.n == 334
    assert differences(kent.hub) == []
    spending.take_out(spend, by=access_of(ed))
    fold_hub(kent.hub)
    assert month(kent, "spend") == {}


def test_clicks_are_counted_by_code_and_campaign(kent: Council) -> None:
    push = campaign(kent, editor(kent))
    code(push, "teens")
    with as_council(kent):
        for word in ("teens", "teens", "unknown"):
            Click.objects.create(council_id=kent.pk, code=word)
    fold_hub(kent.hub)
    assert month(kent, "clicks") == {"": 3}
    assert month(kent, "clicks", "code") == {"teens": 2, "unknown": 1}
    assert month(kent, "clicks", "campaign") == {f"{push.pk.hex[:16]}|teens": 2}


def test_whoever_came_to_an_event_is_counted_on_its_day(kent: Council) -> None:
    begins = datetime(2026, 9, 1, 18, tzinfo=UTC)
    with as_council(kent):
        event = Gathering.objects.create(
            council_id=kent.pk,
            kind="evening",
            title="Evening",
            starts_at=begins,
            ends_at=begins + timedelta(hours=2),
            created_by=editor(kent),
        )
        booking = Booking.objects.create(council_id=kent.pk, gathering=event, name="Ada")
    fold_hub(kent.hub)
    assert month(kent, "attended") == {}
    with as_council(kent):
        Booking.objects.filter(council=kent, pk=booking.pk).update(state="came")
    fold_hub(kent.hub)
    assert month(kent, "attended") == {"": 1}
    with as_council(kent):
        Gathering.objects.filter(council=kent).update(starts_at=begins - timedelta(days=3))
    fold_hub(kent.hub)
    with as_hub(kent.hub):
        assert Cell.objects.get(figure="attended", grain="m").on == date(2026, 8, 1)
    assert differences(kent.hub) == []


def test_time_that_an_ambassador_gave_is_counted_until_it_is_sent_back(kent: Council) -> None:
    carer = factories.ambassador(kent)
    with as_council(kent):
        talk = Talk.objects.create(council_id=kent.pk, ambassador=carer, on=date(2026, 9, 1), way="phone", minutes=45)
    fold_hub(kent.hub)
    assert month(kent, "talk_minutes") == {"": 45}
    assert month(kent, "talks") == {"": 1}
    with as_council(kent):
        by = editor(kent)
        Talk.objects.filter(council=kent, pk=talk.pk).update(state="sent_back", decided_by=by)
    fold_hub(kent.hub)
    assert month(kent, "talk_minutes") == {}
    assert differences(kent.hub) == []


def test_a_month_that_was_confirmed_is_counted_once_on_its_day(kent: Council, hampshire: Council) -> None:
    by = editor(kent)
    with as_council(kent):
        for number in (9, 10):
            at = datetime(2026, number, 30, 23, 30, tzinfo=UTC)  # in September London's clocks are ahead
            Confirmed.objects.create(council=kent, month=date(2026, number, 1), applications=4, by=by, at=at)
    fold_hub(kent.hub)
    with as_hub(kent.hub):
        days = Cell.objects.filter(figure="confirmed", grain="d").order_by("on").values_list("council", "on", "n")
        assert list(days) == [(kent.pk, date(2026, 10, 1), 1), (kent.pk, date(2026, 10, 30), 1)]
    assert month(hampshire, "confirmed") == {}
    assert differences(kent.hub) == []
    assert rebuild(kent.hub) == 0
    assert month(kent, "confirmed") == {"": 2}


def test_what_was_rolled_back_is_not_counted_and_another_council_is_left_alone(
    kent: Council, hampshire: Council
) -> None:
    message(hampshire)
    with transaction.atomic():
        message(kent)
        transaction.set_rollback(True)
    fold_hub(kent.hub)
    assert month(kent, "delivered") == {}
    assert month(hampshire, "delivered") == {"": 1}
