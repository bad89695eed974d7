"""The pages of an email to many, as an editor, a colleague and a manager see them."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.actions.subscribing import Asked, ask_to_confirm
from campaigns.models import Look, Mailing, Segment
from campaigns.news.links import token_of
from campaigns.states import MailingState, Purpose
from councils.models import Council, User
from councils.roles import Role
from councils.tenancy import as_council
from outbox.models import Message
from outbox.sending import deliver_due
from tests import factories
from tests.campaigns import sending
from tests.conftest import Cast
from tests.outbox.conftest import Receiver, receiver

__all__ = ["receiver"]
AsUser = Callable[[User], Client]


def at(name: str, mailing: Mailing) -> str:
    return reverse(f"admin:campaigns_mailing_{name}", args=[mailing.pk])


@pytest.fixture(autouse=True)
def by_day(move_clock: Callable[[datetime], None]) -> None:
    move_clock(sending.BY_DAY)


@pytest.fixture
def ed(kent: Council, as_user: AsUser) -> Client:
    Look.objects.update_or_create(council=kent, defaults={"postal_address": "1 High Street, Maidstone"})
    return as_user(sending.editor(kent).user)


@pytest.fixture
def ann(kent: Council, as_user: AsUser) -> Client:
    return as_user(sending.editor(kent, "Ann").user)


def segment(council: Council) -> Segment:
    with as_council(council):
        return Segment.objects.create(council=council, name="Everybody", created_by=sending.editor(council).user)


def begun(ed: Client, kent: Council) -> Mailing:
    typed = {"name": "Spring", "campaign": "new", "new_campaign": "Spring campaign", "purpose": "news"}
    answer = ed.post(reverse("admin:campaigns_mailing_new", args=[kent.slug]), typed)
    assert answer.status_code == 302
    with as_council(kent):
        mailing = Mailing.objects.select_related("campaign").get(name="Spring")
        assert mailing.campaign.name == "Spring campaign"
        Mailing.objects.update(subject="An evening for you", blocks=sending.WORDS)
    return mailing


def test_an_email_from_its_beginning_to_its_end(kent: Council, ed: Client, ann: Client, receiver: Receiver) -> None:
    Look.objects.update_or_create(council=kent, defaults={"two_above": 1})
    chosen, mailing = segment(kent), begun(ed, kent)
    for number in range(2):
        sending.subscriber(kent, f"p{number}@example.org")
    ed.post(at("audience", mailing), {"segment": chosen.pk, "purpose": "news"})
    page = ed.get(at("page", mailing)).content.decode()
    assert "Fix these 2 people" in page and "A colleague has to approve it" in page
    assert ed.post(at("fix", mailing), {"shown": "2"}).status_code == 302
    assert "A colleague who runs campaigns has to approve it" in ed.get(at("page", mailing)).content.decode()
    assert ed.post(at("approve", mailing)).status_code == 409
    assert "asks you to look at it" in ann.get(at("page", mailing)).content.decode()
    assert ann.post(at("approve", mailing)).status_code == 302
    assert ed.post(at("start", mailing)).status_code == 302
    running = ed.get(at("page", mailing))
    assert (running["Refresh"], "Still to come" in running.content.decode()) == ("15", True)
    sending.all_sent(mailing)
    after = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", ed.get(at("page", mailing)).content.decode()))
    assert "Sent 2 May have been sent 0 Failed 0" in after and "100%" in after
    assert len(receiver.stored) == 2


def test_another_number_than_shown_is_told_and_fixes_nobody(kent: Council, ed: Client) -> None:
    chosen, mailing = segment(kent), begun(ed, kent)
    sending.subscriber(kent, "p@example.org")
    ed.post(at("audience", mailing), {"segment": chosen.pk, "purpose": "news"})
    answer = ed.post(at("fix", mailing), {"shown": "5"})
    assert answer.status_code == 409
    assert "Meanwhile it is 1 person" in answer.content.decode()
    assert sending.fresh(mailing).state == MailingState.DRAFT


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "Enter a name."),
        ({"name": "X", "campaign": "new", "purpose": "news"}, "Enter a name for the new campaign."),
        ({"name": "X", "campaign": "nonsense", "purpose": "news"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_at_the_field(kent: Council, ed: Client, typed: dict[str, str], told: str) -> None:
    answer = ed.post(reverse("admin:campaigns_mailing_new", args=[kent.slug]), typed)
    assert answer.status_code == 422
    assert told in answer.content.decode() and "There is a problem" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "status", "told"),
    [
        ({"day": "2027-03-05", "hour": "10"}, 302, ""),
        ({"day": "2027-03-07", "hour": "10"}, 409, "Monday to Saturday"),
        ({"day": "2027-03-01", "hour": "10"}, 409, "still to come"),
        ({"day": "soon", "hour": "10"}, 422, "Enter a day"),
    ],
)
def test_a_day_and_an_hour_are_chosen(kent: Council, ed: Client, typed: dict[str, str], status: int, told: str) -> None:
    mailing = sending.running(kent, 1, state=MailingState.APPROVED, started_at=None)
    answer = ed.post(at("schedule", mailing), typed)
    assert answer.status_code == status
    assert told in answer.content.decode()
    scheduled = "Friday 5 March 2027, 10:00" in ed.get(at("page", mailing)).content.decode()
    assert scheduled == (status == 302)


def test_pausing_and_going_on_are_buttons(kent: Council, ed: Client, receiver: Receiver) -> None:
    mailing = sending.running(kent, 2)
    sending.expanded(mailing)
    assert ed.post(at("pause", mailing)).status_code == 302
    assert "Paused since" in ed.get(at("page", mailing)).content.decode()
    assert deliver_due() == 0
    assert ed.post(at("resume", mailing)).status_code == 302
    assert sending.all_sent(mailing) == 2


def test_by_night_the_page_says_when_it_goes_on(
    kent: Council, ed: Client, move_clock: Callable[[datetime], None]
) -> None:
    mailing = sending.running(kent, 1)
    assert "it waits until" not in ed.get(at("page", mailing)).content.decode()
    move_clock(sending.BY_DAY.replace(day=6, hour=21))  # a Saturday
    page = ed.get(at("page", mailing)).content.decode()
    assert "it waits until 8am on Monday 8 March" in page


def test_a_manager_sees_who_did_not_get_it_and_an_editor_how_many(kent: Council, ed: Client, as_user: AsUser) -> None:
    sam = sending.subscriber(kent, "sam@example.org", "Sam")
    mailing = sending.running(kent, 0, sam)
    ed.post(at("cancel", mailing))
    managers = as_user(factories.user("Mona", kent, Role.MANAGER)).get(at("missed", mailing)).content.decode()
    assert "Sam" in managers and "s…@example.org" in managers and "sam@example.org" not in managers
    editors = ed.get(at("missed", mailing)).content.decode()
    assert "Sam" not in editors and "Only a manager sees who" in editors


def test_another_councils_email_is_none(kent: Council, hampshire: Council, ed: Client, as_user: AsUser) -> None:
    mailing = sending.running(kent, 1)
    other = as_user(sending.editor(hampshire, "Hetty").user)
    assert other.get(at("page", mailing)).status_code == 404
    for step in ("start", "pause", "cancel", "approve", "fix"):
        assert other.post(at(step, mailing)).status_code == 404
    assert sending.fresh(mailing).state == MailingState.RUNNING
    listed = reverse("admin:campaigns_mailing_changelist")
    assert "Spring" in ed.get(listed).content.decode()
    assert "Spring" not in other.get(listed).content.decode()


def test_the_list_costs_the_same_however_many(
    kent: Council, ed: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    by = sending.editor(kent)
    for number in range(5):
        sending.draft(kent, by, name=f"Email {number}")
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]  # a context manager
        ed.get(reverse("admin:campaigns_mailing_changelist"))


def test_the_links_of_an_email_are_for_whoever_got_it(kent: Council, cast: Cast, as_user: AsUser) -> None:
    """Whoever looks after messages could say yes, or no, in their name."""
    own = sending.subscriber(kent, "erin@example.org")
    sent = sending.running(kent, 0, own)
    sending.expanded(sent)
    ask_to_confirm(kent, Asked(email="new@example.org", purposes=(Purpose.NEWS,)))
    (copy,) = sending.messages(sent)
    with as_council(kent):
        question = Message.objects.get(council=kent, kind="news_confirm")
    client = as_user(cast.mina)
    for message in (copy, question):
        page = client.get(reverse("admin:outbox_message_change", args=[message.pk]))
        assert page.status_code == 200
        assert token_of(own) not in page.content.decode() and "/confirm/" not in page.content.decode()
        assert client.get(reverse("admin:outbox_message_html", args=[message.pk])).status_code == 404
