"""What staff see of messages: whose, in what order, as they will arrive, and what it costs."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from councils.clock import hub_now
from councils.models import Council, Event, User
from councils.roles import Role
from councils.tenancy import as_council
from outbox.models import Message
from outbox.states import ChannelKind, Lane, State, Window
from outbox.suppressions import suppress_address_of
from staff.messages import PAGE
from tests import factories
from tests.conftest import Cast
from tests.outbox.conftest import put, seen

AsUser = Callable[[User], Client]
LIST = reverse("admin:outbox_message_changelist")


@pytest.fixture
def mina(cast: Cast, as_user: AsUser) -> Client:
    """Manages Kent."""
    return as_user(cast.mina)


def page(message: Message | None, name: str = "change") -> str:
    assert message
    return reverse(f"admin:outbox_message_{name}", args=[message.pk])


def subjects(client: Client, query: str = "") -> list[str]:
    return [message.subject for message in client.get(f"{LIST}?{query}").context["sheet"].messages]


def change(council: Council, message: Message | None, **changes: object) -> None:
    assert message
    with as_council(council):
        assert Message.objects.filter(pk=message.pk).update(**changes)


def test_a_manager_sees_the_messages_of_the_own_council_newest_first(
    kent: Council, hampshire: Council, mina: Client
) -> None:
    old, _, _ = put(kent, "1", subject="Old"), put(kent, "2", subject="New"), put(hampshire, subject="Theirs")
    change(kent, old, created_at=hub_now() - timedelta(days=1))
    assert subjects(mina) == ["New", "Old"]


def test_a_hub_manager_sees_every_councils_and_an_operator_the_offices(
    kent: Council, hampshire: Council, office: Council, as_user: AsUser
) -> None:
    for council in (kent, hampshire, office):
        put(council, subject=council.slug)
    manager, operator = (
        factories.user("Hubert", office, Role.HUB_MANAGER),
        factories.user("Opal", office, Role.OPERATOR),
    )
    assert sorted(subjects(as_user(manager))) == ["hampshire", "kent", "lafse-office"]
    assert subjects(as_user(operator)) == ["lafse-office"]


def test_an_operator_sees_messages_and_no_case(office: Council, as_user: AsUser) -> None:
    case = factories.enquiry(office)
    opal = as_user(factories.user("Opal", office, Role.OPERATOR))
    with as_council(office):
        message = Message.objects.filter(subject_id=case.pk)[0]
    shown = opal.get(page(message)).content.decode()
    assert "The enquiry that it is about" not in shown
    assert opal.get(reverse("admin:enquiries_enquiry_change", args=[case.pk])).status_code == 404
    for name in ("changelist", "todos"):
        assert opal.get(reverse(f"admin:enquiries_enquiry_{name}")).status_code == 403


def test_an_officer_sees_none(kent: Council, cast: Cast, as_user: AsUser) -> None:
    message, kate = put(kent), as_user(cast.kate)
    assert kate.get(LIST).status_code == 403
    for name in ("change", "html"):
        assert kate.get(page(message, name)).status_code == 404
    for name in ("cancel", "requeue"):
        assert kate.post(page(message, name)).status_code == 404
    assert "Messages" not in kate.get(reverse("admin:index")).content.decode()


def test_another_councils_message_answers_like_none(hampshire: Council, mina: Client) -> None:
    message = put(hampshire)
    for name in ("change", "html"):
        assert mina.get(page(message, name)).status_code == 404
    for name in ("cancel", "requeue"):
        assert mina.post(page(message, name)).status_code == 404
    assert seen(hampshire, message).state == State.QUEUED


def test_the_page_of_a_case_leads_to_its_messages_where_the_role_may_see_them(
    kent: Council, cast: Cast, mina: Client, as_user: AsUser
) -> None:
    case = factories.enquiry(kent)
    with as_council(kent):
        message = Message.objects.filter(subject_id=case.pk)[0]
    address = reverse("admin:enquiries_enquiry_change", args=[case.pk])
    assert page(message) in mina.get(address).content.decode()
    assert page(message) not in as_user(cast.kate).get(address).content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("state=dead", ["Dead"]),
        ("kind=visit", ["Visit"]),
        (f"lane={Lane.CAMPAIGN}", ["News"]),
        ("channel=sms", [""]),
        ("show=needs_a_look", ["Dead", "Stuck"]),
        ("state=nonsense&lane=x", ["", "Dead", "News", "Sleeping", "Stuck", "Visit"]),
    ],
)
def test_the_list_can_be_narrowed(
    cast: Cast, as_user: AsUser, move_clock: Callable[[datetime], None], kent: Council, query: str, shown: list[str]
) -> None:
    """By night: what waits for the day needs no look."""
    move_clock(datetime(2026, 11, 24, 2, 30, tzinfo=UTC))
    put(kent, "visit", subject="Visit", kind="visit")
    put(kent, "news", subject="News", lane=Lane.CAMPAIGN)
    put(kent, "text", subject="", channel=ChannelKind.SMS, to="+447700900123", html="")
    dead, stuck = put(kent, "dead", subject="Dead"), put(kent, "stuck", subject="Stuck")
    sleeping = put(kent, "sleeping", subject="Sleeping", window=Window.DAYTIME)
    change(kent, dead, state=State.DEAD, settled_at=hub_now())
    for message in (stuck, sleeping):
        change(kent, message, not_before=hub_now() - timedelta(minutes=11))
    assert sorted(subjects(as_user(cast.mina), query)) == shown


def test_another_council_asked_for_narrows_nothing(kent: Council, hampshire: Council, mina: Client) -> None:
    put(kent, subject="Ours"), put(hampshire, subject="Theirs")
    assert subjects(mina, f"council={hampshire.pk}") == ["Ours"]


def test_older_messages_are_a_page_away(kent: Council, mina: Client) -> None:
    for number in range(PAGE + 1):
        message = put(kent, str(number), subject=str(number))
        change(kent, message, created_at=hub_now() + timedelta(seconds=number))
    assert len(subjects(mina)) == PAGE
    assert subjects(mina, "page=2") == ["0"]
    for odd in ("page=0", "page=x", "page=²", "page=-1", "page="):
        assert len(subjects(mina, odd)) == PAGE
    assert subjects(mina, "page=99999999") == []


def test_the_list_costs_the_same_however_long(kent: Council, mina: Client) -> None:
    put(kent, "0")
    with CaptureQueriesContext(
        connection,
    ) as few:
        mina.get(LIST)
    for number in range(1, 30):
        put(kent, str(number))
    with CaptureQueriesContext(connection) as many:
        mina.get(LIST)
    assert len(many) == len(few) <= 14


def test_a_message_costs_few_queries(kent: Council, mina: Client, django_assert_max_num_queries: Callable) -> None:  # type: ignore[type-arg]  # pytest-django's
    message = put(kent)
    with django_assert_max_num_queries(16):
        mina.get(page(message))


def test_a_mail_is_shown_as_it_arrives_with_every_fact(kent: Council, mina: Client) -> None:
    message = put(kent, text="Thank you.\nKent", html="<html><head></head><body><p>Thanks</p></body></html>")
    change(kent, message, attempts=3, smtp_reply="450 busy", receipt="delivered", receipt_at=hub_now())
    shown = mina.get(page(message)).content.decode()
    assert message and message.message_id.strip("<>") in shown
    for fact in ("erin@example.org", "450 busy", "delivered", "<dd>3</dd>", "Thank you.<br>Kent", 'sandbox=""'):
        assert fact in shown
    inner = mina.get(page(message, "html"))
    assert "<p>Thanks</p>" in inner.content.decode()
    assert "default-src 'none'" in inner["Content-Security-Policy"]


def test_a_text_message_is_shown_as_text(kent: Council, mina: Client) -> None:
    message = put(kent, channel=ChannelKind.SMS, to="+447700900123", subject="", text="Ring us <now>", html="")
    shown = mina.get(page(message)).content.decode()
    assert "Ring us &lt;now&gt;" in shown and "+447700900123" in shown and "<iframe" not in shown
    assert mina.get(page(message, "html")).status_code == 404


def test_who_looked_is_written_down(kent: Council, cast: Cast, mina: Client) -> None:
    message = put(kent)
    assert message
    mina.get(page(message))
    with as_council(kent):
        assert Event.objects.get(verb="message.seen", subject_id=message.pk).by == cast.mina


def test_a_waiting_message_is_cancelled_and_sent_once_more_by_buttons(kent: Council, mina: Client) -> None:
    message = put(kent)
    assert "Cancelled." in mina.post(page(message, "cancel"), follow=True).content.decode()
    assert seen(kent, message).state == State.CANCELLED
    shown = mina.post(page(message, "requeue"), follow=True).content.decode()
    assert "waiting to be sent again" in shown and "Sent once more" in shown and "Mina" in shown
    assert seen(kent, message).state == State.QUEUED


def test_a_refusal_is_told_on_the_page_and_written_down(kent: Council, mina: Client) -> None:
    message = put(kent)
    answer = mina.post(page(message, "requeue"))
    assert answer.status_code == 409 and message
    assert "Only what ended can be sent again" in answer.content.decode()
    with as_council(kent):
        assert Event.objects.filter(verb="message.refused", subject_id=message.pk).count() == 1


def test_a_spared_address_is_asked_about_before_it_is_written_to_again(kent: Council, mina: Client) -> None:
    first = put(kent, "first")
    assert first
    suppress_address_of(first)
    message = put(kent, "second")
    assert 'name="lift"' in mina.get(page(message)).content.decode()
    assert mina.post(page(message, "requeue")).status_code == 409
    assert mina.post(page(message, "requeue"), {"lift": "on"}).status_code == 302
    assert seen(kent, message).state == State.QUEUED
