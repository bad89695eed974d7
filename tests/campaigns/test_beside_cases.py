"""What is held on somebody beside a case: a booking, whoever invited; and news of whoever has no case."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import override_settings

from campaigns.actions.bookings import Booker, book
from campaigns.actions.forgetting import forget_those_erased
from campaigns.actions.subscribing import Asked, ask_to_confirm
from campaigns.models import Agreement, Recipient, Subscriber
from campaigns.states import Purpose, SubscriberState
from councils.clock import hub_now
from councils.models import Council, Door, Erasure, Event
from councils.models.rights import ErasureCause
from councils.tenancy import as_council
from enquiries.models import Enquiry
from enquiries.rights import ledger
from enquiries.rights.export import holdings_of
from outbox.models import Message
from tests import factories
from tests.campaigns import made_up
from tests.campaigns.sending import messages, running
from tests.campaigns.subscribed import subscriber

ERIN = Booker("Erin Example", email="erin@example.org", postcode="ME14 1XX", needs="A hearing loop, please")


def by_command(tmp_path: Path, *arguments: str) -> dict[str, Any]:
    output = tmp_path / "out.zip"
    call_command("subject_export", *arguments, "--output", str(output), stdout=io.StringIO())
    with zipfile.ZipFile(io.BytesIO(output.read_bytes())) as archive:
        told: dict[str, Any] = json.loads(archive.read("everything-held.json"))
    output.unlink()
    return told


def test_what_they_need_to_take_part_is_in_the_file_of_their_case(kent: Council, hampshire: Council) -> None:
    """Though another council invites; of another's booking there is nothing."""
    evening = made_up.gathering(hampshire)
    book(evening, ERIN, by=None)
    book(evening, Booker("Paul", email="paul@example.org", postcode="ME14 1XX", needs="A ramp"), by=None)
    with as_council(kent):
        case = Enquiry.objects.get(name="Erin Example")
    (part,) = holdings_of([case], guarded=False, now=hub_now()).cases
    (section,) = [section for section in part.sections if section.title == "Bookings for events"]
    (row,) = section.rows
    assert (row["needs"], row["held by"], row["people"]) == ("A hearing loop, please", hampshire.name, 1)
    assert "A ramp" not in str(part)


def test_who_gets_news_is_found_by_their_address_or_by_an_enquiry_elsewhere(
    kent: Council, hampshire: Council, office: Council, tmp_path: Path
) -> None:
    case = factories.enquiry(office, email="sam@example.org")
    own = subscriber(kent, "sam@example.org", area_code="E07000110")
    subscriber(hampshire, "other@example.org")
    ask_to_confirm(hampshire, Asked(email="sam@example.org", purposes=(Purpose.NEWS,)))
    told = by_command(tmp_path, "--reference", case.reference)
    assert {(part["controller"], part["reference"]) for part in told["cases"]} == {
        (office.name, case.reference),
        (kent.name, ""),
        (hampshire.name, ""),
    }
    parts = {part["controller"]: part["sections"] for part in told["cases"]}
    of_kent = {section["title"]: section["rows"] for section in parts[kent.name]}
    assert of_kent["News by email"][0]["area code"] == "E07000110"
    agreed = of_kent["What they agreed to get as news, and when"]
    assert {row["purpose"] for row in agreed} == {"News and stories", "Events"}
    assert all(row["words"] and row["given at"] for row in agreed)
    assert "Please confirm" in str(parts[hampshire.name])
    assert "other@example.org" not in str(told)
    with as_council(kent):
        assert Event.objects.get(verb="subscriber.data_taken_out").subject_id == own.pk
    only = by_command(tmp_path, "--email", " SAM@example.org", "--council", "kent")
    assert [part["controller"] for part in only["cases"]] == [kent.name]
    with pytest.raises(CommandError, match="Nothing is held"):
        by_command(tmp_path, "--email", "nobody@example.org", "--council", "kent")


@pytest.fixture
def committed(committed_db: None, tmp_path: Path) -> Iterator[Council]:
    """The eraser has a connection of its own."""
    with override_settings(ERASURE_LEDGER=str(tmp_path / "ledger")):
        yield Council.objects.get(slug="kent")
        connections["eraser"].close()


def test_who_only_gets_news_is_erased_by_their_address_and_again_after_a_restore(
    committed: Council, tmp_path: Path
) -> None:
    kent, hampshire = committed, Council.objects.get(slug="hampshire")
    office = Council.objects.get(slug="lafse-office")
    own, other = subscriber(kent, "sam@example.org"), subscriber(kent, "other@example.org")
    case = factories.enquiry(hampshire, email="sam@example.org", news_by_email=True)
    enquires = subscriber(hampshire, "sam@example.org", enquiry=case)
    ask_to_confirm(kent, Asked(email="sam@example.org", purposes=(Purpose.NEWS,)))
    mailing = running(office, 0, own, other)
    call_command("erase", "--email", "Sam@example.org", stdout=io.StringIO())
    with as_council(kent):
        gone = Subscriber.objects.get(pk=own.pk)
        assert (gone.address, gone.address_hash, gone.first_name, gone.state) == ("", "", "", SubscriberState.ENDED)
        assert Agreement.objects.filter(subscriber=own).exists(), "when, and to what: of nobody"
        assert set(Message.objects.filter(subject_id=own.pk).values_list("to_address", "text")) == {("", "")}
        assert Subscriber.objects.get(pk=other.pk).address
        assert Erasure.objects.get().subject_id == own.pk
    assert not Door.objects.filter(subject_id=own.pk).exists()
    with as_council(hampshire):
        assert Subscriber.objects.get(pk=enquires.pk).address, "that goes with the enquiry"
    assert forget_those_erased() == 1
    with as_council(office):
        assert not Recipient.objects.filter(mailing=mailing.pk, address_hash=own.address_hash).exists()
    assert messages(mailing) == []
    (line,) = ledger.read(tmp_path / "ledger")
    assert (line.council, line.case, line.cause) == ("kent", own.pk, ErasureCause.ASKED)
    with as_council(kent):  # an older backup
        Subscriber.objects.filter(pk=own.pk).update(address="sam@example.org", address_hash=own.address_hash)
    out = io.StringIO()
    call_command("erase", "--replay", stdout=out)
    assert out.getvalue() == "1 erased again.\n"
    with as_council(kent):
        assert Subscriber.objects.get(pk=own.pk).address == ""
    with pytest.raises(CommandError, match="Nobody without an enquiry"):
        call_command("erase", "--email", "sam@example.org")
