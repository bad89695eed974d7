"""Each invariant of `manage.py verify`, broken by hand, is found; and a healthy hub passes."""

import json
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from councils.access import access_of
from councils.clock import HubNow, hub_now
from councils.doors import open_door
from councils.events import record
from councils.models import Council, Membership, ToDo
from councils.models.doors import DoorPurpose
from councils.models.todos import ToDoKind
from councils.roles import Role
from councils.tenancy import across, as_council
from councils.tenancy.lists import Tenancy, models_on
from enquiries.actions.merging import merge
from enquiries.models import Enquiry, Note
from lafse.verification import INVARIANTS, verify
from lafse.verification.parents import links
from outbox.models import Circuit, Message
from outbox.sending import deliver_due
from outbox.states import ChannelKind, Lane, State, Window
from outbox.timings import LEASE
from tests import databases, factories
from tests.conftest import Cast

ACKNOWLEDGED = "what was acknowledged is stored"
WRITTEN_TO = "one confirmation each, or a to-do to call"
LATE = "nothing due is older than its target (5 minutes, campaigns 1 hour)"
LEASES = "no lease is older than twice its length"
SENT = "every message sent has a reply and an id"
PARENTS = "every row is in its parent’s council"
JOINED = "what was joined goes on in another enquiry"
OWNED = "every open case has an owner and a running promise"


def broken() -> dict[str, tuple[str, ...]]:
    return {finding.title: finding.offending for finding in verify() if not finding.holds}


def messages(council: Council, **changes: object) -> None:
    with as_council(council):
        Message.objects.update(**changes)


@pytest.fixture
def case(kent: Council, cast: Cast) -> Enquiry:
    return factories.enquiry(kent)


@pytest.fixture
def healthy(case: Enquiry, kent: Council, hampshire: Council, office: Council) -> Enquiry:
    factories.enquiry(hampshire, email="")
    factories.enquiry(office, suspicions=("too_fast",))
    return case


def test_a_healthy_hub_passes(healthy: Enquiry) -> None:
    deliver_due()
    out = StringIO()
    call_command("verify", stdout=out)
    assert len(re.findall(r"^holds  ", out.getvalue(), re.MULTILINE)) == len(INVARIANTS)


def test_nothing_is_asked_of_an_empty_hub(db: None) -> None:
    assert broken() == {}


def test_an_event_without_its_enquiry_is_found(case: Enquiry, kent: Council) -> None:
    with as_council(kent):
        event = record("enquiry.received", subject=Enquiry(pk=uuid.uuid4(), council=kent), by=None)
    assert broken() == {ACKNOWLEDGED: (f"event {event.pk}",)}


def test_a_form_answered_without_an_enquiry_is_found(case: Enquiry, kent: Council) -> None:
    open_door(
        purpose=DoorPurpose.FORM, council=kent, subject_id=uuid.uuid4(), expires_at=hub_now() + timedelta(hours=1)
    )
    assert [row.split()[0] for row in broken()[ACKNOWLEDGED]] == ["door"]


def test_an_enquiry_that_nobody_recorded_is_found(case: Enquiry, kent: Council) -> None:
    with as_council(kent):
        other = Enquiry.objects.get(pk=case.pk)
        other.pk, other.reference = uuid.uuid4(), "KEN-OTHER"
        other.save(force_insert=True)
    assert broken()[ACKNOWLEDGED] == (f"enquiry {other.pk}",)


def test_an_enquiry_without_confirmation_and_without_call_is_found(case: Enquiry, kent: Council) -> None:
    with as_council(kent):
        Message.objects.filter(kind="confirmation").delete()
    assert broken() == {WRITTEN_TO: (f"enquiry {case.pk}",)}


def test_somebody_without_email_and_without_call_is_found(kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent, email="")
    with as_council(kent):
        ToDo.objects.filter(kind=ToDoKind.CALL).delete()
    assert broken() == {WRITTEN_TO: (f"enquiry {case.pk}",)}


@pytest.mark.parametrize("state", [State.SUPPRESSED, State.DEAD, State.EXPIRED])
def test_a_confirmation_that_failed_and_told_nobody_is_found(case: Enquiry, kent: Council, state: State) -> None:
    messages(kent, state=state, settled_at=HubNow())
    assert broken() == {WRITTEN_TO: (f"enquiry {case.pk}",)}


@pytest.mark.parametrize(
    ("lane", "minutes", "late"),
    [(Lane.SERVICE, 6, True), (Lane.SERVICE, 4, False), (Lane.CAMPAIGN, 61, True), (Lane.CAMPAIGN, 59, False)],
)
def test_a_message_that_should_have_left_is_found(
    case: Enquiry, kent: Council, lane: Lane, minutes: int, late: bool
) -> None:
    messages(kent, lane=lane, not_before=HubNow() - timedelta(minutes=minutes))
    assert list(broken()) == ([LATE] if late else [])


@pytest.mark.parametrize(("hour", "late"), [(3, False), (8, False), (12, True)])
def test_a_message_for_the_day_is_not_late_at_night_nor_when_the_day_begins(
    case: Enquiry, kent: Council, move_clock: Callable[[datetime], None], hour: int, late: bool
) -> None:
    messages(kent, window=Window.DAYTIME, expires_at=datetime(2027, 1, 1, tzinfo=UTC))
    move_clock(datetime(2026, 12, 9, hour, 2, tzinfo=UTC))
    assert (LATE in broken()) is late


def test_an_open_circuit_is_a_reason_told_apart(case: Enquiry, kent: Council) -> None:
    messages(kent, not_before=HubNow() - timedelta(minutes=6))
    Circuit.objects.update_or_create(provider="mailbox", defaults={"open_until": hub_now()})
    late = next(finding for finding in verify() if finding.title == LATE)
    assert late.holds
    assert late.excused == {"wait while the circuit is open: mailbox": 2 - (kent.duty_mailbox == "")}


def test_the_open_circuit_of_another_provider_is_no_reason(case: Enquiry, kent: Council) -> None:
    messages(kent, not_before=HubNow() - timedelta(minutes=6))
    Circuit.objects.update_or_create(provider="notify", defaults={"open_until": hub_now()})
    assert list(broken()) == [LATE]


@pytest.mark.parametrize(("age", "stuck"), [(LEASE * 2.1, True), (LEASE * 1.9, False)])
def test_a_lease_that_nobody_takes_back_is_found(case: Enquiry, kent: Council, age: timedelta, stuck: bool) -> None:
    messages(kent, state=State.LEASED, lease_until=HubNow() - (age - LEASE))
    assert list(broken()) == ([LEASES] if stuck else [])


def test_a_sent_mail_that_does_not_carry_its_id_is_found(case: Enquiry, kent: Council) -> None:
    messages(kent, state=State.SENT, settled_at=HubNow(), smtp_reply="250 ok", mime=b"Subject: x\r\n\r\nx\r\n")
    assert list(broken()) == [SENT]
    messages(kent, provider_id="123")
    assert broken() == {}


def test_a_text_message_that_no_provider_named_has_no_id(case: Enquiry, kent: Council) -> None:
    messages(kent, channel=ChannelKind.SMS, mime=b"", state=State.SENT, settled_at=HubNow(), smtp_reply="printed")
    assert broken() == {}


def test_what_was_sent_under_another_mail_domain_keeps_its_id(case: Enquiry, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver_due()
    monkeypatch.setattr(settings, "MAIL_DOMAIN", "new.example.org")
    assert broken() == {}


def test_a_row_that_points_into_another_council_is_found(case: Enquiry, hampshire: Council, cast: Cast) -> None:
    with as_council(hampshire):
        note = Note.objects.create(council=hampshire, enquiry_id=case.pk, text="x", by=cast.hal)
    assert broken() == {PARENTS: (f"note {note.pk}",)}
    with as_council(hampshire):
        note.delete()  # the key is checked when a transaction ends


def test_every_key_between_councils_rows_is_asked() -> None:
    owned = set(models_on(Tenancy.COUNCIL))
    asked = {(model, link.name) for model, link in links()}
    assert asked == {
        (model, field.name) for model in owned for field in model._meta.fields if field.related_model in owned
    }
    assert (Note, "enquiry") in asked


def test_a_case_whose_owner_has_left_is_found(case: Enquiry, kent: Council, cast: Cast) -> None:
    with as_council(kent):
        Enquiry.objects.update(owner=cast.kate)
    assert broken() == {}
    Membership.objects.filter(user=cast.kate).update(ended_at=hub_now())
    assert broken() == {OWNED: (f"enquiry {case.pk}",)}


def test_a_queue_that_nobody_works_is_found_unless_the_hub_was_told(
    case: Enquiry, kent: Council, office: Council, cast: Cast
) -> None:
    Membership.objects.filter(council=kent).update(ended_at=hub_now())
    assert broken() == {OWNED: (f"enquiry {case.pk}",)}
    factories.enquiry(kent, token="t" * 43)
    assert broken() == {OWNED: (f"enquiry {case.pk}",)}


@contextmanager
def without(table: str, constraint: str) -> Iterator[None]:
    """As the owner. The rows go before the constraint comes back."""
    name = str(settings.DATABASES["default"]["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [constraint])
        [definition] = cursor.fetchone()
    connection.close()
    databases.as_owner(name, f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
    try:
        yield
    finally:
        connection.close()
        databases.empty(name)
        databases.as_owner(name, f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {definition}")


@pytest.mark.usefixtures("committed_db")
@pytest.mark.parametrize(
    ("table", "constraint", "spoil", "title"),
    [
        (
            "outbox_message",
            "outbox_sent_has_a_reply",
            lambda: Message.objects.update(state=State.SENT, settled_at=HubNow(), smtp_reply=""),
            SENT,
        ),
        (
            "enquiries_enquiry",
            "enquiries_open_has_a_due_time",
            lambda: Enquiry.objects.update(next_due_at=None),
            OWNED,
        ),
    ],
)
def test_what_the_database_itself_forbids_is_found_all_the_same(
    table: str, constraint: str, spoil: Callable[[], int], title: str
) -> None:
    kent = Council.objects.get(slug="kent")
    with without(table, constraint):
        factories.user("Kate", kent, Role.OFFICER)
        factories.enquiry(kent)
        with across(Council.objects.all(), reason="test"):
            spoil()
        assert list(broken()) == [title]


def test_the_command_ends_with_an_error_and_the_ids(case: Enquiry, kent: Council) -> None:
    with as_council(kent):
        Message.objects.filter(kind="confirmation").delete()
    out = StringIO()
    with pytest.raises(CommandError, match=f"1 of {len(INVARIANTS)} do not hold"):
        call_command("verify", stdout=out)
    assert f"BROKEN          1  {WRITTEN_TO}\n    enquiry {case.pk}\n" in out.getvalue()


def test_a_machine_is_told_the_same(case: Enquiry, kent: Council) -> None:
    with as_council(kent):
        Message.objects.filter(kind="confirmation").delete()
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify", "--json", stdout=out)
    told = {finding["title"]: finding for finding in json.loads(out.getvalue())}
    assert told[WRITTEN_TO]["holds"] is False
    assert told[WRITTEN_TO]["offending"] == [f"enquiry {case.pk}"]
    assert told[SENT]["holds"] is True


@pytest.mark.parametrize(
    "change",
    [{"state": "withdrawn"}, {"merged_into": None}],
    ids=["it is no duplicate", "it does not say where it goes on"],
)
def test_a_joined_case_that_goes_on_nowhere_is_found(
    healthy: Enquiry, kent: Council, cast: Cast, change: dict[str, object]
) -> None:
    other = _joined(healthy, kent, cast)
    assert JOINED not in broken()
    with as_council(kent):
        Enquiry.objects.filter(pk=other.pk).update(**change)
    assert str(other.pk) in str(broken()[JOINED])


def test_cases_joined_in_a_circle_are_found(healthy: Enquiry, kent: Council, cast: Cast) -> None:
    other = _joined(healthy, kent, cast)
    with as_council(kent):
        Enquiry.objects.filter(pk=healthy.pk).update(merged_into=other)
    assert str(other.pk) in str(broken()[JOINED])


def test_a_link_that_leads_to_a_joined_case_is_found(healthy: Enquiry, kent: Council, cast: Cast) -> None:
    other = _joined(healthy, kent, cast)
    open_door(purpose=DoorPurpose.STATUS, council=kent, subject_id=other.pk, expires_at=hub_now())
    assert "door" in str(broken()[JOINED])


def _joined(kept: Enquiry, council: Council, cast: Cast) -> Enquiry:
    other = factories.enquiry(council, email="other@example.org")
    merge(kept=kept, merged=other, by=access_of(cast.kate))
    return other
