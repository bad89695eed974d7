"""Staff put right what is known of a person; a council in doubt is settled."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import Access, access_of
from councils.clock import HubNow
from councils.models import Council, Door, Event, EventDetail, ToDo, User
from councils.models.doors import DoorPurpose
from councils.models.todos import ToDoKind
from councils.refusals import Refused, RoleRefused
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions import follow_ups, log_attempt, submit
from enquiries.actions.contact_change import ContactDetails, change_contact
from enquiries.actions.correcting import Particulars, correct, settle_council
from enquiries.answers import RouteSnapshot
from enquiries.models import Enquiry
from enquiries.states import Channel, FostersWith, Kind, Outcome, RouteChoice, Slot, Way
from outbox.models import Message
from outbox.states import State as Sending
from tests import factories
from tests.conftest import Cast

TUESDAY = datetime(2026, 11, 24, 11, tzinfo=LONDON)
MINUTE = timedelta(minutes=1)
MoveClock = Callable[[datetime], None]
AsUser = Callable[[User], Client]
IN_KENT, IN_HAMPSHIRE = "ME14 1XX", "SO23 8UJ"


@pytest.fixture
def case(kent: Council, cast: Cast, move_clock: MoveClock) -> Enquiry:
    move_clock(TUESDAY)
    return factories.enquiry(kent)


@pytest.fixture
def kate(cast: Cast) -> Access:
    return access_of(cast.kate)


def fresh(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.get(pk=case.pk)


def told(case: Enquiry, **changed: Any) -> Particulars:
    """What the case says now, but for this."""
    values = {name: getattr(case, name) for name in Particulars.__dataclass_fields__}
    values |= {"way": Way(case.way), "times": tuple(Slot(slot) for slot in case.times), "kind": Kind(case.kind)}
    return replace(Particulars(**values | {"fosters_with": FostersWith(case.fosters_with)}), **changed)


def change(case: Enquiry, by: Access, *, postcode: str | None = None, **changed: Any) -> Council | None:
    now = fresh(case)
    return correct(case, told(now, **changed), postcode=now.postcode if postcode is None else postcode, by=by)


def mail(case: Enquiry, *states: Sending) -> list[tuple[str, str]]:
    with as_council(case.council_id):
        found = Message.objects.filter(subject_id=case.pk, to_staff=False, state__in=states or list(Sending))
        return sorted(found.values_list("kind", "to_address"))


def send_all(case: Enquiry) -> None:
    with as_council(case.council_id):
        waiting = Message.objects.filter(subject_id=case.pk, state=Sending.QUEUED)
        waiting.update(state=Sending.SENT, settled_at=HubNow(), smtp_reply="250 OK")


def found_by(case: Enquiry, typed: str) -> bool:
    with as_council(case.council_id):
        return Enquiry.objects.matching(typed).filter(pk=case.pk).exists()


def open_todos(case: Enquiry) -> list[str]:
    with as_council(case.council_id):
        return list(ToDo.objects.filter(subject_id=case.pk, done_at=None).values_list("kind", flat=True))


def status_doors(case: Enquiry) -> int:
    return Door.objects.filter(purpose=DoorPurpose.STATUS, subject_id=case.pk, expires_at__gt=HubNow()).count()


def test_what_stood_before_goes_to_the_details_and_not_into_the_event(case: Enquiry, kate: Access) -> None:
    change(case, kate, name="Erin Exemplar", language="Polish", times=(Slot.SATURDAY,))
    after = fresh(case)
    assert (after.name, after.language, after.times) == ("Erin Exemplar", "Polish", ["saturday"])
    with as_council(case.council_id):
        event = Event.objects.get(subject_id=case.pk, verb="enquiry.corrected")
        details = dict(EventDetail.objects.filter(event=event).values_list("field", "old"))
    assert event.facts["changed"] == ["language", "name", "times"]
    assert details == {"name": "Erin Example", "language": "", "times": ""}
    assert "Erin" not in str(event.facts)


def test_it_is_found_by_what_is_right_now_and_still_by_what_was_sent(case: Enquiry, kate: Access) -> None:
    change(case, kate, name="Orla Nightingale", phone="+447700900555")
    assert found_by(case, "Nightingale")
    assert found_by(case, "07700 900555")
    assert found_by(case, "Example"), "whoever rings may give the name that the form had"


def test_nothing_changed_is_nothing_written_down(case: Enquiry, kate: Access) -> None:
    change(case, kate)
    assert fresh(case).version == case.version


def test_without_address_and_number_nobody_could_reach_them(case: Enquiry, kate: Access) -> None:
    with pytest.raises(Refused, match="Keep an email address or a phone number"):
        change(case, kate, email="", phone="")


def test_the_other_councils_officer_corrects_nothing(case: Enquiry, cast: Cast) -> None:
    with pytest.raises(RoleRefused):
        change(case, access_of(cast.hal), name="Somebody")
    with pytest.raises(RoleRefused):
        settle_council(case, by=access_of(cast.hal))
    assert fresh(case).name == "Erin Example"


def test_a_new_address_closes_the_old_links_and_gets_the_next_one(case: Enquiry, kate: Access) -> None:
    send_all(case)
    assert status_doors(case) == 1
    change(case, kate, email="new@example.org")
    assert mail(case, Sending.QUEUED) == [("changed_address", "erin@example.org"), ("fresh_link", "new@example.org")]
    assert status_doors(case) == 1, "the one in the mail to the new address"


def test_an_address_that_never_had_mail_from_us_is_told_nothing(case: Enquiry, kate: Access) -> None:
    change(case, kate, email="new@example.org")
    assert mail(case, Sending.QUEUED) == [("confirmation", "new@example.org")]
    assert mail(case, Sending.CANCELLED) == [("confirmation", "erin@example.org")]


def test_an_address_that_comes_back_is_told_nothing(case: Enquiry, kate: Access) -> None:
    send_all(case)
    with as_council(case.council_id):
        Enquiry.objects.update(email_fails=True)
        ToDo.objects.create(
            council_id=case.council_id,
            kind=ToDoKind.RING_INSTEAD,
            subject_kind="enquiry",
            subject_id=case.pk,
            about_council_id=case.council_id,
        )
    change(case, kate, email="new@example.org")
    assert mail(case, Sending.QUEUED) == [("fresh_link", "new@example.org")]
    assert not fresh(case).email_fails
    assert ToDoKind.RING_INSTEAD not in open_todos(case)


def test_who_rang_without_an_address_gets_the_confirmation_once_there_is_one(
    kent: Council, cast: Cast, kate: Access, move_clock: MoveClock
) -> None:
    move_clock(TUESDAY)
    answers = factories.answers(kent, email="")
    receipt = submit(answers, token=secrets.token_urlsafe(32), channel=Channel.PHONE)
    with as_council(kent):
        case = Enquiry.objects.get(pk=receipt.enquiry_id)
    assert mail(case) == []
    change(case, kate, email="new@example.org")
    assert mail(case) == [("confirmation", "new@example.org")]


def test_who_loses_the_only_address_before_the_confirmation_left_is_called(
    kent: Council, cast: Cast, kate: Access
) -> None:
    case = factories.enquiry(kent, phone="01622 696300")
    assert ToDoKind.CALL not in open_todos(case)
    change(case, kate, email="", phone="+441622696300")
    assert mail(case, Sending.QUEUED) == []
    assert ToDoKind.CALL in open_todos(case)


def test_who_was_reached_already_is_not_promised_a_call_again(kent: Council, cast: Cast, kate: Access) -> None:
    case = factories.enquiry(kent, email="")
    log_attempt(case, way=Way.CALL, outcome=Outcome.REACHED, by=kate)
    change(case, kate, email="new@example.org")
    assert ("confirmation", "new@example.org") not in mail(case)
    assert ("fresh_link", "new@example.org") in mail(case)


def test_what_waits_for_the_morning_goes_to_the_new_address(
    kent: Council, cast: Cast, kate: Access, move_clock: MoveClock
) -> None:
    move_clock(TUESDAY)
    case = factories.enquiry(kent, way=Way.EMAIL)
    send_all(case)
    evening = datetime(2026, 11, 24, 21, tzinfo=LONDON)
    log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=kate)
    move_clock(evening)
    follow_ups.run_due()
    assert mail(case, Sending.QUEUED) == [("tried", "erin@example.org")]
    change(case, kate, email="new@example.org")
    assert ("tried", "new@example.org") in mail(case, Sending.QUEUED)
    assert ("tried", "erin@example.org") not in mail(case, Sending.QUEUED)
    move_clock(evening + MINUTE)
    follow_ups.run_due()
    assert [kind for kind, _ in mail(case, Sending.QUEUED)].count("tried") == 1


def test_it_does_so_too_where_the_enquirer_changes_the_address(
    kent: Council, cast: Cast, kate: Access, move_clock: MoveClock
) -> None:
    move_clock(TUESDAY)
    case = factories.enquiry(kent)
    send_all(case)
    log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=kate)
    move_clock(datetime(2026, 11, 24, 21, tzinfo=LONDON))
    follow_ups.run_due()
    details = ContactDetails(
        email="new@example.org", phone=case.phone, way=Way.CALL, times=(), voicemail_ok=False, text_ok=False
    )
    change_contact(case, details)
    assert ("tried", "erin@example.org") not in mail(case, Sending.QUEUED)


def test_a_new_postcode_is_routed_anew_and_moves_no_case(case: Enquiry, kent: Council, kate: Access) -> None:
    elsewhere = change(case, kate, postcode=IN_HAMPSHIRE)
    after = fresh(case)
    assert elsewhere is not None
    assert elsewhere.slug == "hampshire"
    assert (after.council_id, after.postcode, after.check_council) == (kent.pk, IN_HAMPSHIRE, True)
    assert IN_HAMPSHIRE in after.route_reason
    assert ToDoKind.CHECK_COUNCIL in open_todos(case)
    assert found_by(case, "SO23")


def test_a_postcode_of_ours_settles_the_doubt(kent: Council, cast: Cast, kate: Access) -> None:
    case = factories.enquiry(kent, route=RouteSnapshot(), route_choice=RouteChoice.NO_POSTCODE)
    assert case.check_council
    assert change(case, kate, postcode=IN_KENT) is None
    after = fresh(case)
    assert (after.check_council, after.route_choice, after.postcode) == (False, RouteChoice.ROUTED, IN_KENT)


def test_who_chose_a_council_stays_with_it_wherever_they_live(kent: Council, cast: Cast, kate: Access) -> None:
    case = factories.enquiry(kent, route_choice=RouteChoice.CHOSE_COUNCIL)
    assert change(case, kate, postcode=IN_HAMPSHIRE) is None
    assert not fresh(case).check_council


def test_a_council_in_doubt_is_settled_with_a_button(kent: Council, cast: Cast, as_user: AsUser) -> None:
    case = factories.enquiry(kent, route_choice=RouteChoice.NOT_SURE)
    client = as_user(cast.kate)
    page = reverse("admin:enquiries_enquiry_change", args=[case.pk])
    assert "Check the council." in client.get(page).content.decode()
    for _ in range(2):
        assert client.post(reverse("admin:enquiries_enquiry_ours", args=[case.pk])).status_code == 302
    assert "Check the council." not in client.get(page).content.decode()
    with as_council(kent):
        assert Event.objects.filter(subject_id=case.pk, verb="enquiry.council_settled").count() == 1


PAGE = {"name": "Erin Exemplar", "email": "erin@example.org", "phone": "07700 900123", "way": "call", "kind": "new"}


@pytest.fixture
def page(case: Enquiry) -> str:
    return reverse("admin:enquiries_enquiry_correct", args=[case.pk])


def test_the_page_shows_what_is_known_and_saves_what_is_right(
    case: Enquiry, page: str, cast: Cast, as_user: AsUser
) -> None:
    client = as_user(cast.kate)
    shown = client.get(page).content.decode()
    assert 'value="Erin Example"' in shown
    assert 'value="07700 900123"' in shown
    answer = client.post(page, PAGE | {"postcode": IN_HAMPSHIRE.lower()}, follow=True).content.decode()
    assert f"{IN_HAMPSHIRE} is in the area of Hampshire County Council." in answer
    assert "their postcode is in the area of Hampshire County Council" in answer
    assert "Corrected" in answer
    assert fresh(case).name == "Erin Exemplar"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Enter the name."),
        ({"phone": "12"}, "The phone number is not a phone number we can use"),
        ({"email": "", "phone": ""}, "Keep an email address or a phone number"),
        ({"way": "email", "email": ""}, "They want an email: enter the address"),
        ({"way": "text", "phone": "01622 696300"}, "A text message needs a mobile number"),
        ({"postcode": "nowhere"}, "Correct the postcode, or leave it empty."),
    ],
)
def test_the_page_asks_again_and_keeps_what_was_typed(
    case: Enquiry, page: str, cast: Cast, as_user: AsUser, wrong: dict[str, str], words: str
) -> None:
    answer = as_user(cast.kate).post(page, PAGE | {"language": "Polish"} | wrong)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="Polish"' in answer.content.decode()
    assert fresh(case).name == "Erin Example"
