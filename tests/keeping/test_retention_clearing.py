"""What is no enquiry goes by itself once its time is over, and not before."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from councils.clock import hub_now
from councils.models import Absence, Council, Door, Event, Membership, User
from councils.models.doors import DoorPurpose
from councils.retention_names import Kept
from councils.roles import Role
from councils.tenancy import as_council
from enquiries.actions.clearing import clear
from outbox.actions import enqueue
from outbox.models import Message, Receipt
from outbox.states import State
from staff.models import Invitation
from tests import factories
from tests.conftest import Cast

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today(move_clock: Callable[[datetime], None]) -> None:
    move_clock(NOW)


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def door(council: Council, purpose: DoorPurpose, closed: datetime) -> Door:
    case = factories.enquiry(council)
    return Door.objects.create(
        token_hash=f"{purpose}{closed}", purpose=purpose, council=council, subject_id=case.pk, expires_at=closed
    )


def test_a_link_that_closed_a_year_ago_goes_and_a_forms_token_after_a_month(kent: Council) -> None:
    gone = [door(kent, DoorPurpose.STATUS, ago(366)), door(kent, DoorPurpose.FORM, ago(31))]
    stays = [door(kent, DoorPurpose.STATUS, ago(364)), door(kent, DoorPurpose.FORM, ago(29))]
    clear(Kept.DOOR, now=NOW)
    left = set(Door.objects.values_list("pk", flat=True))
    assert not left & {each.pk for each in gone}
    assert left >= {each.pk for each in stays}


def test_an_old_report_of_a_provider_goes(db: None) -> None:
    for days in (91, 89):
        Receipt.objects.create(provider="smtp", report_id=str(days), received_at=ago(days))
    assert clear(Kept.REPORT, now=NOW) == 1
    assert [each.report_id for each in Receipt.objects.all()] == ["89"]


def put(council: Council, key: str, *, settled: datetime, **given: object) -> Message:
    with as_council(council):
        message = enqueue(
            council=council,
            kind="digest",
            to="kate@example.org",
            subject="Your day",
            text="Erin waits",
            dedupe_key=key,
            expires_at=hub_now() + timedelta(days=1),
            **given,  # type: ignore[arg-type]  # by name
        )
        assert message
        sent = {"state": State.SENT, "settled_at": settled, "smtp_reply": "250 for kate@example.org"}
        Message.objects.filter(pk=message.pk).update(**sent)
    return message


def test_of_an_old_message_to_staff_stays_only_that_there_was_one(
    kent: Council, cast: Cast, as_user: Callable[[User], Client]
) -> None:
    case = factories.enquiry(kent)
    old = put(kent, "old", settled=ago(91), to_staff=True)
    young = put(kent, "young", settled=ago(89), to_staff=True)
    to_enquirer = put(kent, "theirs", settled=ago(400), subject_kind="enquiry", subject_id=case.pk)
    assert clear(Kept.STAFF_MESSAGE, now=NOW) == 1
    assert clear(Kept.STAFF_MESSAGE, now=NOW) == 0
    with as_council(kent):
        row = Message.objects.get(pk=old.pk)
        assert (row.to_address, row.subject, row.text, bytes(row.mime)) == ("", "", "", b"")
        assert "kate" not in row.smtp_reply
        assert (row.kind, row.state) == ("digest", State.SENT)
        texts = Message.objects.filter(pk__in=[young.pk, to_enquirer.pk]).values_list("text", flat=True)
        assert list(texts) == ["Erin waits"] * 2
    page = as_user(cast.mina).get(f"/staff/outbox/message/{old.pk}/change/")
    assert page.status_code == 200


def test_where_somebody_was_logged_in_goes_after_a_month(cast: Cast) -> None:
    for key, days in (("old", 31), ("young", 29), ("live", 40)):
        UserSession.objects.create(user=cast.kate, ip="192.0.2.1", session_key=key, last_seen_at=ago(days))
    Session.objects.create(session_key="live", session_data="", expire_date=NOW + timedelta(hours=1))
    Session.objects.create(session_key="ended", session_data="", expire_date=NOW - timedelta(hours=1))
    clear(Kept.SESSION, now=NOW)
    assert set(UserSession.objects.values_list("session_key", flat=True)) == {"young", "live"}
    assert list(Session.objects.values_list("session_key", flat=True)) == ["live"]


def test_an_invitation_that_ended_goes(kent: Council) -> None:
    def invite(key: str, **given: datetime) -> None:
        Invitation.objects.create(
            **{"expires_at": NOW + timedelta(days=1), **given},
            email=f"{key}@example.org",
            name=key,
            council=kent,
            role=Role.OFFICER,
            token_hash=key,
        )

    invite("taken up", accepted_at=ago(91))
    invite("withdrawn", withdrawn_at=ago(91))
    invite("too old", expires_at=ago(91))
    invite("just now", accepted_at=ago(89))
    invite("open")
    assert clear(Kept.INVITATION, now=NOW) == 3
    assert set(Invitation.objects.values_list("name", flat=True)) == {"just now", "open"}


def test_old_absences_go(cast: Cast) -> None:
    for year in (2024, 2026):
        day = date(year, 8, 1)
        Absence.objects.create(user=cast.kate, first_day=day, last_day=day, written_by=cast.kate)
    assert clear(Kept.ABSENCE, now=NOW) == 1
    assert Absence.objects.get().last_day.year == 2026


def leave(user: User, when: datetime) -> None:
    Membership.objects.filter(user=user).update(ended_at=when)
    User.objects.filter(pk=user.pk).update(created_at=ago(2000))
    EmailAddress.objects.create(user=user, email=user.email)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})


def test_the_account_of_who_left_two_years_ago_is_emptied_and_keeps_its_name(cast: Cast, office: Council) -> None:
    leave(cast.kate, ago(731))
    leave(cast.hal, ago(729))
    assert clear(Kept.STAFF_ACCOUNT, now=NOW) == 1
    assert clear(Kept.STAFF_ACCOUNT, now=NOW) == 0
    kate = User.objects.get(pk=cast.kate.pk)
    assert (kate.name, kate.is_active, kate.second_factor_at) == ("Kate", False, None)
    assert (kate.email, kate.has_usable_password()) == (f"left-{kate.pk}@left.invalid", False)
    assert set(EmailAddress.objects.values_list("user", flat=True)) == {cast.hal.pk}
    assert set(Authenticator.objects.values_list("user", flat=True)) == {cast.hal.pk}
    with as_council(office):
        assert Event.objects.filter(verb="account.cleared").count() == 1


def test_the_account_of_who_works_somewhere_stays(cast: Cast, hampshire: Council) -> None:
    leave(cast.kate, ago(900))
    Membership.objects.create(user=cast.kate, council=hampshire, role=Role.OFFICER)
    assert clear(Kept.STAFF_ACCOUNT, now=NOW) == 0
