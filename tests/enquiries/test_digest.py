"""Each working morning every council is told what waits, in figures and without a name."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, time

import pytest
from django.test import Client

from councils.access import access_of
from councils.models import Council, ToDo, User
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries import actions
from enquiries.actions.digest import CASES, send_digests
from enquiries.models import Enquiry
from outbox.models import Message
from tests import factories
from tests.conftest import Cast

Move = Callable[[datetime], None]


def london(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def mailboxes(kent: Council, hampshire: Council, office: Council) -> None:
    for council in (kent, hampshire, office):
        Council.objects.filter(pk=council.pk).update(duty_mailbox=f"duty@{council.slug}.example")


def digests(council: Council) -> list[Message]:
    with as_council(council):
        return list(Message.objects.filter(kind="digest").order_by("created_at"))


def counted(council: Council, label: str) -> str:
    """What the one digest of a council says after these words; empty where the line is left out."""
    [message] = digests(council)
    lines = message.text.splitlines()
    return next((line.split(": ")[1] for line in lines if line.startswith(f"{label}: ")), "")


def test_it_comes_once_a_day_when_the_council_opens(kent: Council, cast: Cast, move_clock: Move) -> None:
    for hour, minute, so_far in ((8, 59, 0), (9, 0, 1), (9, 1, 1), (16, 0, 1), (17, 0, 1)):
        move_clock(london(24, hour, minute))
        send_digests()
        assert len(digests(kent)) == so_far
    move_clock(london(25, 9))
    send_digests()
    assert len(digests(kent)) == 2


@pytest.mark.parametrize("day", [28, 29])
def test_none_comes_at_the_weekend(kent: Council, move_clock: Move, day: int) -> None:
    move_clock(london(day, 10))
    assert send_digests() == 0


def test_none_comes_on_a_bank_holiday(kent: Council, move_clock: Move) -> None:
    move_clock(datetime(2026, 12, 25, 10, tzinfo=LONDON))
    assert send_digests() == 0


def test_each_council_is_told_by_its_own_hours(kent: Council, hampshire: Council, move_clock: Move) -> None:
    Council.objects.filter(pk=kent.pk).update(opens_at=time(8))
    move_clock(london(24, 8))
    send_digests()
    assert (len(digests(kent)), len(digests(hampshire))) == (1, 0)


def test_it_comes_after_an_outage_in_the_morning(kent: Council, move_clock: Move) -> None:
    move_clock(london(24, 14))
    send_digests()
    assert len(digests(kent)) == 1


def test_it_goes_to_the_duty_mailbox_or_to_the_hub_offices(
    kent: Council, hampshire: Council, office: Council, move_clock: Move
) -> None:
    Council.objects.filter(pk=kent.pk).update(duty_mailbox="")
    move_clock(london(24, 9))
    send_digests()
    to = [digests(council)[0].to_address for council in (kent, hampshire, office)]
    assert to == ["duty@lafse-office.example", "duty@hampshire.example", "duty@lafse-office.example"]


def test_a_quiet_day_is_told_too(kent: Council, move_clock: Move) -> None:
    move_clock(london(24, 9))
    send_digests()
    assert "Nothing waits." in digests(kent)[0].text


def test_it_counts_what_waits(kent: Council, hampshire: Council, cast: Cast, move_clock: Move) -> None:
    move_clock(london(2, 10))
    stuck = factories.enquiry(kent, email="stuck@example.org")
    actions.mark_seen(stuck, by=access_of(cast.kate))
    move_clock(london(23, 10))
    for number in range(2):
        factories.enquiry(kent, email=f"new{number}@example.org")
    bounced = factories.enquiry(kent, email="bounced@example.org")
    actions.claim(bounced, by=access_of(cast.kate))
    factories.enquiry(hampshire)
    with as_council(kent):
        Enquiry.objects.filter(pk=bounced.pk).update(email_fails=True)
        for kind in (ToDoKind.MAIL_FAILED, ToDoKind.OWNER_AWAY):
            ToDo.objects.create(council=kent, kind=kind, subject_kind="x", subject_id=stuck.pk, about_council=kent)
    move_clock(london(24, 9))
    send_digests()
    assert counted(kent, "New, and nobody has looked") == "3"
    assert counted(kent, "Due today or overdue") == "4"
    assert counted(kent, "Promise missed") == "1"
    assert counted(kent, "Email does not work, so ring") == "1"
    assert counted(kent, "Nothing happened for ten working days") == "1"
    assert counted(kent, "Nobody has taken it") == "3"
    assert counted(kent, "Given back because the owner is not there") == "1"
    assert counted(kent, "Messages that could not be sent") == "1"
    assert counted(hampshire, "New, and nobody has looked") == "1"
    assert counted(hampshire, "Promise missed") == ""


def test_a_reminder_does_not_hide_that_nothing_happened(kent: Council, cast: Cast, move_clock: Move) -> None:
    move_clock(london(2, 10))
    case = factories.enquiry(kent)
    move_clock(london(23, 10))
    actions.mark_seen(case, by=access_of(cast.kate))
    move_clock(london(24, 9))
    send_digests()
    assert counted(kent, "Nothing happened for ten working days") == "1"


def test_the_hub_offices_has_a_line_for_each_council(
    kent: Council, hampshire: Council, office: Council, move_clock: Move
) -> None:
    move_clock(london(23, 10))
    factories.enquiry(kent)
    factories.enquiry(hampshire)
    move_clock(london(24, 9))
    send_digests()
    [message] = digests(office)
    assert counted(office, "New, and nobody has looked") == "2"
    for council in (kent, hampshire):
        assert f"{council.name}: new, and nobody has looked 1" in message.text
        assert f"council={council.pk}" in message.text
    assert "Nothing waits in: " in message.text


def test_it_names_nobody(kent: Council, office: Council, move_clock: Move) -> None:
    move_clock(london(23, 10))
    case = factories.enquiry(kent)
    move_clock(london(24, 9))
    send_digests()
    for council in (kent, office):
        text = digests(council)[0].text + digests(council)[0].subject
        for personal in (case.name, case.email, case.phone, case.postcode, case.reference):
            assert personal not in text


@pytest.mark.parametrize("label", CASES)
def test_each_line_leads_to_the_list_that_it_counts(
    kent: Council, cast: Cast, as_user: Callable[[User], Client], move_clock: Move, label: str
) -> None:
    move_clock(london(2, 10))
    old = factories.enquiry(kent, name="Old", email="old@example.org")
    with as_council(kent):
        Enquiry.objects.filter(pk=old.pk).update(email_fails=True)
    move_clock(london(24, 9))
    send_digests()
    lines = digests(kent)[0].text.splitlines()
    link = lines[next(number for number, line in enumerate(lines) if line.startswith(label)) + 1]
    page = as_user(cast.kate).get(link[link.index("/staff/") :])
    assert [row.case.name for row in page.context["rows"]] == ["Old"]


def test_a_hub_that_nobody_works_in_costs_nothing_each_minute(
    kent: Council,
    move_clock: Move,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    move_clock(london(24, 9))
    send_digests()
    with django_assert_num_queries(7):  # councils; savepoint, scope, hubs in use, who is told, scope again, released
        assert send_digests() == 0
