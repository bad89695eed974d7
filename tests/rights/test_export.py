"""One file with everything held on a person, each part under its controller's name."""

import html
import io
import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from councils.access import access_of
from councils.models import Council, Event, EventDetail, Membership, User
from councils.roles import Role
from councils.tenancy import as_council
from enquiries import actions
from enquiries.actions.casework import mark_seen
from enquiries.models import Enquiry
from enquiries.rights.export import TITLES
from outbox.models import Suppression
from outbox.states import Cover
from outbox.suppressions import HARD_BOUNCE, suppress
from tests import factories
from tests.rights.canaries import WORD, fill


def taken(content: bytes) -> tuple[dict[str, Any], str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return json.loads(archive.read("everything-held.json")), archive.read("everything-held.html").decode()


def by_command(tmp_path: Path, *arguments: str) -> tuple[dict[str, Any], str]:
    output = tmp_path / "out.zip"
    call_command("subject_export", *arguments, "--output", str(output))
    assert output.stat().st_mode & 0o077 == 0
    return taken(output.read_bytes())


def posted(client: Client, case: Enquiry, **sent: str) -> Any:
    return client.post(reverse("admin:enquiries_enquiry_take_out", args=[case.pk]), {"purpose": "They asked"} | sent)


def test_everything_of_every_table_is_in_it(kent: Council, mina: User, tmp_path: Path) -> None:
    case = factories.enquiry(kent, email="erin@example.org")
    fill(case, by=mina)
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(email="erin@example.org")
    told, page = by_command(tmp_path, "--reference", case.reference)
    (part,) = told["cases"]
    assert (part["controller"], part["reference"]) == ("Kent County Council", case.reference)
    titles = {section["title"] for section in part["sections"]}
    unmade = {"enquiries.followuprecord", "councils.todo", "campaigns.agreement"}
    made = {title for label, title in TITLES.items() if label not in unmade}
    assert made | {"Notes", "Recognised again by"} <= titles
    notes = next(section["rows"] for section in part["sections"] if section["title"] == "Notes")
    assert notes[0]["text"].startswith(WORD)
    assert notes[0]["by"] == "A member of staff"
    came = datetime.fromisoformat(notes[0]["created at"])
    assert f"{came:%-d %B %Y, %H:%M}" in page and notes[0]["created at"] not in page
    assert page.count(WORD) > 20
    assert "Mina" not in page


def test_the_page_is_in_words_and_the_json_as_it_is_kept(kent: Council, tmp_path: Path) -> None:
    case = factories.enquiry(kent)
    data, page = by_command(tmp_path, "--reference", case.reference)
    sent = next(each for each in data["cases"][0]["sections"] if each["title"] == "Forms as they were sent")
    assert sent["rows"][0]["answers"]["name"] == "Erin Example"
    assert "name: Erin Example<br>" in page
    shown = html.unescape(page)
    assert not [mark for mark in ("{'", "['", "<td>True", "<td>False") if mark in shown]


def test_safeguarding_notes_are_in_it_only_when_asked_for(kent: Council, mina: User, tmp_path: Path) -> None:
    case = factories.enquiry(kent)
    fill(case, by=mina)
    _, page = by_command(tmp_path, "--reference", case.reference)
    assert "Safeguarding notes, if there are any, are not" in page
    (tmp_path / "out.zip").unlink()
    told, page = by_command(tmp_path, "--reference", case.reference, "--safeguarding")
    assert "Safeguarding notes" in {section["title"] for section in told["cases"][0]["sections"]}
    assert "have to be kept from the person" in page


def test_all_councils_of_a_household_each_under_its_name(kent: Council, hampshire: Council, tmp_path: Path) -> None:
    here = factories.enquiry(kent, email="both@example.org", phone="")
    there = factories.enquiry(hampshire, email="both@example.org", phone="")
    told, _ = by_command(tmp_path, "--email", "BOTH@example.org")
    assert {(part["controller"], part["reference"]) for part in told["cases"]} == {
        ("Kent County Council", here.reference),
        ("Hampshire County Council", there.reference),
    }
    (tmp_path / "out.zip").unlink()
    told, _ = by_command(tmp_path, "--email", "both@example.org", "--council", "kent")
    assert [part["controller"] for part in told["cases"]] == ["Kent County Council"]


def test_it_is_written_down_in_each_council(kent: Council, hampshire: Council, tmp_path: Path) -> None:
    cases = [factories.enquiry(council, email="both@example.org") for council in (kent, hampshire)]
    by_command(tmp_path, "--phone", "07700 900123")
    for case in cases:
        with as_council(case.council_id):
            assert Event.objects.filter(subject_id=case.pk, verb="enquiry.data_taken_out").count() == 1


def test_a_former_address_finds_them_too(kent: Council, mina: User, tmp_path: Path) -> None:
    case = factories.enquiry(kent, email="old@example.org")
    with as_council(kent):
        event = Event.objects.filter(subject_id=case.pk)[0]
        EventDetail.objects.create(council=kent, event=event, field="email", old="older@example.org")
    told, _ = by_command(tmp_path, "--email", "older@example.org")
    assert [part["reference"] for part in told["cases"]] == [case.reference]


def test_addresses_that_are_spared_are_told_and_no_hash(kent: Council, tmp_path: Path) -> None:
    case = factories.enquiry(kent, email="spared@example.org")
    suppress("spared@example.org", hub_id=kent.hub_id, cover=Cover.EVERYTHING, reason=HARD_BOUNCE)
    told, page = by_command(tmp_path, "--reference", case.reference)
    (section,) = [each for each in told["cases"][0]["sections"] if each["title"].startswith("Addresses that")]
    assert section["rows"][0]["reason"] == HARD_BOUNCE
    assert Suppression.objects.get().address_hash not in page


def test_nobody_of_that_name_is_said(kent: Council, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Nothing is held"):
        by_command(tmp_path, "--email", "nobody@example.org")


def test_a_manager_takes_out_what_their_own_council_holds(
    kent: Council, hampshire: Council, mina: User, tmp_path: Path
) -> None:
    here = factories.enquiry(kent, name="Erin Here", email="both@example.org")
    there = factories.enquiry(hampshire, email="both@example.org")
    client = Client()
    client.force_login(mina)
    response = posted(client, here)
    told, page = taken(response.content)
    assert [part["reference"] for part in told["cases"]] == [here.reference]
    assert there.reference not in page
    assert "Hampshire" not in page
    assert "Erin" not in response["Content-Disposition"]
    with as_council(kent):
        event = Event.objects.get(subject_id=here.pk, verb="enquiry.data_taken_out")
        assert (event.by, event.facts) == (mina, {"cases": 1, "safeguarding": False})
        assert event.details.get().old == "They asked"
    assert posted(client, there).status_code == 404


def test_without_a_purpose_nothing_is_taken_out(kent: Council, mina: User) -> None:
    case, client = factories.enquiry(kent), Client()
    client.force_login(mina)
    response = posted(client, case, purpose="")
    assert response.status_code == 422
    assert "Say what it is for" in response.content.decode()


def test_an_officer_takes_nothing_out(kent: Council, kate: User) -> None:
    case, client = factories.enquiry(kent), Client()
    client.force_login(kate)
    assert posted(client, case).status_code == 403


def test_only_the_safeguarding_role_takes_its_notes_out(kent: Council, mina: User) -> None:
    case, client = factories.enquiry(kent), Client()
    client.force_login(mina)
    actions.add_note(case, "An ordinary note", by=access_of(mina))
    fill(case, by=mina)
    title = "Safeguarding notes"
    told, _ = taken(posted(client, case, safeguarding="on").content)
    assert title not in {section["title"] for section in told["cases"][0]["sections"]}
    Membership.objects.create(user=mina, council=kent, role=Role.SAFEGUARDING)
    told, _ = taken(posted(client, case, safeguarding="on").content)
    assert title in {section["title"] for section in told["cases"][0]["sections"]}


def test_who_looked_for_safeguarding_is_told_with_its_notes_only(
    kent: Council, mina: User, kate: User, tmp_path: Path
) -> None:
    """As on the page of who looked at a case."""
    case, sade = factories.enquiry(kent), factories.user("Sade", kent, Role.SAFEGUARDING)
    for person in (sade, kate):
        mark_seen(case, by=access_of(person))
    looks = []
    for options in ((), ("--safeguarding",)):
        told, _ = by_command(tmp_path, "--reference", case.reference, *options)
        (tmp_path / "out.zip").unlink()
        events = next(each["rows"] for each in told["cases"][0]["sections"] if each["title"] == "What happened")
        looks.append([event["what"] for event in events if event["verb"] == "enquiry.seen"])
    assert looks == [["Opened the case"], ["Opened the case"] * 2]


def test_consents_are_in_the_words_of_then(kent: Council, tmp_path: Path) -> None:
    case = factories.enquiry(kent, news_by_email=True)
    told, _ = by_command(tmp_path, "--reference", case.reference)
    sections = {section["title"]: section["rows"] for section in told["cases"][0]["sections"]}
    news = next(row for row in sections["What they were asked to agree to"] if "by email" in row["words"])
    assert (news["answer"], news["version"]) == ("yes", "2026-11")
    assert sections["Privacy notices that they were shown"][0]["to read at"].endswith("/privacy/2026-11/")
