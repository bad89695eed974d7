"""A letter to one person: seen as it will arrive, sent once, called back while it waits, refused where it must not."""

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlparse
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, Event, ToDo, User
from councils.models.todos import ToDoKind
from councils.refusals import Refused
from councils.roles import Role
from councils.tenancy import as_council
from enquiries import actions
from enquiries.actions.attempts import withdraw_attempt
from enquiries.actions.incoming import receive
from enquiries.models import ContactAttempt, Enquiry, LetterTemplate
from enquiries.states import CloseReason, Outcome, State, Step, Way
from outbox.incoming import parse
from outbox.mail_pages import parsed
from outbox.models import Message
from outbox.states import Cover
from outbox.states import State as MessageState
from outbox.suppressions import suppress
from tests import factories
from tests.conftest import Cast
from tests.in_order import as_written

AsUser = Callable[[User], Client]
Move = Callable[[datetime], None]
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
WORDS = {"way": "email", "subject": "About fostering", "text": "Hello,\n\nshall we talk?\n\nKate\nKent Fostering"}


@pytest.fixture
def case(kent: Council, cast: Cast) -> Enquiry:
    return factories.enquiry(kent, way=Way.EMAIL)


@pytest.fixture
def kate(cast: Cast, as_user: AsUser) -> Client:
    return as_user(cast.kate)


def address(case: Enquiry, name: str = "write") -> str:
    return reverse(f"admin:enquiries_enquiry_{name}", args=[case.pk])


def begun(client: Client, case: Enquiry, query: str = "") -> dict[str, str]:
    """What stands in the form of a page that was just opened."""
    page = client.get(address(case) + query)
    form = page.context["form"]
    return {field.name: str(field.value()) for field in form if field.value() not in (None, False)}


def do(client: Client, case: Enquiry, what: str, typed: dict[str, str]) -> Any:
    return client.post(address(case), {**typed, "do": what})


def send(client: Client, case: Enquiry, **changed: str) -> Any:
    return do(client, case, "send", begun(client, case) | WORDS | changed)


def letters(case: Enquiry) -> list[Message]:
    with as_council(case.council_id):
        return list(Message.objects.filter(subject_id=case.pk, kind="letter").order_by("created_at"))


def fresh(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.get(pk=case.pk)


def verbs(case: Enquiry) -> list[str]:
    with as_council(case.council_id):
        return list(as_written(Event.objects.filter(subject_id=case.pk)).values_list("verb", flat=True))


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def words_of(page: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode())))


def wrote(case: Enquiry, text: str = "When can you come?", *, sender: str = "erin@example.org") -> None:
    raw = f"From: {sender}\nSubject: A question\nMessage-ID: <{uuid4()}@example.org>\n\n{text}\n"
    receive(parse(raw.encode()), to="kent@localhost")


def test_a_letter_arrives_as_it_was_written(kate: Client, case: Enquiry) -> None:
    assert send(kate, case).status_code == 302
    (message,) = letters(case)
    mail = parsed(message)
    assert (mail["To"], mail["Subject"], mail["Auto-Submitted"]) == ("erin@example.org", "About fostering", "no")
    assert mail["Reply-To"].startswith("reply+")
    for kind in ("plain", "html"):
        assert "shall we talk?" in body(mail, kind)
    assert "<br>Kent Fostering" in body(mail, "html")


def test_an_answer_to_a_letter_finds_its_case(kate: Client, case: Enquiry) -> None:
    send(kate, case)
    reply_to = str(parsed(letters(case)[0])["Reply-To"])
    receive(parse(b"From: x@example.net\nMessage-ID: <1@example.net>\n\nYes.\n"), to=reply_to)
    with as_council(case.council_id):
        assert case.replies.get().text == "Yes."


def test_it_counts_as_a_contact_attempt_and_keeps_the_promise_in_the_way_asked(kate: Client, case: Enquiry) -> None:
    send(kate, case)
    with as_council(case.council_id):
        attempt = ContactAttempt.objects.get(enquiry=case)
    assert (attempt.way, attempt.outcome, attempt.comment) == (Way.EMAIL, Outcome.SENT, WORDS["text"])
    after = fresh(case)
    assert after.promise_kept_at == attempt.at
    assert after.owner is not None
    assert after.owner.name == "Kate"


def test_a_letter_to_somebody_who_asked_for_a_call_does_not_keep_the_promise(kate: Client, kent: Council) -> None:
    case = factories.enquiry(kent, way=Way.CALL)
    looked = do(kate, case, "look", begun(kate, case) | WORDS)
    assert "does not keep the promise" in words_of(looked)
    send(kate, case)
    assert fresh(case).promise_kept_at is None


def test_what_is_looked_at_is_what_leaves(kate: Client, case: Enquiry) -> None:
    typed = begun(kate, case) | WORDS
    looked = do(kate, case, "look", typed)
    assert looked.status_code == 200
    assert letters(case) == [], "looking sends nothing"
    assert fresh(case).version == case.version
    do(kate, case, "send", typed)
    left = parsed(letters(case)[0])
    shown = looked.context["looked"]
    seen = parsed(shown.message)
    assert [seen[name] for name in ("From", "To", "Subject")] == [left[name] for name in ("From", "To", "Subject")]
    for kind in ("plain", "html"):
        assert without_links(body(seen, kind)) == without_links(body(left, kind))
    assert len(shown.message.text) == len(letters(case)[0].text), "the links are as long as real ones"
    assert html.escape(shown.html[:200]) in looked.content.decode()


def without_links(text: str) -> str:
    return re.sub(r"https?://\S+", "LINK", text)


def test_the_frame_lets_in_the_mails_own_styles_alone(kate: Client, case: Enquiry) -> None:
    policy = do(kate, case, "look", begun(kate, case) | WORDS).headers["Content-Security-Policy"]
    styles = next(part for part in policy.split(";") if "style-src" in part)
    assert "'unsafe-hashes'" in styles
    assert "'sha256-" in styles
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "sha256" not in kate.get(address(case)).headers["Content-Security-Policy"]


def test_what_was_typed_is_kept_from_page_to_page(kate: Client, case: Enquiry) -> None:
    typed = begun(kate, case) | WORDS
    looked = do(kate, case, "look", typed).context["form"]
    again = do(kate, case, "change", {field.name: str(field.value() or "") for field in looked})
    form = again.context["form"]
    assert (form["text"].value(), form["subject"].value(), form["key"].value()) == (
        WORDS["text"],
        WORDS["subject"],
        typed["key"],
    )


def test_the_same_page_sent_twice_is_one_letter(kate: Client, case: Enquiry) -> None:
    typed = begun(kate, case) | WORDS
    assert [do(kate, case, "send", typed).status_code for _ in range(2)] == [302, 302]
    assert len(letters(case)) == 1
    assert verbs(case).count("enquiry.attempted") == 1


def test_other_words_from_the_same_page_are_another_letter_and_are_asked_about(kate: Client, case: Enquiry) -> None:
    typed = begun(kate, case) | WORDS
    do(kate, case, "send", typed)
    again = do(kate, case, "send", typed | {"text": "Something else."})
    assert again.status_code == 409
    assert "“About fostering”" in words_of(again) or "About fostering" in words_of(again)
    assert len(letters(case)) == 1
    renewed = {field.name: str(field.value() or "") for field in again.context["form"]}
    assert do(kate, case, "send", renewed).status_code == 302
    assert sorted(letter.text.startswith("Something else.") for letter in letters(case)) == [False, True]


def test_what_happened_meanwhile_is_shown_before_a_letter_leaves(kate: Client, case: Enquiry, cast: Cast) -> None:
    typed = begun(kate, case) | WORDS
    actions.log_attempt(case, way=Way.CALL, outcome=Outcome.REACHED, comment="Spoke at noon", by=access_of(cast.mina))
    for what in ("look", "send"):
        answer = do(kate, case, what, typed)
        assert answer.status_code == 409
        assert "This case has changed since you began to write" in words_of(answer)
        assert "Spoke at noon" in words_of(answer)
        assert "shall we talk?" in answer.content.decode()
    assert letters(case) == []


def test_a_case_closed_meanwhile_is_told_and_may_then_be_written_to(kate: Client, case: Enquiry, cast: Cast) -> None:
    typed = begun(kate, case) | WORDS
    actions.take_step(case, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=access_of(cast.mina))
    answer = do(kate, case, "send", typed)
    assert answer.status_code == 409
    assert "Withdrawn" in words_of(answer)
    renewed = {field.name: str(field.value() or "") for field in answer.context["form"]}
    assert "stays closed" in words_of(do(kate, case, "look", renewed))
    assert do(kate, case, "send", renewed).status_code == 302
    after = fresh(case)
    assert (after.state, after.next_due_at, after.promise_kept_at) == (State.WITHDRAWN, None, None)
    with as_council(case.council_id):
        assert ContactAttempt.objects.get(enquiry=case).comment == WORDS["text"]


@pytest.mark.parametrize(
    ("state", "sentence"), [(State.DUPLICATE, "joined with another"), (State.PASSED_ON, "passed on to another council")]
)
def test_nobody_writes_from_a_case_that_goes_on_elsewhere(
    kate: Client, case: Enquiry, state: State, sentence: str
) -> None:
    typed = begun(kate, case) | WORDS
    with as_council(case.council_id):
        Enquiry.objects.filter(pk=case.pk).update(state=state, closed_at=hub_now(), next_due_at=None)
    for answer in (do(kate, case, "look", typed), do(kate, case, "send", typed), kate.get(address(case))):
        assert answer.status_code == 409
        assert sentence in words_of(answer)
    assert letters(case) == []


@pytest.mark.parametrize(
    ("changed", "sentence"), [({"quarantined": True}, "Release the case first"), ({"to_confirm": True}, "Say so on")]
)
def test_nothing_leaves_to_whom_nobody_has_confirmed(
    kate: Client, case: Enquiry, changed: dict[str, bool], sentence: str
) -> None:
    typed = begun(kate, case) | WORDS
    with as_council(case.council_id):
        Enquiry.objects.filter(pk=case.pk).update(**changed)
    answer = do(kate, case, "send", typed)
    assert answer.status_code == 409
    assert sentence in words_of(answer)
    assert letters(case) == []


@pytest.mark.parametrize("flag", ["stopped_at", "send_nothing"])
def test_whoever_asked_us_to_stop_is_written_to_only_if_they_expect_it(kate: Client, case: Enquiry, flag: str) -> None:
    value = hub_now() if flag == "stopped_at" else True
    with as_council(case.council_id):
        Enquiry.objects.filter(pk=case.pk).update(**{flag: value})
    answer = send(kate, case)
    assert answer.status_code == 409
    assert "Say that they expect this letter" in words_of(answer)
    assert send(kate, case, agreed="on").status_code == 302
    with as_council(case.council_id):
        assert Event.objects.get(subject_id=case.pk, verb="enquiry.letter_sent").facts["expected"] is True


NO_EMAIL: dict[str, Callable[[Enquiry], object]] = {
    "bounced": lambda case: Enquiry.objects.filter(pk=case.pk).update(email_fails=True),
    "suppressed in the hub": lambda case: suppress(
        case.email, hub_id=case.council.hub_id, cover=Cover.EVERYTHING, reason="hard_bounce"
    ),
    "none": lambda case: Enquiry.objects.filter(pk=case.pk).update(email=""),
}


@pytest.mark.parametrize("why", NO_EMAIL)
def test_no_email_goes_where_none_arrives(kate: Client, case: Enquiry, why: str) -> None:
    typed = begun(kate, case) | WORDS
    with as_council(case.council_id):
        NO_EMAIL[why](case)
    assert do(kate, case, "send", typed).status_code == 409
    assert letters(case) == []
    assert "They can be neither emailed nor texted" in words_of(kate.get(address(case)))


def test_an_address_that_was_written_down_as_wrong_is_not_written_to(kate: Client, case: Enquiry, cast: Cast) -> None:
    actions.log_attempt(case, way=Way.EMAIL, outcome=Outcome.WRONG_DETAILS, by=access_of(cast.kate))
    assert "their email address is wrong" in words_of(kate.get(address(case)))


def test_a_letter_in_the_way_of_a_placeholder_is_refused(kate: Client, case: Enquiry) -> None:
    answer = send(kate, case, text="We meet on ((visit)).")
    assert answer.status_code == 409
    assert "((visit)) could not be filled in" in words_of(answer)
    assert "We meet on ((visit))." in html.unescape(answer.content.decode())


REFUSED = {
    "no subject": ({"subject": ""}, "Write a subject."),
    "a long subject": ({"subject": "s" * 101}, "Keep it to 100"),
    "no words": ({"text": " "}, "Write something first."),
    "too many words": ({"text": "w" * 5001}, "5,000 characters or fewer"),
    "no way": ({"way": ""}, "Choose email or text message."),
    "half a placeholder": ({"text": "Hello ((you)"}, "Two brackets beside each other"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_letter_that_cannot_leave_says_why(kate: Client, case: Enquiry, name: str) -> None:
    changed, sentence = REFUSED[name]
    for what in ("look", "send"):
        answer = do(kate, case, what, begun(kate, case) | WORDS | changed)
        assert answer.status_code == 409
        assert sentence in words_of(answer)
    assert letters(case) == []


def test_names_and_words_are_no_markup(kate: Client, kent: Council) -> None:
    case = factories.enquiry(kent, name="<script>alert(1)</script> Example", way=Way.EMAIL)
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(reached_at=hub_now())
    assert "<script>alert" in begun(kate, case)["text"], "plain words in the form"
    typed = begun(kate, case) | {"subject": "Hello", "text": begun(kate, case)["text"] + "\n\n<img src=x onerror=y>"}
    looked = do(kate, case, "look", typed)
    do(kate, case, "send", typed)
    assert "<script>alert" not in looked.content.decode()
    assert "<script>alert" not in body(parsed(letters(case)[0]), "html")
    assert "<img src=x" not in html.unescape(looked.context["looked"].html.replace("&lt;img", ""))


def test_a_letter_is_begun_with_plain_words(kate: Client, case: Enquiry, kent: Council, cast: Cast) -> None:
    with as_council(kent):
        template = LetterTemplate.objects.create(
            council=kent,
            name="Visit",
            subject="About ((reference))",
            text="((greeting))\n\n((visit))\n\n((sorry))\n\n((my name))\n((service))",
            updated_by=cast.mina,
        )
    typed = begun(kate, case, f"?letter={template.pk}")
    assert typed["subject"] == f"About {case.reference}"
    assert typed["text"] == "Hello,\n\n((visit))\n\nKate\nKent Fostering", "the visit is for a person to write"


def test_a_letter_that_was_retired_or_is_another_councils_starts_nothing(
    kate: Client, case: Enquiry, kent: Council, hampshire: Council, cast: Cast
) -> None:
    for council, retired in ((kent, hub_now()), (hampshire, None)):
        with as_council(council):
            template = LetterTemplate.objects.create(
                council=council,
                name="N",
                subject="Sx",
                text="Words of the letter",
                retired_at=retired,
                updated_by=cast.mina,
            )
        page = kate.get(address(case) + f"?letter={template.pk}")
        assert page.status_code == 409
        assert "not in use any more" in words_of(page)
        assert "Words of the letter" not in page.content.decode()


def test_their_message_stands_below_the_answer_and_its_to_do_is_done(kate: Client, case: Enquiry) -> None:
    wrote(case, "When can you come?\n<b>Soon?</b>")
    assert todo(case).done_at is None
    typed = begun(kate, case)
    assert typed["subject"] == "Re: A question"
    assert typed["with_quote"] == "True"
    do(kate, case, "send", typed | {"text": "On Friday."})
    mail = parsed(letters(case)[0])
    assert "you wrote:\n> When can you come?\n> <b>Soon?</b>" in body(mail, "plain").replace("\r\n", "\n")
    assert "&lt;b&gt;Soon?&lt;/b&gt;" in body(mail, "html")
    with as_council(case.council_id):
        assert mail["In-Reply-To"] == case.replies.get().message_id
    assert todo(case).done_at is not None
    assert todo(case).done_by_id is not None


def todo(case: Enquiry) -> ToDo:
    with as_council(case.council_id):
        return ToDo.objects.get(subject_id=case.pk, kind=ToDoKind.REPLIED)


def test_a_reply_of_another_case_is_not_quoted(kate: Client, case: Enquiry, kent: Council) -> None:
    other = factories.enquiry(kent, email="other@example.org")
    wrote(other, "A secret of others", sender="other@example.org")
    with as_council(kent):
        reply = other.replies.get()
    send(kate, case, quote=str(reply.pk), with_quote="on")
    assert "A secret of others" not in letters(case)[0].text


def test_a_letter_is_called_back_while_it_waits_and_was_no_attempt(kate: Client, case: Enquiry) -> None:
    wrote(case)
    before = fresh(case)
    send(kate, case)
    page = kate.post(address(case, "take_back"), {"message": str(letters(case)[0].pk)})
    assert page.status_code == 200
    assert page.context["form"]["text"].value() == WORDS["text"]
    assert page.context["form"]["subject"].value() == WORDS["subject"]
    assert letters(case)[0].state == MessageState.CANCELLED
    after = fresh(case)
    assert (after.promise_kept_at, after.next_due_at) == (None, before.next_due_at)
    assert todo(case).done_at is None
    assert "enquiry.letter_called_back" in verbs(case)
    with as_council(case.council_id):
        assert not ContactAttempt.objects.filter(enquiry=case).exists()


def test_a_letter_called_back_in_a_closed_case_leaves_it_closed(kate: Client, case: Enquiry, cast: Cast) -> None:
    actions.take_step(case, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=access_of(cast.mina))
    send(kate, case)
    assert kate.post(address(case, "take_back"), {"message": str(letters(case)[0].pk)}).status_code == 200
    assert letters(case)[0].state == MessageState.CANCELLED
    assert fresh(case).state == State.WITHDRAWN


@pytest.mark.parametrize("changed", [{"state": "sent", "smtp_reply": "250"}, {"attempts": 1}])
def test_what_has_left_is_not_called_back(kate: Client, case: Enquiry, changed: dict[str, object]) -> None:
    send(kate, case)
    (message,) = letters(case)
    with as_council(case.council_id):
        settled = {"settled_at": hub_now()} if "state" in changed else {}
        Message.objects.filter(pk=message.pk).update(**changed, **settled)
    answer = kate.post(address(case, "take_back"), {"message": str(message.pk)})
    assert answer.status_code == 409
    assert "It is too late" in words_of(answer)
    assert fresh(case).promise_kept_at is not None


def test_only_letters_are_called_back(kate: Client, case: Enquiry) -> None:
    with as_council(case.council_id):
        confirmation = Message.objects.get(subject_id=case.pk, kind="confirmation")
    assert kate.post(address(case, "take_back"), {"message": str(confirmation.pk)}).status_code == 409
    with as_council(case.council_id):
        assert Message.objects.get(pk=confirmation.pk).state == MessageState.QUEUED


@pytest.mark.parametrize("closed", [False, True])
def test_a_colleague_calls_nothing_back_and_a_manager_does(
    kate: Client, case: Enquiry, kent: Council, cast: Cast, as_user: AsUser, closed: bool
) -> None:
    if closed:
        actions.take_step(case, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=access_of(cast.mina))
    send(kate, case)
    sent = {"message": str(letters(case)[0].pk)}
    colleague = as_user(factories.user("Kim", kent, Role.OFFICER))
    assert colleague.post(address(case, "take_back"), sent).status_code == 409
    assert letters(case)[0].state == MessageState.QUEUED
    assert as_user(cast.mina).post(address(case, "take_back"), sent).status_code == 200


def test_the_words_called_back_can_be_sent_after_all(kate: Client, case: Enquiry) -> None:
    typed = begun(kate, case) | WORDS
    do(kate, case, "send", typed)
    page = kate.post(address(case, "take_back"), {"message": str(letters(case)[0].pk)})
    assert do(kate, case, "send", typed).status_code == 409, "the page of before"
    again = {field.name: str(field.value() or "") for field in page.context["form"]}
    assert do(kate, case, "send", again).status_code == 302
    assert sorted(letter.state for letter in letters(case)) == [MessageState.CANCELLED, MessageState.QUEUED]


def test_it_is_held_for_a_minute(kate: Client, case: Enquiry) -> None:
    send(kate, case)
    (message,) = letters(case)
    assert message.not_before - message.created_at == timedelta(minutes=1)
    page = kate.get(reverse("admin:enquiries_enquiry_change", args=[case.pk]))
    assert "“About fostering” is waiting to leave" in words_of(page)


def test_another_councils_case_and_none_answer_alike(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    hal, nowhere = as_user(cast.hal), Enquiry(pk=uuid4())
    for answers in (
        [hal.get(address(each)) for each in (case, nowhere)],
        [do(hal, each, "send", WORDS) for each in (case, nowhere)],
        [hal.post(address(each, "take_back"), {"message": str(uuid4())}) for each in (case, nowhere)],
    ):
        assert [answer.status_code for answer in answers] == [404, 404]
    assert letters(case) == []


def test_whoever_only_looks_writes_nothing(case: Enquiry, kent: Council, as_user: AsUser) -> None:
    lead = as_user(factories.user("Sade", kent, Role.SAFEGUARDING))
    assert lead.get(address(case)).status_code == 404
    assert do(lead, case, "send", WORDS).status_code == 404
    assert "Write to them" not in words_of(lead.get(reverse("admin:enquiries_enquiry_change", args=[case.pk])))


def test_nothing_personal_stands_in_the_event_or_the_address(kate: Client, case: Enquiry) -> None:
    answer = send(kate, case)
    assert not urlparse(answer.headers["Location"]).query
    with as_council(case.council_id):
        facts = str(Event.objects.get(subject_id=case.pk, verb="enquiry.letter_sent").facts)
    assert "erin" not in facts.lower()
    assert "talk" not in facts


def test_the_timeline_shows_the_words_and_how_they_fared(kate: Client, case: Enquiry) -> None:
    send(kate, case)
    shown = words_of(kate.get(reverse("admin:enquiries_enquiry_change", args=[case.pk])))
    assert shown.count("shall we talk?") == 1
    assert "Waiting to be sent" in shown


def test_a_letter_is_one_entry_of_the_timeline_and_nobodys_mistake(kate: Client, case: Enquiry) -> None:
    send(kate, case)
    with as_council(case.council_id):
        Message.objects.filter(kind="letter").update(
            state="sent", smtp_reply="250", settled_at=hub_now(), receipt="delivered"
        )
    page = kate.get(reverse("admin:enquiries_enquiry_change", args=[case.pk]))
    assert words_of(page).count("About fostering") == 1
    assert "Email to the enquirer: Sent, delivered" in words_of(page)
    assert "Written down by mistake" not in words_of(page)


def test_a_letter_called_back_is_told_once(kate: Client, case: Enquiry) -> None:
    send(kate, case)
    kate.post(address(case, "take_back"), {"message": str(letters(case)[0].pk)})
    shown = words_of(kate.get(reverse("admin:enquiries_enquiry_change", args=[case.pk])))
    assert shown.count("Called the message back before it left") == 1
    assert "mistake" not in shown
    assert "Email to the enquirer: Cancelled" in shown


def test_a_letter_that_was_sent_is_no_attempt_written_down_by_mistake(kate: Client, case: Enquiry, cast: Cast) -> None:
    send(kate, case)
    with as_council(case.council_id):
        attempt = ContactAttempt.objects.get(enquiry=case)
    with pytest.raises(Refused, match="This is a letter"):
        withdraw_attempt(case, attempt.pk, by=access_of(cast.kate))
    assert fresh(case).promise_kept_at == attempt.at
