"""A council's own words: tried before they are kept, seen as they arrive, and never in the way of a message."""

from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import Access, access_of
from councils.models import Council, Event, ToDo, User
from councils.models.todos import ToDoKind
from councils.refusals import Refused, RoleRefused
from councils.tenancy import as_council
from enquiries.actions.wording import Wished, save_wording
from enquiries.follow_up_states import FollowUp
from enquiries.followups import composing
from enquiries.followups.defaults import default_words
from enquiries.followups.layout import Shape, blocks
from enquiries.followups.placeholders import UnknownPlaceholder, fill
from enquiries.followups.trial import faults, samples
from enquiries.models import Wording
from outbox.models import Message
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
WORDS = {"subject": "We rang you", "text": "((greeting))\n\n((tried))", "text_message": "((service)): we rang you."}


@pytest.fixture
def mina(cast: Cast) -> Access:
    return access_of(cast.mina)


def wished(**changed: Any) -> Wished:
    return Wished(**(WORDS | changed))


def page(client: Client, council: Council, follow_up: str = "tried", **sent: str) -> Any:
    address = reverse("admin:enquiries_wording_change", args=[f"{council.pk}-{follow_up}"])
    return client.post(address, sent) if sent else client.get(address)


def sent_to(case: Any, kind: str = "confirmation") -> Message:
    with as_council(case.council_id):
        return Message.objects.about(case.pk).get(kind=kind)


@pytest.mark.parametrize("follow_up", FollowUp)
def test_the_hubs_own_words_pass_their_own_trial(follow_up: FollowUp, lafse: object) -> None:
    for council in Council.objects.select_related("hub"):
        assert faults(follow_up, default_words(follow_up), council, NOW) == []


@pytest.mark.parametrize("follow_up", FollowUp)
def test_every_message_says_where_to_see_change_and_stop(follow_up: FollowUp, kent: Council) -> None:
    for values in samples(follow_up, kent, NOW):
        words = composing.letter(follow_up, None, values).words
        assert "((" not in words.subject + words.text + words.text_message
        mail = composing.rendered(words, kent)
        for part in (mail.text, mail.html):
            assert composing.EXAMPLE_LINKS.status in part
            assert composing.EXAMPLE_LINKS.stop in part


def test_a_councils_own_words_go_out(kent: Council, mina: Access) -> None:
    save_wording(kent, FollowUp.CONFIRMATION, _confirmation("Hello from Kent."), by=mina)
    message = sent_to(factories.enquiry(kent))
    assert message.text.startswith("Hello from Kent.\n\nKent Fostering will ring you by")
    assert "Hello from Kent." in bytes(message.mime).decode()


def _confirmation(opening: str, *, off: bool = False) -> Wished:
    text = f"{opening}\n\n((promise))\n\n((reference))"
    return Wished(subject="We have it: ((reference))", text=text, text_message="Hi", off=off)


def test_and_nobody_elses(kent: Council, hampshire: Council, mina: Access) -> None:
    save_wording(kent, FollowUp.CONFIRMATION, _confirmation("Hello from Kent."), by=mina)
    assert "Hello from Kent." not in sent_to(factories.enquiry(hampshire)).text


def test_changing_words_is_written_down(kent: Council, mina: Access) -> None:
    save_wording(kent, FollowUp.TRIED, wished(), by=mina)
    with as_council(kent):
        assert Event.objects.get(verb="wording.changed").facts == {"follow_up": "tried", "off": False}


REFUSED = {
    "an unknown placeholder": ({"text": "((greting))"}, "Did you mean ((greeting))?"),
    "a placeholder of another message": ({"text": "((visit))"}, "no placeholder ((visit))"),
    "half a placeholder": ({"text": "Hello ((reference)"}, "two brackets"),
    "a subject that is too long": ({"subject": "((service)) " * 9}, "Keep it to 100"),
    "a text that is too long": ({"text_message": "a" * 161}, "161 letters"),
    "a letter that texts do not have": ({"text_message": "It’s us"}, "cannot hold ’"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_words_that_would_fail_are_refused(name: str, kent: Council, mina: Access) -> None:
    changed, sentence = REFUSED[name]
    with pytest.raises(Refused) as refusal:
        save_wording(kent, FollowUp.TRIED, wished(**changed), by=mina)
    assert sentence in str(refusal.value)
    with as_council(kent):
        assert not Wording.objects.exists()


def test_the_confirmation_has_to_say_the_promise_and_calls_nobody_by_name(kent: Council, mina: Access) -> None:
    with pytest.raises(Refused, match="has to say \\(\\(promise\\)\\)"):
        save_wording(kent, FollowUp.CONFIRMATION, wished(text="Hello ((reference))"), by=mina)
    with pytest.raises(Refused, match="no placeholder \\(\\(greeting\\)\\)"):
        save_wording(kent, FollowUp.CONFIRMATION, wished(text="((greeting)) ((promise)) ((reference))"), by=mina)


def test_the_confirmation_cannot_be_switched_off(kent: Council, mina: Access) -> None:
    save_wording(kent, FollowUp.CONFIRMATION, _confirmation("Hello.", off=True), by=mina)
    assert sent_to(factories.enquiry(kent)).state == "queued"


def test_words_that_fail_all_the_same_give_way_to_the_hubs(kent: Council, cast: Cast) -> None:
    """A placeholder that was withdrawn since."""
    with as_council(kent):
        Wording.objects.create(council=kent, follow_up=FollowUp.CONFIRMATION, text="((gone))", updated_by=cast.mina)
    case = factories.enquiry(kent)
    assert "will ring you by" in sent_to(case).text
    with as_council(kent):
        assert ToDo.objects.filter(kind=ToDoKind.TEMPLATE_FAILED, subject_id=case.pk).exists()


def test_an_officer_sees_the_words_and_a_manager_changes_them(kent: Council, cast: Cast, as_user: AsUser) -> None:
    assert "Only a manager can change it" in page(as_user(cast.kate), kent).content.decode()
    assert page(as_user(cast.kate), kent, **WORDS).status_code == 403
    assert page(as_user(cast.mina), kent, **WORDS).status_code == 302
    with as_council(kent):
        assert Wording.objects.get().subject == "We rang you"
    with pytest.raises(RoleRefused):
        save_wording(kent, FollowUp.TRIED, wished(), by=access_of(cast.kate))


def test_another_councils_words_and_none_answer_alike(kent: Council, cast: Cast, as_user: AsUser) -> None:
    hal = as_user(cast.hal)
    assert page(hal, kent).status_code == page(hal, kent, "nothing").status_code == 404


def test_a_refusal_keeps_what_was_typed(kent: Council, cast: Cast, as_user: AsUser) -> None:
    answer = page(as_user(cast.mina), kent, **(WORDS | {"text": "((greting)) kept"}))
    assert answer.status_code == 409
    shown = unescape(answer.content.decode())
    assert "Did you mean ((greeting))?" in shown
    assert "((greting)) kept" in shown


def test_the_preview_is_what_arrives(kent: Council, cast: Cast, as_user: AsUser) -> None:
    client = as_user(cast.mina)
    address = reverse("admin:enquiries_wording_preview", args=[f"{kent.pk}-tried"])
    answer = client.post(address, WORDS | {"part": "html"})
    assert "Hello Erin,</p>" in answer.content.decode()
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "Did you mean" in unescape(client.post(address, WORDS | {"text": "((greting))"}).content.decode())


def test_days_are_the_councils_to_choose(kent: Council, cast: Cast, as_user: AsUser) -> None:
    words = default_words(FollowUp.INFORMATION)
    typed = {"subject": words.subject, "text": words.text, "text_message": words.text_message, "days": "3"}
    assert page(as_user(cast.mina), kent, "information", **typed).status_code == 302
    with as_council(kent):
        kept = Wording.objects.get()
    assert (kept.days, kept.subject, kept.text) == (3, "", ""), "what is as the hub has it stays the hub's"


@pytest.mark.parametrize("text", ["((a))((b))", "<b>((a))</b>", "((A))", "(( a ))"])
def test_placeholders_are_filled_in(text: str) -> None:
    assert "((" not in fill(text, {"a": "x", "b": "y"})


def test_only_placeholders_of_the_list_are_filled_in() -> None:
    with pytest.raises(UnknownPlaceholder):
        fill("((settings.SECRET_KEY))", {"a": "x"})
    assert fill("{{ a }} {% load %}", {"a": "x"}) == "{{ a }} {% load %}"


def test_an_empty_paragraph_is_left_out() -> None:
    assert fill("Hello\n\n((sorry))\n\nBye", {"sorry": ""}) == "Hello\n\nBye"


def test_a_text_is_headings_lists_and_paragraphs() -> None:
    found = [block.shape for block in blocks("# Head\n\nText\nmore\n\n* a\n* b\n\n1. a\n2. b\n\n1. a\nnot a point")]
    assert found == [Shape.HEADING, Shape.PARAGRAPH, Shape.BULLETS, Shape.NUMBERS, Shape.PARAGRAPH]


def test_what_a_council_types_is_no_markup(kent: Council, mina: Access) -> None:
    save_wording(kent, FollowUp.CONFIRMATION, _confirmation("<script>alert(1)</script>"), by=mina)
    body = bytes(sent_to(factories.enquiry(kent)).mime).decode()
    assert "&lt;script&gt;" in body
