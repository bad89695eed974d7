"""Figures by email: to whoever has a right to them, once, on the first working day's morning, and no person in it."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from councils.access import access_of
from councils.models import Council, CouncilKind, Event, Hub, Membership, User
from councils.refusals import Refused
from councils.roles import Role
from councils.tenancy import as_council, as_hub
from councils.working_time import LONDON
from dashboards.actions.annotating import annotate
from dashboards.actions.folding import fold_hub
from dashboards.actions.report_sending import send_reports
from dashboards.actions.reporting import send_to, stop
from dashboards.models import Report
from dashboards.reports.times import told_of
from dashboards.states import Every
from outbox.models import Message
from tests import factories
from tests.conftest import Cast

LogIn = Callable[[User], Client]
Clock = Callable[[datetime], None]
ADDRESS = "/staff/dashboards/cell/reports/"


def at(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=LONDON)


@pytest.fixture
def weekly(office: Council, cast: Cast, move_clock: Clock) -> Report:
    """Chosen on Wednesday 18 November 2026, for the lead herself."""
    move_clock(at(18, 12))
    return send_to(office.hub, to=cast.rhea, council=None, every=Every.WEEK, by=access_of(cast.rhea))


def sent(office: Council) -> list[Message]:
    with as_council(office):
        return list(Message.objects.filter(council=office, kind="figures").order_by("created_at"))


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at(20, 12), False),  # the week is not over
        (at(22, 12), False),  # Sunday
        (at(23, 8), False),  # Monday, before the office opens
        (at(23, 9), True),
        (at(24, 10), True),  # nothing ran on Monday
    ],
)
def test_it_leaves_on_the_morning_of_the_first_working_day(
    weekly: Report, office: Council, move_clock: Clock, now: datetime, due: bool
) -> None:
    move_clock(now)
    assert send_reports() == due
    assert len(sent(office)) == due


def test_after_a_bank_holiday_it_leaves_a_day_later(office: Council, cast: Cast, move_clock: Clock) -> None:
    move_clock(at(29, 12, month=4))
    send_to(office.hub, to=cast.rhea, council=None, every=Every.WEEK, by=access_of(cast.rhea))
    move_clock(at(4, 11, month=5))  # early May bank holiday, a Monday
    assert send_reports() == 0
    move_clock(at(5, 9, month=5))
    assert send_reports() == 1


def test_it_goes_once_a_week_however_often_it_is_asked(weekly: Report, office: Council, move_clock: Clock) -> None:
    for day in (23, 24, 30):
        move_clock(at(day, 10))
        send_reports()
        send_reports()
    assert [message.created_at.astimezone(LONDON).day for message in sent(office)] == [23, 30]


def test_it_tells_the_week_that_has_ended_and_nobody_by_name(
    weekly: Report, kent: Council, office: Council, cast: Cast, move_clock: Clock
) -> None:
    move_clock(at(19, 12))
    factories.enquiry(kent, name="Erin Unmistakable")
    annotate(office.hub, on=date(2026, 11, 17), words="TV campaign started", by=access_of(cast.rhea))
    fold_hub(office.hub)
    move_clock(at(23, 10))
    send_reports()
    (message,) = sent(office)
    assert message.to_address == cast.rhea.email
    assert message.subject == "LAFSE: figures of 16 November to 22 November 2026"
    assert "Initial enquiries: 1 (0)" in message.text
    assert "Kent County Council: 1, none yet, 0" in message.text
    assert "17 November: TV campaign started" in message.text
    assert b"Unmistakable" not in bytes(message.mime)
    assert b"<table" in bytes(message.mime)


def test_a_month_is_told_whole(office: Council) -> None:
    month, before = told_of(Every.MONTH, date(2026, 12, 1))
    assert (month.first, before.first) == (date(2026, 11, 1), date(2026, 10, 1))
    week, _ = told_of(Every.WEEK, date(2026, 11, 25))
    assert (week.first, week.last) == (date(2026, 11, 16), date(2026, 11, 22))


def test_a_manager_gets_the_councils_own_beside_the_region(
    kent: Council, office: Council, cast: Cast, move_clock: Clock
) -> None:
    move_clock(at(18, 12, month=10))
    send_to(kent.hub, to=cast.mina, council=kent, every=Every.MONTH, by=access_of(cast.rhea))
    move_clock(at(2, 10))
    assert send_reports() == 1
    (message,) = sent(office)
    assert message.subject == "Kent County Council: figures of October 2026"
    assert "Council by council" not in message.text
    assert "middle of the region" in message.text


def test_whoever_has_lost_the_right_is_sent_nothing_and_taken_off(
    weekly: Report, office: Council, cast: Cast, move_clock: Clock
) -> None:
    Membership.objects.filter(user=cast.rhea).delete()
    move_clock(at(23, 10))
    assert send_reports() == 0
    assert sent(office) == []
    with as_hub(office.hub):
        assert not Report.objects.exists()
    with as_council(office):
        assert Event.objects.filter(verb="figures.report_ended").count() == 1


def test_nobody_is_chosen_for_figures_that_they_may_not_see(
    kent: Council, hampshire: Council, cast: Cast, as_user: LogIn
) -> None:
    by = access_of(cast.rhea)
    for council in (None, hampshire):
        with pytest.raises(Refused, match="may not see"):
            send_to(kent.hub, to=cast.mina, council=council, every=Every.WEEK, by=by)
    answer = as_user(cast.rhea).post(ADDRESS, {"to": cast.mina.pk, "whose": "region", "every": "week"})
    assert answer.status_code == 409
    assert "Mina may not see the figures of the whole hub" in answer.content.decode()


def test_lead_and_hub_manager_choose_and_nobody_else(
    office: Council, kent: Council, cast: Cast, as_user: LogIn
) -> None:
    asked = {"to": cast.kate.pk, "whose": str(kent.pk), "every": "week"}
    assert as_user(cast.olu).post(ADDRESS, asked).status_code == 403
    assert as_user(cast.mina).post(ADDRESS, asked).status_code == 403
    maya = factories.user("Maya", office, Role.HUB_MANAGER)
    for who in (maya, cast.rhea, cast.rhea):
        assert as_user(who).post(ADDRESS, asked).status_code == 302
    page = as_user(cast.olu).get(ADDRESS).content.decode()
    assert page.count("Every week") == 1
    assert "Send figures to somebody" not in page


def test_stopped_it_is_not_sent(weekly: Report, office: Council, cast: Cast, as_user: LogIn, move_clock: Clock) -> None:
    client = as_user(cast.rhea)
    for told in ("Stopped.", "It is not sent any more."):
        assert told in client.post(ADDRESS, {"stop": weekly.pk}, follow=True).content.decode()
    assert stop(office.hub, weekly.pk, by=access_of(cast.rhea)) is False
    move_clock(at(23, 10))
    assert send_reports() == 0


def test_what_is_not_chosen_is_an_error_in_words(cast: Cast, as_user: LogIn) -> None:
    answer = as_user(cast.rhea).post(ADDRESS, {"to": "0", "every": "daily"})
    assert answer.status_code == 422
    assert "Choose who gets it." in answer.content.decode()


def test_another_hubs_reports_are_its_own(weekly: Report, kent: Council, cast: Cast, move_clock: Clock) -> None:
    """Sent through its own office, with its own figures; and not stopped, nor added to, from here."""
    other = Hub.objects.create(slug="other", name="Other Hub", short_name="OH")
    theirs = Council.objects.create(hub=other, kind=CouncilKind.HUB_OFFICE, slug="oo", code="OOO", name="Other office")
    lead = factories.user("Lea", theirs, Role.REGIONAL_LEAD)
    made = send_to(other, to=lead, council=None, every=Every.WEEK, by=access_of(lead))
    with pytest.raises(Refused):
        stop(other, made.pk, by=access_of(cast.rhea))
    assert stop(kent.hub, made.pk, by=access_of(cast.rhea)) is False
    with pytest.raises(Refused, match="may not see"):
        send_to(kent.hub, to=lead, council=None, every=Every.WEEK, by=access_of(cast.rhea))
    factories.enquiry(kent)
    fold_hub(kent.hub)
    move_clock(at(23, 10))
    assert send_reports() == 2
    (message,) = sent(theirs)
    assert message.to_address == lead.email
    assert "Initial enquiries: 0 (0)" in message.text
    assert "Kent" not in message.text
