"""What is held for news: in the file of who asks, gone when they are erased, and gone by its age."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.test import override_settings

from campaigns.actions.forgetting import forget_those_erased
from campaigns.actions.subscribing import Asked, ask_to_confirm, confirm
from campaigns.mailings.letters import letters_of
from campaigns.mailings.scope import around
from campaigns.models import Agreement, Recipient, Refusal, Subscriber
from campaigns.retention import UNCONFIRMED, empty_subscribers
from campaigns.states import Purpose, SubscriberState
from councils.clock import hub_now
from councils.models import Council, CouncilKind, Door
from councils.models.rights import ErasureCause
from councils.retention_names import Kept
from councils.tenancy import as_council
from enquiries.retention.lives import LIVES
from enquiries.rights.erasing import erase
from enquiries.rights.export import holdings_of
from outbox.actions import put_in
from outbox.actions.clearing import clear_messages
from outbox.models import Message, Suppression
from outbox.states import Cover
from outbox.suppressions import COMPLAINT, OPTED_OUT, suppress
from tests import factories
from tests.campaigns.sending import messages, running
from tests.campaigns.subscribed import subscriber

DAY = timedelta(days=1)


def test_their_file_tells_what_they_agreed_to(kent: Council) -> None:
    case = factories.enquiry(kent, news_by_email=True)
    subscriber(kent, case.email, enquiry=case)
    (part,) = holdings_of([case], guarded=False, now=hub_now()).cases
    told = {section.title: section.rows for section in part.sections}
    assert told["News by email"][0]["address"] == case.email
    agreed = told["What they agreed to get as news, and when"]
    assert {row["purpose"] for row in agreed} == {"News and stories", "Events"}


@pytest.fixture
def committed(committed_db: None, tmp_path: Path) -> Iterator[Council]:
    """The eraser has a connection of its own."""
    with override_settings(ERASURE_LEDGER=str(tmp_path / "ledger")):
        yield Council.objects.get(slug="kent")
        connections["eraser"].close()


def test_who_is_erased_or_left_long_ago_is_emptied_and_their_no_stays(committed: Council) -> None:
    kent, now = committed, hub_now()
    case = factories.enquiry(kent, news_by_email=True)
    erased = subscriber(kent, case.email, enquiry=case)
    old = now - LIVES[Kept.SUBSCRIBER].lasts - DAY
    rows = {
        "gone": subscriber(kent, "gone@example.org", state=SubscriberState.ENDED, ended_at=old),
        "kept": subscriber(kent, "kept@example.org", state=SubscriberState.ENDED, ended_at=old + 2 * DAY),
        "late": subscriber(kent, "late@example.org", state=SubscriberState.PENDING, created_at=now - UNCONFIRMED - DAY),
        "new": subscriber(kent, "new@example.org", state=SubscriberState.PENDING, purposes=()),
        "active": subscriber(kent, "active@example.org", purposes=(Purpose.NEWS,)),
    }
    with as_council(kent):
        Refusal.objects.create(council=kent, address_hash=erased.address_hash)
    assert empty_subscribers() == 2
    assert erase(kent.pk, case.pk, cause=ErasureCause.ASKED)
    with as_council(kent):
        after = {own.pk: own.address for own in Subscriber.objects.filter(council=kent)}
        states = set(Subscriber.objects.filter(address="").values_list("state", flat=True))
        assert Agreement.objects.filter(subscriber=erased).count() == 2, "when, and to what: of nobody"
    assert {name for name, own in rows.items() if after[own.pk]} == {"kept", "new", "active"}
    assert after[erased.pk] == ""
    assert states == {SubscriberState.ENDED}
    assert not Door.objects.filter(subject_id=erased.pk).exists()
    assert Refusal.objects.filter(address_hash=erased.address_hash).exists()


def test_what_was_mailed_to_a_subscriber_goes_by_its_age(kent: Council) -> None:
    """No enquiry leads there, so none takes it along."""
    now = hub_now()
    ask_to_confirm(kent, Asked(email="sam@example.org", purposes=(Purpose.NEWS,)))
    with as_council(kent):
        asked = Message.objects.filter(council=kent, kind="news_confirm")
        asked.update(state="cancelled", settled_at=now - 2 * DAY)
    assert clear_messages(kent, before=now - 3 * DAY) == 0
    assert clear_messages(kent, before=now - DAY) == 1
    with as_council(kent):
        assert set(asked.values_list("to_address", "text")) == {("", "")}


def test_who_is_erased_leaves_nothing_in_an_email_of_the_hub(committed: Council) -> None:
    """It is another council's message, and about no case."""
    office = Council.objects.get(hub=committed.hub_id, kind=CouncilKind.HUB_OFFICE)
    case = factories.enquiry(committed, news_by_email=True)
    erased, other = subscriber(committed, case.email, enquiry=case), subscriber(committed, "other@example.org")
    mailing = running(office, 0, erased, other)
    with around(office.pk):
        letters = letters_of(mailing, [erased, other], now=hub_now())
        rows = {each.subscriber_key: each for each in Recipient.objects.filter(mailing=mailing.pk)}
        put_in([letters.to(rows[each.pk], each) for each in (erased, other)])
        Message.objects.filter(subject_id=mailing.pk).update(state="expired", settled_at=hub_now())
    assert erase(committed.pk, case.pk, cause=ErasureCause.ASKED)
    assert (forget_those_erased(), forget_those_erased()) == (1, 0)
    mine, theirs = messages(mailing)
    assert (mine.to_address, mine.text, bytes(mine.mime), mine.to_domain) == ("", "", b"", "")
    assert theirs.to_address == "other@example.org" and theirs.text
    assert erased.address_hash not in mine.dedupe_key
    with as_council(office):
        assert not Recipient.objects.filter(address_hash=erased.address_hash).exists()
        assert Recipient.objects.filter(mailing=mailing.pk).count() == 2, "how many got it stays"


def test_a_complaint_stands_whoever_holds_the_link(kent: Council) -> None:
    """What they said themselves they take back; what a mail provider reported they do not."""
    for address, reason, left in (("own@example.org", OPTED_OUT, 0), ("spam@example.org", COMPLAINT, 1)):
        own = subscriber(kent, address)
        suppress(address, hub_id=kent.hub_id, cover=Cover.PROMOTIONAL, reason=reason)
        confirm(own, [Purpose.NEWS])
        assert Suppression.objects.filter(address_hash=own.address_hash).count() == left
