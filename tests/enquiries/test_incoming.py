"""Mail that comes in finds its place: once, in the right council, and nobody's is dropped."""

import json
import threading
import uuid
from base64 import b64encode
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings
from standardwebhooks import Webhook

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, Event, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from enquiries import actions
from enquiries.actions.incoming import receive
from enquiries.incoming_states import Came
from enquiries.links import reply_address
from enquiries.models import Enquiry, Reply
from enquiries.states import Channel, CloseReason, RouteChoice, State, Step, Way
from outbox.incoming import parse
from outbox.models import Message
from tests import factories
from tests.conftest import Cast

ERIN = "Erin Example <erin@example.org>"


def raw(text: str = "Ring me after five.", sender: str = ERIN, **headers: str) -> bytes:
    mail = EmailMessage()
    values = {"From": sender, "Subject": "Hello", "Message-ID": f"<{uuid.uuid4().hex}@example.org>"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    for name, value in values.items():
        if value:
            mail[name] = value
    mail.set_content(text)
    return mail.as_bytes()


def arrives(to: str, mail: bytes, **options: str) -> Came:
    return receive(parse(mail, **options), to=to)


def door(case: Enquiry) -> str:
    with as_council(case.council_id):
        return reply_address(case)


def now(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.get(pk=case.pk)


def replies(case: Enquiry) -> list[Reply]:
    with as_council(case.council_id):
        return list(Reply.objects.filter(enquiry=case).order_by("received_at"))


def todos(case: Enquiry) -> set[str]:
    with as_council(case.council_id):
        return set(ToDo.objects.filter(subject_id=case.pk, done_at=None).values_list("kind", flat=True))


def cases(council: Council) -> list[Enquiry]:
    with as_council(council):
        return list(Enquiry.objects.filter(council=council).order_by("created_at"))


def told(case: Enquiry) -> dict[str, Any]:
    with as_council(case.council_id):
        facts: dict[str, Any] = Event.objects.get(subject_id=case.pk, verb="enquiry.replied").facts
        return facts


def closed(case: Enquiry, cast: Cast) -> None:
    with as_council(case.council_id):
        actions.take_step(case, Step.WITHDRAW, reason=CloseReason.OTHER, by=access_of(cast.kate))


# Replies


def test_a_reply_by_its_door_lies_on_the_enquiry_and_a_person_is_told(kent: Council) -> None:
    case = factories.enquiry(kent)
    assert arrives(door(case).upper(), raw("Please ring after five.")) == Came.REPLY
    (reply,) = replies(case)
    assert (reply.text, reply.subject, reply.from_address) == ("Please ring after five.", "Hello", "erin@example.org")
    assert ToDoKind.REPLIED in todos(case)
    assert now(case).heard_at is not None and now(case).promise_kept_at is None, "their word is not our attempt"
    assert told(case)["by_link"] is True


def test_the_to_do_is_the_owners(kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent)
    with as_council(kent):
        actions.claim(case, by=access_of(cast.kate))
    arrives(door(case), raw())
    with as_council(kent):
        assert ToDo.objects.get(subject_id=case.pk, kind=ToDoKind.REPLIED).owner == cast.kate


def test_a_reply_opens_a_closed_case_again_with_a_new_promise(kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent)
    closed(case, cast)
    arrives(door(case), raw())
    after = now(case)
    assert (after.state, after.closed_at) == (State.IN_CONTACT, None)
    assert after.promise_due_at > hub_now() and after.promise_kept_at is None
    assert told(case)["reopened"] is True


def test_the_same_mail_delivered_twice_is_stored_once(kent: Council) -> None:
    case, mail = factories.enquiry(kent), raw()
    to = door(case)
    assert [arrives(to, mail), arrives(to, mail)] == [Came.REPLY, Came.AGAIN]
    assert arrives("kent@localhost", mail) == Came.AGAIN, "a copy to the council as well"
    assert len(replies(case)) == 1


@pytest.mark.parametrize("headers", [{"Auto-Submitted": "auto-replied"}, {"Precedence": "bulk"}])
def test_an_automatic_answer_is_kept_and_counts_as_nothing(kent: Council, cast: Cast, headers: dict[str, str]) -> None:
    case = factories.enquiry(kent)
    closed(case, cast)
    before = todos(case)
    arrives(door(case), raw("I am away.", **headers))
    assert [reply.automatic for reply in replies(case)] == [True]
    assert (now(case).heard_at, now(case).state, todos(case)) == (None, State.WITHDRAWN, before)


def test_an_unknown_door_leads_to_the_hub_office(kent: Council, office: Council) -> None:
    factories.enquiry(kent)
    assert arrives(f"reply+{'a' * 48}@localhost", raw()) == Came.DIRECT
    assert [case.route_choice for case in cases(office)] == [RouteChoice.WROTE_TO_COUNCIL]


def test_a_door_of_kent_never_writes_into_hampshire(kent: Council, hampshire: Council) -> None:
    ours, theirs = factories.enquiry(kent), factories.enquiry(hampshire)
    arrives(door(ours), raw())
    assert len(replies(ours)) == 1 and replies(theirs) == []


# By address


def test_mail_from_a_known_address_lies_on_its_one_case_and_says_how_it_was_matched(
    kent: Council, cast: Cast, client: Client
) -> None:
    case = factories.enquiry(kent)
    assert arrives("Kent@hub.example.org", raw(sender="ERIN@example.org")) == Came.REPLY
    assert len(replies(case)) == 1 and told(case)["by_link"] is False
    client.force_login(cast.kate)
    page = client.get(f"/staff/enquiries/enquiry/{case.pk}/change/").content.decode()
    assert "Anybody can write that address" in page


def test_a_reply_by_its_door_needs_no_warning(kent: Council, cast: Cast, client: Client) -> None:
    case = factories.enquiry(kent)
    arrives(door(case), raw())
    client.force_login(cast.kate)
    page = client.get(f"/staff/enquiries/enquiry/{case.pk}/change/").content.decode()
    assert "Ring me after five." in page and "Anybody can write that address" not in page


def test_a_reply_by_its_door_from_another_address_names_it(kent: Council, cast: Cast, client: Client) -> None:
    case = factories.enquiry(kent)
    arrives(door(case), raw(sender="partner@example.net"))
    client.force_login(cast.kate)
    page = client.get(f"/staff/enquiries/enquiry/{case.pk}/change/").content.decode()
    assert "Came from partner@example.net." in page and "Anybody can write that address" not in page


def test_with_two_cases_under_an_address_nobody_guesses(kent: Council) -> None:
    both = [factories.enquiry(kent, email="erin@example.org", suspicions=why) for why in (("honeypot",), ())]
    assert arrives("kent@localhost", raw()) == Came.DIRECT
    assert [replies(case) for case in both] == [[], []]
    assert len(cases(kent)) == 3


def test_mail_to_hampshire_never_matches_kents_case(kent: Council, hampshire: Council) -> None:
    case = factories.enquiry(kent)
    assert arrives("hampshire@localhost", raw()) == Came.DIRECT
    assert replies(case) == []
    assert len(cases(hampshire)) == 1 and len(cases(kent)) == 1


def test_what_a_colleague_forwards_is_about_somebody_else_each_time(kent: Council, cast: Cast) -> None:
    assert [arrives("kent@localhost", raw(sender=cast.kate.email)) for _ in range(2)] == [Came.DIRECT, Came.DIRECT]
    assert len(cases(kent)) == 2


# Came direct


def test_a_stranger_who_writes_to_a_council_is_a_case_to_confirm(kent: Council) -> None:
    assert arrives("kent@localhost", raw("I would like to foster.", "Max Muster <max@example.net>")) == Came.DIRECT
    (case,) = cases(kent)
    assert (case.name, case.email, case.message) == ("Max Muster", "max@example.net", "I would like to foster.")
    assert (case.channel, case.way, case.to_confirm) == (Channel.EMAIL, Way.EMAIL, True)
    assert case.state == State.NEW and case.promise_due_at > hub_now() and case.next_due_at == case.promise_due_at
    assert todos(case) == {ToDoKind.CAME_DIRECT}
    assert len(replies(case)) == 1


def test_nothing_is_sent_to_a_stranger_before_a_person_has_said_so(kent: Council, cast: Cast) -> None:
    arrives("kent@localhost", raw(sender="max@example.net"))
    (case,) = cases(kent)
    actions.run_due()
    with as_council(kent):
        assert not Message.objects.filter(to_address="max@example.net").exists()
        actions.confirm_enquiry(case, by=access_of(cast.kate))
        actions.confirm_enquiry(case, by=access_of(cast.kate))
        assert [each.kind for each in Message.objects.filter(to_address="max@example.net")] == ["confirmation"]
    assert todos(case) == set() and now(case).to_confirm is False


def test_what_is_not_an_enquiry_is_closed_without_a_word(kent: Council, cast: Cast, client: Client) -> None:
    arrives("kent@localhost", raw(sender="spam@example.net"))
    (case,) = cases(kent)
    client.force_login(cast.kate)
    address = f"/staff/enquiries/enquiry/{case.pk}/not-an-enquiry/"
    assert "Say why" in client.post(address).content.decode()
    page = client.post(address, {"why": "advertising"}, follow=True).content.decode()
    assert "Advertising or spam" in page
    after = now(case)
    assert (after.state, after.close_reason, after.to_confirm) == (State.DECLINED_BY_SERVICE, CloseReason.OTHER, True)
    assert todos(case) == set()
    with as_council(kent):
        assert not Message.objects.filter(to_address="spam@example.net").exists()


def test_whoever_writes_again_after_that_is_asked_about_again(kent: Council, cast: Cast, client: Client) -> None:
    arrives("kent@localhost", raw(sender="max@example.net"))
    (case,) = cases(kent)
    client.force_login(cast.kate)
    client.post(f"/staff/enquiries/enquiry/{case.pk}/not-an-enquiry/", {"why": "other"})
    assert arrives("kent@localhost", raw("But I do!", sender="max@example.net")) == Came.REPLY
    assert now(case).is_open and now(case).to_confirm and todos(case) == {ToDoKind.CAME_DIRECT}


def test_an_enquiry_cannot_be_called_none(kent: Council, cast: Cast, client: Client) -> None:
    case = factories.enquiry(kent)
    client.force_login(cast.kate)
    answer = client.post(f"/staff/enquiries/enquiry/{case.pk}/not-an-enquiry/", {"why": "other"})
    assert answer.status_code == 409 and now(case).is_open


def test_another_council_can_neither_confirm_nor_close(kent: Council, cast: Cast, client: Client) -> None:
    arrives("kent@localhost", raw(sender="max@example.net"))
    (case,) = cases(kent)
    client.force_login(cast.hal)
    for page in ("confirm", "not-an-enquiry"):
        assert client.post(f"/staff/enquiries/enquiry/{case.pk}/{page}/", {"why": "other"}).status_code == 404
    assert now(case).to_confirm and now(case).is_open


@pytest.mark.parametrize(
    "to", ["nobody@localhost", "", "@", "ke\0nt@localhost", "\udcff@localhost", "reply+@localhost", "kent"]
)
def test_any_other_address_is_the_hub_offices(office: Council, to: str) -> None:
    assert arrives(to, raw(sender="max@example.net")) == Came.DIRECT
    assert len(cases(office)) == 1


def test_a_mail_without_an_address_is_a_case_to_look_at_too(kent: Council, cast: Cast) -> None:
    arrives("kent@localhost", raw(sender=""))
    (case,) = cases(kent)
    assert case.name == "Name not given" and case.email_fails
    with as_council(kent):
        actions.confirm_enquiry(case, by=access_of(cast.kate))
        assert not Message.objects.filter(subject_id=case.pk, to_staff=False).exists()
    assert ToDoKind.CALL in todos(case)


def test_a_mail_delivered_twice_makes_one_case_even_where_the_address_says_nothing(kent: Council) -> None:
    mail = raw(sender="")
    assert [arrives("kent@localhost", mail), arrives("kent@localhost", mail)] == [Came.DIRECT, Came.AGAIN]
    assert len(cases(kent)) == 1


def test_attachments_are_counted_on_the_timeline(kent: Council, cast: Cast, client: Client) -> None:
    mail = EmailMessage()
    mail["From"], mail["Message-ID"] = "max@example.net", "<2@example.net>"
    mail.set_content("See attached.")
    for name in ("a.pdf", "b.pdf"):
        mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename=name)
    arrives("kent@localhost", mail.as_bytes())
    client.force_login(cast.kate)
    page = client.get(f"/staff/enquiries/enquiry/{cases(kent)[0].pk}/change/").content.decode()
    assert "2 attachments were not kept" in page and "Is this an enquiry?" in page


# Loops and reports


def sent(council: Council) -> Message:
    factories.enquiry(council)
    with as_council(council):
        return Message.objects.filter(council=council, to_staff=False)[0]


def test_our_own_mail_that_comes_back_is_dropped(kent: Council) -> None:
    message = sent(kent)
    assert arrives("kent@localhost", bytes(message.mime)) == Came.DROPPED
    assert len(cases(kent)) == 1


def test_a_program_that_answers_our_mail_makes_no_case(kent: Council, office: Council) -> None:
    message = sent(kent)
    answer = raw("Away", "x@example.net", In_Reply_To=message.message_id, Auto_Submitted="auto-replied")
    assert arrives("no-reply@localhost", answer) == Came.DROPPED
    assert cases(office) == []


def test_the_duty_mailbox_is_told_of_people_and_not_of_programs(kent: Council) -> None:
    kent.duty_mailbox = "duty@kent.example"
    kent.save()
    arrives("kent@localhost", raw(sender="max@example.net"))
    arrives("kent@localhost", raw(sender="form@example.net", Auto_Submitted="auto-generated"))
    arrives("kent@localhost", raw(sender="duty@kent.example"))
    with as_council(kent):
        told_of = set(Message.objects.filter(to_staff=True).values_list("subject_id", flat=True))
    by_sender = {case.email: case.pk for case in cases(kent)}
    assert len(by_sender) == 3 and told_of == {by_sender["max@example.net"]}


def test_a_bounce_is_no_case(kent: Council) -> None:
    message = sent(kent)
    bounce = (
        "From: MAILER-DAEMON@mx.example\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n'
        "Message-ID: <b@mx.example>\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; erin@example.org\r\nAction: failed\r\n"
        "Status: 5.1.1\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: {message.message_id}\r\n\r\n--b--\r\n"
    ).encode()
    assert arrives("kent@localhost", bounce, envelope_sender="") == Came.REPORT
    assert len(cases(kent)) == 1
    with as_council(kent):
        assert Message.objects.get(pk=message.pk).receipt == "5.1.1"


# The ways in


SECRET = "whsec_" + b64encode(b"a secret of 24 letters!!").decode()


def post(client: Client, body: dict[str, object], secret: str = SECRET) -> Any:
    return send(client, json.dumps(body), secret)


def send(client: Client, text: str, secret: str = SECRET) -> Any:
    signed_at = datetime.now(UTC)
    signature = Webhook(secret).sign("msg_1", signed_at, text)
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(signed_at.timestamp())),
        "webhook-signature": signature,
    }
    return client.post("/hooks/mail/", text, content_type="application/json", headers=headers)


def test_a_provider_hands_mail_over_by_a_signed_hook(kent: Council, client: Client, settings: Settings) -> None:
    settings.HOOK_SECRET = SECRET
    body: dict[str, object] = {"to": "kent@localhost", "raw": b64encode(raw("caf\xe9 " * 100_000)).decode()}
    assert post(client, body).json() == {"came": "direct"}
    assert post(client, body).json() == {"came": "again"}
    assert len(cases(kent)) == 1


def test_the_hook_takes_nothing_that_is_not_signed(kent: Council, client: Client, settings: Settings) -> None:
    settings.HOOK_SECRET = SECRET
    other = "whsec_" + b64encode(b"another secret of ours!!").decode()
    body: dict[str, object] = {"to": "kent@localhost", "raw": b64encode(raw()).decode()}
    assert post(client, body, secret=other).status_code == 401
    assert client.post("/hooks/mail/", "{}", content_type="application/json").status_code == 401
    assert cases(kent) == []


@pytest.mark.parametrize("body", [{}, {"to": 1, "raw": ""}, {"to": "kent@localhost", "raw": "%"}, {"raw": "aGk="}])
def test_what_is_signed_and_malformed_is_refused(
    kent: Council, client: Client, settings: Settings, body: dict[str, object]
) -> None:
    settings.HOOK_SECRET = SECRET
    assert post(client, body).status_code == 400
    assert cases(kent) == []


def test_what_is_signed_and_nested_without_end_is_refused(client: Client, settings: Settings) -> None:
    settings.HOOK_SECRET = SECRET
    assert send(client, "[" * 100_000).status_code == 400


def test_one_mail_delivered_by_many_at_once_is_one_case(committed_db: None) -> None:
    office = Council.objects.get(slug="lafse-office")
    mail, came = parse(raw(sender="")), []

    def deliver() -> None:
        came.append(receive(mail, to="nobody@localhost"))
        connection.close()

    threads = [threading.Thread(target=deliver) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == [Came.AGAIN, Came.AGAIN, Came.AGAIN, Came.DIRECT]
    assert len(cases(office)) == 1


def test_one_reply_delivered_by_many_at_once_is_one_reply(committed_db: None) -> None:
    kent = Council.objects.get(slug="kent")
    case = factories.enquiry(kent)
    to, mail, came = door(case), parse(raw()), []

    def deliver() -> None:
        came.append(receive(mail, to=to))
        connection.close()

    threads = [threading.Thread(target=deliver) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == [Came.AGAIN, Came.AGAIN, Came.AGAIN, Came.REPLY]
    assert len(replies(case)) == 1


def test_the_list_shows_who_wrote_to_the_council(kent: Council, cast: Cast, client: Client) -> None:
    factories.enquiry(kent, name="Fill In")
    arrives("kent@localhost", raw(sender="Max Muster <max@example.net>"))
    client.force_login(cast.kate)
    page = client.get("/staff/enquiries/enquiry/?special=to_confirm").content.decode()
    assert "Max Muster" in page and "Is it an enquiry?" in page and "Fill In" not in page
