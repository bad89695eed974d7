"""A mentor is given by staff once somebody has applied, and ends by the council's settings."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ambassadors.actions import mentoring
from ambassadors.actions.conflicts import keep_apart_from_surname
from ambassadors.mentors.rules import end_after
from ambassadors.models import Ambassador, Mentorship, Scheme, Talk
from councils.access import Access, access_of
from councils.clock import hub_now
from councils.models import Council, Event, User
from councils.refusals import Refused, RoleRefused
from councils.roles import Role
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.models import Enquiry
from enquiries.rights.export import holdings_of
from enquiries.states import State
from outbox.models import Message
from tests import factories
from tests.ambassadors.introducing import ask, waiting
from tests.conftest import Cast
from tests.enquiries.status_visitor import Reader

AsUser = Callable[[User], Client]


@pytest.fixture
def cora(kent: Council, cast: Cast) -> User:
    return factories.user("Cora", kent, Role.COORDINATOR)


@pytest.fixture
def by(cora: User) -> Access:
    return access_of(cora)


@pytest.fixture
def case(kent: Council) -> Enquiry:
    return in_state(factories.enquiry(kent, name="Erin Example"), State.IN_ASSESSMENT)


@pytest.fixture
def anna(kent: Council) -> Ambassador:
    return factories.ambassador(kent, first_name="Anna", is_mentor=True)


def in_state(case: Enquiry, state: State, **given: Any) -> Enquiry:
    closed = {} if state not in ("approved", "withdrawn", "duplicate") else {"closed_at": hub_now()}
    with as_council(case.council_id):
        Enquiry.objects.filter(pk=case.pk).update(state=state, **closed | given)
        case.refresh_from_db()
    return case


def page(case: Enquiry) -> str:
    return reverse("admin:enquiries_enquiry_change", args=[case.pk])


def address(case: Enquiry) -> str:
    return reverse("admin:ambassadors_mentorship_begin", args=[case.pk])


def again(mentorship: Mentorship) -> Mentorship:
    with as_council(mentorship.council_id):
        return Mentorship.objects.get(pk=mentorship.pk)


def test_a_coordinator_gives_a_mentor_on_the_page_of_the_case(
    case: Enquiry, anna: Ambassador, cora: User, as_user: AsUser
) -> None:
    client = as_user(cora)
    assert "Give them a mentor" in client.get(page(case)).content.decode()
    assert client.post(address(case), {"mentor": str(anna.pk)}).status_code == 302
    shown = client.get(page(case)).content.decode()
    assert "<strong>Anna</strong> since" in shown
    assert "The end is counted from their approval." in shown
    with as_council(case.council_id):
        (mail,) = Message.objects.filter(kind="ambassador_mentor")
    assert mail.to_address == anna.email
    assert "mentor of Erin." in mail.text
    assert "Example" not in mail.text


def test_their_mentors_first_name_stands_on_your_enquiry(case: Enquiry, anna: Ambassador, by: Access) -> None:
    reader = Reader()
    assert "mentor" not in reader.opens(case)
    mentoring.begin(case, anna.pk, by=by)
    assert "Anna, who fosters, is your mentor." in reader.sees()


@pytest.mark.parametrize("state", [State.NEW, State.VISITED, State.WITHDRAWN])
def test_who_has_not_applied_has_no_mentor(
    case: Enquiry, anna: Ambassador, cora: User, by: Access, as_user: AsUser, state: State
) -> None:
    in_state(case, state)
    with pytest.raises(Refused, match="people who have applied"):
        mentoring.begin(case, anna.pk, by=by)
    assert "Give them a mentor" not in as_user(cora).get(page(case)).content.decode()


@pytest.mark.parametrize(
    "now",
    [
        {"is_mentor": False},
        {"state": "invited"},
        {"standing_until": date(2020, 1, 1)},
        {"standing_until": None},
        {"paused_by_staff": True},
        {"paused_until": date(2999, 1, 1)},
        {"leaving_asked_at": datetime(2026, 1, 1, tzinfo=LONDON)},
    ],
)
def test_who_cannot_be_asked_is_in_no_list_and_is_refused(
    case: Enquiry, anna: Ambassador, cora: User, by: Access, as_user: AsUser, now: dict[str, object]
) -> None:
    with as_council(case.council_id):
        Ambassador.objects.filter(pk=anna.pk).update(**now)
    assert str(anna.pk) not in as_user(cora).get(page(case)).content.decode()
    with pytest.raises(Refused, match="cannot be asked now"):
        mentoring.begin(case, anna.pk, by=by)


def test_another_councils_ambassador_is_no_mentor_here(case: Enquiry, hampshire: Council, by: Access) -> None:
    other = factories.ambassador(hampshire, is_mentor=True)
    with pytest.raises(Refused, match="cannot be asked now"):
        mentoring.begin(case, other.pk, by=by)


def test_whom_they_must_not_meet_is_no_mentors_mentee(case: Enquiry, anna: Ambassador, by: Access) -> None:
    keep_apart_from_surname(anna, "Example", reason="", by=by)
    with pytest.raises(Refused, match="kept apart"):
        mentoring.begin(case, anna.pk, by=by)


def test_one_mentor_at_a_time(case: Enquiry, anna: Ambassador, kent: Council, by: Access) -> None:
    first = mentoring.begin(case, anna.pk, by=by)
    with pytest.raises(Refused, match="have a mentor already"):
        mentoring.begin(case, anna.pk, by=by)
    mentoring.end(first, by=by)
    mentoring.end(first, by=by)
    with as_council(kent):
        assert Event.objects.filter(verb="mentorship.ended").count() == 1
    mentoring.begin(case, factories.ambassador(kent, first_name="Bea", is_mentor=True).pk, by=by)


@pytest.mark.parametrize("who", ["kate", "hal", "olu"])
def test_who_does_not_look_after_ambassadors_sees_and_changes_nothing(
    case: Enquiry, anna: Ambassador, cast: Cast, by: Access, as_user: AsUser, who: str
) -> None:
    made, client = mentoring.begin(case, anna.pk, by=by), as_user(getattr(cast, who))
    assert "Anna" not in client.get(page(case)).content.decode()
    assert client.post(address(case), {"mentor": str(anna.pk)}).status_code == 404
    assert client.post(reverse("admin:ambassadors_mentorship_end", args=[made.pk])).status_code == 404
    with pytest.raises(RoleRefused):
        mentoring.end(made, by=access_of(getattr(cast, who)))
    assert again(made).ended_at is None


def test_a_refusal_is_told_on_the_case(case: Enquiry, cora: User, as_user: AsUser) -> None:
    answer = as_user(cora).post(address(case), {"mentor": ""})
    assert answer.status_code == 409
    assert "Choose a mentor." in answer.content.decode()


def test_meetings_are_counted_and_what_was_sent_back_is_not(
    case: Enquiry, anna: Ambassador, cora: User, by: Access, as_user: AsUser, kent: Council
) -> None:
    Scheme.objects.create(council=kent, mentor_meetings=3)
    made = mentoring.begin(case, anna.pk, by=by)
    with as_council(kent):
        for state in ("logged", "approved", "sent_back"):
            Talk.objects.create(
                council=kent,
                ambassador=anna,
                mentorship=made,
                on=date(2026, 1, 1),
                way="event",
                minutes=60,
                state=state,
                decided_by=None if state == "logged" else cora,
            )
    assert "2 of 3 meetings written down." in as_user(cora).get(page(case)).content.decode()


def test_the_end_is_counted_from_the_approval() -> None:
    approved = Enquiry(state=State.APPROVED, state_since=date(2026, 1, 31))
    assert end_after(approved, 12) == date(2027, 1, 31)
    assert end_after(approved, 1) == date(2026, 2, 28)
    assert end_after(approved, None) is None
    assert end_after(Enquiry(state=State.PANEL), 12) is None


def test_approval_sets_the_end_and_the_day_after_it_ends_by_itself(
    case: Enquiry, anna: Ambassador, kent: Council, by: Access, move_clock: Callable[..., None]
) -> None:
    Scheme.objects.create(council=kent, mentor_months=12)
    made = mentoring.begin(case, anna.pk, by=by)
    assert mentoring.keep_to_dates() == 0
    approved = hub_now().date()
    in_state(case, State.APPROVED, state_since=approved)
    assert [mentoring.keep_to_dates() for _ in range(2)] == [1, 0]
    last = again(made).ends_on
    assert last is not None
    assert last == end_after(case, 12)
    move_clock(datetime(last.year, last.month, last.day, 23, tzinfo=LONDON))
    assert mentoring.keep_to_dates() == 0
    move_clock(datetime(last.year, last.month, last.day, 12, tzinfo=LONDON) + timedelta(days=1))
    assert [mentoring.keep_to_dates() for _ in range(2)] == [1, 0]
    assert again(made).ended_at is not None


def test_without_a_setting_it_goes_on_after_approval(
    case: Enquiry, anna: Ambassador, kent: Council, by: Access
) -> None:
    Scheme.objects.create(council=kent)
    made = mentoring.begin(case, anna.pk, by=by)
    in_state(case, State.APPROVED)
    assert mentoring.keep_to_dates() == 0
    assert again(made).ends_on is None


def test_a_time_that_is_over_already_is_refused(case: Enquiry, anna: Ambassador, kent: Council, by: Access) -> None:
    Scheme.objects.create(council=kent, mentor_months=12)
    in_state(case, State.APPROVED, state_since=date(2020, 1, 1))
    with pytest.raises(Refused, match="ended on 1 January 2021"):
        mentoring.begin(case, anna.pk, by=by)


def test_it_ends_with_the_application(case: Enquiry, anna: Ambassador, by: Access) -> None:
    made = mentoring.begin(case, anna.pk, by=by)
    in_state(case, State.WITHDRAWN)
    assert mentoring.keep_to_dates() == 1
    assert again(made).ended_at is not None


def test_what_ends_in_one_council_leaves_another_as_it_was(
    case: Enquiry, anna: Ambassador, hampshire: Council, by: Access
) -> None:
    made = mentoring.begin(case, anna.pk, by=by)
    there = in_state(factories.enquiry(hampshire), State.PANEL)
    hilda = factories.ambassador(hampshire, first_name="Hilda", is_mentor=True)
    other = mentoring.begin(there, hilda.pk, by=access_of(factories.coordinator(hampshire)))
    with pytest.raises(RoleRefused):
        mentoring.end(other, by=by)
    in_state(case, State.WITHDRAWN)
    assert mentoring.keep_to_dates() == 1
    assert again(made).ended_at is not None
    assert again(other).ended_at is None
    with as_council(hampshire):
        assert not Event.objects.filter(verb="mentorship.ended").exists()


def test_it_goes_on_in_the_case_that_theirs_was_joined_with(
    case: Enquiry, anna: Ambassador, kent: Council, by: Access
) -> None:
    made, kept = mentoring.begin(case, anna.pk, by=by), in_state(factories.enquiry(kent), State.PANEL)
    in_state(case, State.DUPLICATE, merged_into=kept)
    assert [mentoring.keep_to_dates() for _ in range(2)] == [1, 0]
    now = again(made)
    assert (now.enquiry_id, now.ended_at) == (kept.pk, None)


def test_nobody_else_reads_a_mail_whose_link_opens_an_ambassadors_pages(
    kent: Council, cast: Cast, case: Enquiry, anna: Ambassador, by: Access, as_user: AsUser
) -> None:
    mentoring.begin(case, anna.pk, by=by)
    ask(waiting(kent), anna)
    with as_council(kent):
        opening = [each for each in Message.objects.all() if "/ambassadors/enter/" in each.text]
    assert {each.kind for each in opening} == {"ambassador_mentor", "introduction_offered"}
    client = as_user(cast.mina)
    for message in opening:
        shown = client.get(reverse("admin:outbox_message_change", args=[message.pk]))
        assert shown.status_code == 200 and "/ambassadors/enter/" not in shown.content.decode()
        assert client.get(reverse("admin:outbox_message_html", args=[message.pk])).status_code == 404
    assert "/ambassadors/enter/" not in str(holdings_of([case], guarded=True, now=hub_now()))
