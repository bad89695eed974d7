"""The newsletter page: nobody gets news who has not pressed the button in a mail to that address."""

import re

import pytest
from django.test import Client

from campaigns import wordings
from campaigns.actions.leaving import PAGE, leave
from campaigns.audiences.finding import people
from campaigns.audiences.rules import read
from campaigns.models import Agreement, Subscriber
from campaigns.news.standing import may_be_written_to
from campaigns.states import Origin, Purpose, Reach, SubscriberState
from councils.models import Council
from councils.tenancy import as_council
from enquiries.models import Enquiry
from outbox.models import Message
from outbox.states import Lane
from tests import factories
from tests.campaigns.subscribed import subscriber
from tests.enquiries.conftest import some_network

TYPED = {"email": "Sam@example.org", "first_name": "Sam", "council": "kent", "purposes": ["news"]}


@pytest.fixture
def visitor() -> Client:
    return Client(REMOTE_ADDR=f"{some_network()}.1")


def mails(council: Council) -> list[Message]:
    with as_council(council):
        return list(Message.objects.filter(council=council, kind="news_confirm").order_by("created_at"))


def link_in(message: Message) -> str:
    found = re.search(r"http://localhost:8000(/news/confirm/\S+)", message.text)
    assert found
    return found[1]


def only(council: Council) -> Subscriber:
    with as_council(council):
        return Subscriber.objects.get(council=council)


def test_two_steps_and_then_news_comes(kent: Council, visitor: Client) -> None:
    assert visitor.post("/news/", TYPED).headers["Location"] == "/news/on-its-way/"
    own = only(kent)
    assert own.state == SubscriberState.PENDING
    (asked,) = mails(kent)
    assert asked.lane == Lane.SERVICE
    assert "Sam" not in asked.text, "a stranger may have typed it"
    assert "From: Kent Fostering\n" in asked.text
    program = Client(enforce_csrf_checks=True)
    assert b"Would you like news" in program.get(link_in(asked)).content
    assert only(kent).state == SubscriberState.PENDING, "a scanner opens links"
    program.post(link_in(asked), {})
    assert only(kent).state == SubscriberState.PENDING
    for _ in range(2):
        assert b"Thank you" in program.post(link_in(asked), {"confirm": "yes"}).content
    with as_council(kent):
        assert may_be_written_to([own.pk], Purpose.NEWS)
        assert not may_be_written_to([own.pk], Purpose.EVENTS)
        given = Agreement.objects.get(subscriber=own)
    assert (given.origin, given.version) == (Origin.SITE, wordings.newest(Purpose.NEWS))


def test_whether_an_address_is_known_is_never_said(kent: Council, visitor: Client) -> None:
    subscriber(kent, "sam@example.org")
    known = visitor.post("/news/", TYPED)
    unknown = visitor.post("/news/", TYPED | {"email": "someone.else@example.org"})
    trapped = visitor.post("/news/", TYPED | {"email": "third@example.org", "homepage": "x"})
    assert {answer.headers["Location"] for answer in (known, unknown, trapped)} == {"/news/on-its-way/"}
    assert {message.to_address for message in mails(kent)} == {"sam@example.org", "someone.else@example.org"}


def test_a_strangers_mailbox_is_not_filled(kent: Council, visitor: Client) -> None:
    for _ in range(5):
        visitor.post("/news/", TYPED)
    assert len(mails(kent)) == 3


def test_nothing_is_ticked_beforehand_and_something_must_be(kent: Council, visitor: Client) -> None:
    page = visitor.get("/news/from/kent/").content.decode()
    assert "checked" not in page
    assert '<option value="kent" selected>' in page
    wrong = visitor.post("/news/", {"email": "", "council": "nowhere"})
    assert wrong.status_code == 422
    for words in ("Enter your email address", "Choose what you would like to get", "Choose who should write to you"):
        assert words in wrong.content.decode()
    assert visitor.get("/news/from/nowhere/").status_code == 404


def test_without_a_council_the_hub_writes(office: Council, visitor: Client) -> None:
    visitor.post("/news/", TYPED | {"council": ""})
    assert only(office).address == "Sam@example.org"


def test_an_old_yes_does_not_count_after_a_no(kent: Council, visitor: Client) -> None:
    visitor.post("/news/", TYPED)
    link = link_in(mails(kent)[0])
    visitor.post(link, {"confirm": "yes"})
    leave(only(kent), how=PAGE)
    visitor.post(link, {"confirm": "yes"})
    assert only(kent).state == SubscriberState.ENDED


def test_who_said_no_to_all_and_asks_again_gets_news_once_they_confirm(kent: Council, visitor: Client) -> None:
    own = subscriber(kent, "sam@example.org")
    leave(own, how=PAGE, reach=Reach.REGION)
    visitor.post("/news/", TYPED)
    with as_council(kent):
        assert not may_be_written_to([own.pk], Purpose.NEWS)
    visitor.post(link_in(mails(kent)[0]), {"confirm": "yes"})
    with as_council(kent):
        assert may_be_written_to([own.pk], Purpose.NEWS)


def test_who_enquired_before_is_one_person(kent: Council, visitor: Client) -> None:
    case = factories.enquiry(kent, email="sam@example.org")
    visitor.post("/news/", TYPED)
    visitor.post(link_in(mails(kent)[0]), {"confirm": "yes"})
    own = only(kent)
    with as_council(kent):
        assert own.enquiry_id == case.pk
        assert Enquiry.objects.get(pk=case.pk).news_by_email
        assert may_be_written_to([own.pk], Purpose.NEWS)


def test_the_words_that_were_shown_stay_as_they_were() -> None:
    """Whoever agreed, agreed to these. A new wording is a new version."""
    assert wordings.WORDINGS[Purpose.NEWS]["2026-11-22"].explanation == (
        "Stories from foster carers, and news about fostering near you. You can stop at any time."
    )
    assert wordings.WORDINGS[Purpose.EVENTS]["2026-11-22"].explanation == (
        "Information evenings and other events near you. You can stop at any time."
    )


@pytest.mark.parametrize(
    ("postcode", "council", "owner", "area"),
    [
        ("SO23 8UJ", "", "hampshire", "E07000094"),
        ("so238uj", "kent", "kent", "E07000094"),
        ("LS1 4AP", "", "lafse-office", ""),
        ("BFPO 1", "", "lafse-office", ""),
        ("", "", "lafse-office", ""),
    ],
)
def test_a_postcode_finds_the_council_and_the_district_and_is_not_kept(
    kent: Council, visitor: Client, postcode: str, council: str, owner: str, area: str
) -> None:
    answer = visitor.post("/news/", TYPED | {"postcode": postcode, "council": council})
    own = only(Council.objects.get(slug=owner))
    assert own.area_code == area
    assert answer.headers["Location"] == "/news/on-its-way/", "nothing of it in an address"
    (asked,) = mails(own.council)
    assert "SO23" not in asked.text + link_in(asked)


def test_whoever_asks_again_with_a_postcode_has_a_district_until_they_confirm(kent: Council, visitor: Client) -> None:
    visitor.post("/news/", TYPED)
    visitor.post("/news/", TYPED | {"postcode": "ME14 1XX"})
    known = only(kent).area_code
    assert known
    visitor.post(link_in(mails(kent)[0]), {"confirm": "yes"})
    visitor.post("/news/", TYPED | {"postcode": "SO23 8UJ"})
    assert only(kent).area_code == known, "anybody can type an address"


def test_a_district_finds_who_signed_up_with_a_postcode(visitor: Client, hampshire: Council) -> None:
    visitor.post("/news/", TYPED | {"postcode": "SO23 8UJ", "council": ""})
    visitor.post(link_in(mails(hampshire)[0]), {"confirm": "yes"})
    with as_council(hampshire):
        found = people(read({"areas": ["E07000094"]}), [hampshire.pk])
        assert [each.address for each in found] == ["Sam@example.org"]


def test_an_odd_postcode_is_told_and_kept_as_typed(kent: Council, visitor: Client) -> None:
    answer = visitor.post("/news/", TYPED | {"postcode": "SO23 8U"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Correct the postcode, or leave it empty." in page
    assert 'value="SO23 8U"' in page


def test_the_hubs_number_is_spaced_as_the_data_has_it(kent: Council, visitor: Client) -> None:
    """On pages and in mails alike."""
    visitor.post("/news/", TYPED)
    number = kent.hub.phone
    spaced = re.compile(r"[ -]*".join(number.replace(" ", "")))
    shown = visitor.get("/contact/").content.decode() + visitor.get("/news/").content.decode() + mails(kent)[0].text
    assert set(spaced.findall(shown)) == {number, number.replace(" ", "")}, "the second is what a phone dials"
    assert shown.count(number.replace(" ", "")) == shown.count(f"tel:{number.replace(' ', '')}")
