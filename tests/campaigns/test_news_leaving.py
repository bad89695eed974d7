"""No more news: by a mail program's button, by ours, by choice. What was promised goes on."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from campaigns.models import Agreement, Refusal, Subscriber
from campaigns.news.links import choices_url, stop_url
from campaigns.news.standing import may_be_written_to
from campaigns.states import Purpose, SubscriberState
from councils.models import Council, Event
from councils.tenancy import as_council
from enquiries.models import Enquiry
from outbox.states import Cover, Lane
from outbox.suppressions import COMPLAINT, is_suppressed, suppress
from tests import factories
from tests.campaigns.subscribed import subscriber
from tests.enquiries.conftest import some_network
from tests.enquiries.status_visitor import path_of

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def mail_program() -> Client:
    """Without cookies, and with the checks against forged forms on."""
    return Client(enforce_csrf_checks=True, REMOTE_ADDR=f"{some_network()}.1")


def now_of(own: Subscriber) -> Subscriber:
    with as_council(own.council_id):
        return Subscriber.objects.get(pk=own.pk)


def how_ended(own: Subscriber) -> set[str]:
    with as_council(own.council_id):
        return set(Agreement.objects.filter(subscriber=own).values_list("how_ended", flat=True))


def may(own: Subscriber, purpose: Purpose = Purpose.NEWS) -> bool:
    with as_council(own.council_id):
        return own.pk in may_be_written_to([own.pk], purpose)


def everything(own: Subscriber) -> tuple[object, ...]:
    with as_council(own.council_id):
        return (
            list(Subscriber.objects.values()),
            list(Agreement.objects.order_by("pk").values()),
            Event.objects.filter(subject_id=own.pk).count(),
            Refusal.objects.count(),
        )


def test_one_click_answers_200_again_and_again_and_ends_news_here(kent: Council, mail_program: Client) -> None:
    own = subscriber(kent)
    path = path_of(stop_url(own))
    for _ in range(3):
        answer = mail_program.post(path, ONE_CLICK)
        assert answer.status_code == 200
        assert not answer.cookies
    assert now_of(own).state == SubscriberState.ENDED
    assert how_ended(own) == {"one_click"}
    assert Refusal.objects.filter(council=kent, address_hash=own.address_hash).count() == 1
    assert not is_suppressed(own.address, hub_id=kent.hub_id, lane=Lane.CAMPAIGN), "other councils may write"


def test_a_scanner_that_opens_and_presses_changes_nothing(kent: Council, mail_program: Client) -> None:
    own = subscriber(kent)
    before = everything(own)
    for path in (path_of(stop_url(own)), path_of(choices_url(own))):
        assert mail_program.get(path)["Referrer-Policy"] == "no-referrer"
        mail_program.head(path)
        for sent in ({}, {"List-Unsubscribe": "Yes"}, {"stop": "everything"}, {"submit": "1"}):
            assert mail_program.post(path, sent).status_code == 200
    assert everything(own) == before
    assert may(own)


def test_a_link_that_leads_nowhere_says_so_and_still_answers_200(db: None, mail_program: Client) -> None:
    path = f"/news/stop/{uuid4().hex}/"
    assert b"This link does not work" in mail_program.get(path).content
    assert mail_program.post(path, ONE_CLICK).status_code == 200
    assert b"This link does not work" in mail_program.get(f"/news/choices/{uuid4().hex}/").content


def test_a_button_stops_all_councils_of_the_region(kent: Council, hampshire: Council, mail_program: Client) -> None:
    here, there = subscriber(kent), subscriber(hampshire)
    page = mail_program.post(path_of(stop_url(here)), {"stop": "region"}).content.decode()
    assert "from any council" in page
    assert "goes on as before" in page
    assert not may(here)
    assert not may(there)
    assert now_of(there).state == SubscriberState.ACTIVE, "ended within the minute, by the job"


def test_opting_out_never_stops_the_promised_contact(kent: Council, mail_program: Client) -> None:
    case = factories.enquiry(kent, news_by_email=True, news_by_text=True)
    own = subscriber(kent, case.email, enquiry=case)
    for sent in (ONE_CLICK, {"stop": "council"}, {"stop": "region"}):
        mail_program.post(path_of(stop_url(own)), sent)
    with as_council(kent):
        after = Enquiry.objects.get(pk=case.pk)
    assert (after.news_by_email, after.news_by_text, after.stopped_at) == (False, False, None)
    kept = ("state", "promise_due_at", "next_due_at", "promise_kept_at", "email", "send_nothing")
    assert {name: getattr(after, name) for name in kept} == {name: getattr(case, name) for name in kept}
    never_asked = factories.enquiry(kent, email="other@example.org", news_by_email=False)
    assert after.next_follow_up_at == never_asked.next_follow_up_at, "only the news is not looked at any more"
    assert not is_suppressed(case.email, hub_id=kent.hub_id, lane=Lane.SERVICE)


def test_the_page_shows_what_they_agreed_to_and_each_can_be_changed(kent: Council, mail_program: Client) -> None:
    own = subscriber(kent, purposes=(Purpose.NEWS,))
    path = path_of(choices_url(own))
    page = mail_program.get(path).content.decode()
    assert "e…@example.org" in page
    assert own.address not in page
    assert "Stories from foster carers" in page
    mail_program.post(path, {"on": "events"})
    assert may(own, Purpose.EVENTS)
    mail_program.post(path, {"off": "news"})
    assert not may(own)
    assert may(own, Purpose.EVENTS)
    assert not Refusal.objects.filter(council=kent).exists(), "one purpose is not everything"
    mail_program.post(path, {"off": "events"})
    assert now_of(own).state == SubscriberState.ENDED
    assert Refusal.objects.filter(council=kent).exists()


def test_who_changes_their_mind_on_the_page_is_believed(kent: Council, mail_program: Client) -> None:
    case = factories.enquiry(kent, news_by_email=True)
    own = subscriber(kent, case.email, enquiry=case)
    mail_program.post(path_of(stop_url(own)), {"stop": "region"})
    mail_program.post(path_of(choices_url(own)), {"on": "news"})
    assert may(own)
    assert not may(own, Purpose.EVENTS)
    with as_council(kent):
        assert Enquiry.objects.get(pk=case.pk).news_by_email


def test_whose_address_is_spared_is_not_told_that_news_will_come(kent: Council, mail_program: Client) -> None:
    own = subscriber(kent, "spam@example.org", state=SubscriberState.ENDED, purposes=())
    suppress("spam@example.org", hub_id=kent.hub_id, cover=Cover.PROMOTIONAL, reason=COMPLAINT)
    address = choices_url(own).removeprefix(settings.BASE_URL)
    page = mail_program.post(address, {"on": Purpose.NEWS}).content.decode()
    assert "cannot send news to this address" in page and "Your choice is saved" not in page
    assert ": yes</h2>" not in page
    assert not may(own)
