"""A letter to one person: seen as it will arrive, and sent once."""

import html
from collections.abc import Callable
from urllib.parse import urlparse

import pytest
from django.test import Client

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, Event, User
from councils.tenancy import as_council
from enquiries import actions
from enquiries.actions.incoming import receive
from enquiries.models import ContactAttempt, Enquiry, LetterTemplate
from enquiries.states import CloseReason, Outcome, State, Step, Way
from outbox.incoming import parse
from outbox.mail_pages import parsed
from tests import factories
from tests.conftest import Cast
from tests.enquiries.letter_pages import (
    WORDS,
    address,
    begun,
    body,
    do,
    fresh,
    letters,
    send,
    verbs,
    without_links,
    words_of,
)

AsUser = Callable[[User], Client]


@pytest.fixture
def case(kent: Council, cast: Cast) -> Enquiry:
    return factories.enquiry(kent, way=Way.EMAIL)


@pytest.fixture
def kate(cast: Cast, as_user: AsUser) -> Client:
    return as_user(cast.kate)


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


def test_nothing_personal_stands_in_the_event_or_the_address(kate: Client, case: Enquiry) -> None:
    answer = send(kate, case)
    assert not urlparse(answer.headers["Location"]).query
    with as_council(case.council_id):
        facts = str(Event.objects.get(subject_id=case.pk, verb="enquiry.letter_sent").facts)
    assert "erin" not in facts.lower()
    assert "talk" not in facts
