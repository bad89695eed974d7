"""The phone team's screen: what it answers while somebody types, what it saves, and what it keeps to itself."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import access_of
from councils.models import Council, Event, Hub, User
from councils.refusals import Refused
from councils.roles import Role
from councils.tenancy import OutOfScope, across, as_council, current_scope
from enquiries.actions.entry import enter
from enquiries.actions.intake import submit
from enquiries.forms.entry import EntryForm, new_token
from enquiries.models import Enquiry, SearchKey
from enquiries.states import Channel, HeardFrom, RouteChoice, State, Way
from outbox.models import Message
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
SCREEN = reverse("admin:enquiries_enquiry_enter")
LOOK = reverse("admin:enquiries_enquiry_look")
KENT_POSTCODE, HAMPSHIRE_POSTCODE = "ME14 1XQ", "SO23 8UJ"
CALL = {
    "postcode": KENT_POSTCODE,
    "council": "",
    "name": "Cal Caller",
    "phone": "07700 900321",
    "email": "",
    "reach": "call_voicemail",
    "time": "weekday_evening",
    "kind": "new",
    "channel": "phone",
    "heard_from": "radio_tv",
    "message": "",
}


def save(client: Client, **changed: str) -> Any:
    return client.post(SCREEN, CALL | {"token": new_token()} | changed)


def saved(council: Council) -> Enquiry:
    with as_council(council):
        return Enquiry.objects.get(council=council)


def look(client: Client, **typed: str) -> dict[str, Any]:
    answer = client.post(LOOK, typed)
    assert answer.status_code == 200
    told: dict[str, Any] = json.loads(answer.content)
    return told


@pytest.fixture
def kate(cast: Cast, as_user: AsUser) -> Client:
    return as_user(cast.kate)


def test_a_call_is_saved_with_everything_that_was_said(kate: Client, kent: Council, cast: Cast) -> None:
    answer = save(kate)
    case = saved(kent)
    assert answer["Location"] == reverse("admin:enquiries_enquiry_change", args=[case.pk])
    assert (case.name, case.phone, case.channel, case.way) == ("Cal Caller", "+447700900321", Channel.PHONE, Way.CALL)
    assert (case.times, case.voicemail_ok, case.heard_from) == (["weekday_evening"], True, HeardFrom.RADIO_TV)
    assert (case.route_choice, case.postcode) == (RouteChoice.ROUTED, KENT_POSTCODE)
    with as_council(kent):
        assert Event.objects.get(verb="enquiry.received").by_id == cast.kate.pk


def test_the_officer_is_told_the_reference_and_the_promise(kate: Client, kent: Council) -> None:
    page = kate.post(SCREEN, CALL | {"token": new_token()}, follow=True).content.decode()
    assert saved(kent).reference in page
    assert "will ring you by" in page


def test_the_same_screen_sent_twice_is_one_enquiry(kate: Client, kent: Council) -> None:
    token = new_token()
    for _ in range(2):
        assert save(kate, token=token).status_code == 302
    with as_council(kent):
        assert saved(kent).submissions.count() == 1


@pytest.mark.parametrize("reach", ["call", "text", "call_voicemail"])
def test_what_a_voicemail_or_a_text_may_say_is_kept(kate: Client, kent: Council, reach: str) -> None:
    save(kate, reach=reach)
    case = saved(kent)
    assert (case.voicemail_ok, case.text_ok) == (reach == "call_voicemail", reach == "text")


def test_what_stands_on_the_screen_already_allows_nothing(kate: Client, kent: Council) -> None:
    form = EntryForm(councils=[])
    first, *_ = form.fields["reach"].choices  # type: ignore[attr-defined]  # a ChoiceField
    save(kate, reach=first[0])
    case = saved(kent)
    assert (case.way, case.voicemail_ok, case.text_ok) == (Way.CALL, False, False)


def test_email_is_optional_and_sends_a_confirmation(kate: Client, kent: Council) -> None:
    save(kate, email="cal@example.org")
    with as_council(kent):
        assert Message.objects.filter(kind="confirmation", to_address="cal@example.org").exists()


def test_send_nothing_sends_the_caller_nothing(kate: Client, kent: Council) -> None:
    save(kate, email="cal@example.org", send_nothing="on")
    with as_council(kent):
        assert not Message.objects.filter(to_address="cal@example.org").exists()
    assert saved(kent).send_nothing


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": ""}, "Enter the name."),
        ({"phone": ""}, "Enter the phone number."),
        ({"reach": "email"}, "Enter the email address."),
        ({"phone": "12"}, "is not a phone number we can use"),
        ({"email": "cal@"}, "is not complete"),
        ({"council": "darlington"}, "Select a valid choice"),
        ({"token": "short"}, "at least 32 characters"),
        ({"name": "Cal\u202eCaller"}, "hidden characters"),
        ({"postcode": "ME14 1"}, "“ME14 1” is not a full UK postcode. Correct the postcode, or leave it empty."),
        ({"postcode": "ME14 1", "council": "kent"}, "is not a full UK postcode"),
        ({"postcode": "BFPO 57"}, "A forces (BFPO) number does not say where a home is"),
        ({"reach": "text", "phone": "01622 000123"}, "A text message needs a mobile number."),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_lost(
    kate: Client, kent: Council, changed: dict[str, str], told: str
) -> None:
    answer = save(kate, message="Has two dogs", **changed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page
    assert "Has two dogs" in page
    assert f'value="{changed.get("postcode", KENT_POSTCODE)}"' in page
    with as_council(kent):
        assert not Enquiry.objects.exists()


def test_staff_may_name_another_council_than_the_postcode_does(cast: Cast, as_user: AsUser, hampshire: Council) -> None:
    save(as_user(cast.olu), council="hampshire")
    case = saved(hampshire)
    assert (case.route_choice, case.postcode) == (RouteChoice.STAFF_CHOICE, KENT_POSTCODE)


def test_naming_the_council_of_the_postcode_is_no_choice(kate: Client, kent: Council) -> None:
    save(kate, council="kent")
    assert saved(kent).route_choice == RouteChoice.ROUTED


def test_without_a_postcode_the_hub_office_takes_it(cast: Cast, as_user: AsUser, office: Council) -> None:
    save(as_user(cast.olu), postcode="")
    assert saved(office).route_choice == RouteChoice.NO_POSTCODE


def test_the_postcode_is_answered_while_typing(kate: Client) -> None:
    told = look(kate, postcode="so238uj")
    assert told["council"] == "Hampshire County Council"
    assert told["reason"] == "SO23 8UJ is in Winchester, which Hampshire County Council covers."


def test_half_a_postcode_and_nonsense_are_answered_too(kate: Client) -> None:
    for typed in ("SO2", "nonsense " * 50, ""):
        look(kate, postcode=typed)


def test_what_is_typed_is_not_taken_from_the_address(kate: Client) -> None:
    assert kate.get(f"{LOOK}?postcode=SO238UJ").status_code == 405


def test_without_scripts_a_button_finds_the_council_and_saves_nothing(kate: Client, kent: Council) -> None:
    page = kate.post(SCREEN, CALL | {"token": new_token(), "look": "1", "postcode": HAMPSHIRE_POSTCODE})
    assert "Winchester, which Hampshire County Council covers" in page.content.decode()
    assert 'value="Cal Caller"' in page.content.decode()
    with as_council(kent):
        assert not Enquiry.objects.exists()


@pytest.mark.parametrize("typed", [{"phone": "07700 900123"}, {"email": "ERIN@example.org"}, {"name": "erin ex"}])
def test_earlier_enquiries_are_found(kate: Client, kent: Council, typed: dict[str, str]) -> None:
    case = factories.enquiry(kent)
    told = look(kate, **typed)["earlier"]
    assert [each["url"] for each in told] == [reverse("admin:enquiries_enquiry_change", args=[case.pk])]
    assert case.reference in told[0]["text"]


@pytest.mark.parametrize("typed", [{"phone": "077"}, {"name": "er"}, {"email": "erin"}, {"name": "  "}])
def test_too_little_typed_finds_nobody(kate: Client, kent: Council, typed: dict[str, str]) -> None:
    factories.enquiry(kent)
    assert look(kate, **typed)["earlier"] == []


@pytest.mark.parametrize("typed", [{"phone": "07700 900123"}, {"email": "erin@example.org"}, {"name": "erin"}])
def test_another_councils_earlier_enquiries_are_not_found(
    kate: Client, hampshire: Council, typed: dict[str, str]
) -> None:
    factories.enquiry(hampshire)
    assert look(kate, postcode=HAMPSHIRE_POSTCODE, council="hampshire", **typed)["earlier"] == []


def test_an_officer_enters_a_call_for_another_council_and_sees_the_reference_only(
    kate: Client, cast: Cast, kent: Council, hampshire: Council
) -> None:
    answer = kate.post(SCREEN, CALL | {"token": new_token(), "postcode": HAMPSHIRE_POSTCODE}, follow=True)
    case = saved(hampshire)
    page = answer.content.decode()
    assert answer.redirect_chain == [(SCREEN, 302)]
    assert case.reference in page
    assert "Cal Caller" not in page
    assert kate.get(reverse("admin:enquiries_enquiry_change", args=[case.pk])).status_code == 404
    assert look(kate, phone="07700 900321")["earlier"] == []


def test_a_call_for_another_council_is_written_down_in_both(
    kate: Client, cast: Cast, kent: Council, hampshire: Council
) -> None:
    save(kate, postcode=HAMPSHIRE_POSTCODE)
    case = saved(hampshire)
    with as_council(kent):
        left = Event.objects.get(subject_id=case.pk)
    with as_council(hampshire):
        received = Event.objects.get(subject_id=case.pk, verb="enquiry.received")
    assert (left.verb, left.by_id, left.facts) == ("enquiry.entered_elsewhere", cast.kate.pk, {"council": hampshire.pk})
    assert received.by_id == cast.kate.pk


def test_entering_for_another_council_leaves_the_scope_as_it_was(cast: Cast, kent: Council, hampshire: Council) -> None:
    access = access_of(cast.kate)
    with across(access.councils, reason="test"):
        before = current_scope()
        enter(factories.answers(hampshire), token=new_token(), channel=Channel.PHONE, by=access)
        assert current_scope() == before
        assert not Enquiry.objects.exists()
        assert not SearchKey.objects.exists()


def test_without_the_crossing_the_same_writing_is_refused(cast: Cast, hampshire: Council) -> None:
    access = access_of(cast.kate)
    with across(access.councils, reason="test"), pytest.raises(OutOfScope):
        submit(factories.answers(hampshire), token=new_token(), channel=Channel.PHONE, by=cast.kate)


def test_a_postcode_corrected_after_saving_is_a_second_submission_elsewhere(
    kate: Client, kent: Council, hampshire: Council
) -> None:
    token = new_token()
    save(kate, token=token, postcode=HAMPSHIRE_POSTCODE)
    assert save(kate, token=token).status_code == 302
    assert saved(hampshire).check_council
    with as_council(kent):
        assert not Enquiry.objects.exists()


def test_a_council_of_another_hub_cannot_be_reached(cast: Cast) -> None:
    other = Council.objects.exclude(hub=cast.kate.home.hub_id).filter(kind="council")[0]
    access = access_of(cast.kate)
    with pytest.raises(Refused, match="another hub"):
        enter(factories.answers(other), token=new_token(), channel=Channel.PHONE, by=access)
    with as_council(other):
        assert not Enquiry.objects.exists()


@pytest.mark.parametrize("role", [Role.SAFEGUARDING, Role.COORDINATOR])
def test_who_takes_no_calls_may_not_enter_them(kent: Council, as_user: AsUser, role: Role) -> None:
    reader = factories.user("Sage", kent, role)
    assert as_user(reader).get(SCREEN).status_code == 403
    assert save(as_user(reader)).status_code == 403
    assert as_user(reader).post(LOOK, {"name": "Erin"}).status_code == 403
    with pytest.raises(Refused):
        enter(factories.answers(kent), token=new_token(), channel=Channel.PHONE, by=access_of(reader))


def test_a_call_without_the_forms_own_token_is_refused(cast: Cast, kent: Council) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.kate)
    assert save(client).status_code == 403
    assert client.post(LOOK, {"postcode": KENT_POSTCODE}).status_code == 403


def test_a_new_case_by_phone_waits_like_any_other(kate: Client, kent: Council, lafse: Hub) -> None:
    save(kate)
    case = saved(kent)
    assert (case.state, case.owner_id) == (State.NEW, None)
    assert case.next_due_at == case.promise_due_at
