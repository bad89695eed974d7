"""Demonstration data: fictional, complete, and the same however often it is made."""

import json
import re
import shutil
import stat
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from ambassadors.tasks import propose_rounds
from councils.models import Council, Hub, Membership, ToDo, User
from councils.models.todos import ToDoKind
from councils.tenancy import across
from enquiries.models import Enquiry, Handover, LetterTemplate
from enquiries.states import State
from lafse.demo.people import NOBODY_IN


@pytest.fixture(scope="module")
def made(module_db: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Once for all tests of this file; what one of them changes is rolled back."""
    path = tmp_path_factory.mktemp("demo") / "run" / "demo-logins.json"
    call_command("demo", logins=path, verbosity=0)
    return path


@pytest.fixture
def logins(made: Path, tmp_path: Path, db: None) -> Path:
    return Path(shutil.copy2(made, tmp_path))


def rows(path: Path) -> list[dict[str, str]]:
    read: list[dict[str, str]] = json.loads(path.read_text())
    return read


def cases() -> list[Enquiry]:
    with across(Council.objects.all(), reason="test"):
        return list(Enquiry.objects.all())


def test_everybody_on_the_list_can_log_in(logins: Path) -> None:
    for row in rows(logins):
        assert Client().login(username=row["email"], password=row["password"])


def test_who_works_for_several_councils_is_named_by_their_service(logins: Path) -> None:
    roles = [row["role"] for row in rows(logins)]
    assert any(role.endswith(", Achieving for Children") for role in roles)
    assert max(map(len, roles)) < 50


def test_the_list_is_readable_by_this_account_only(made: Path, db: None) -> None:
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_made_again_everything_stays(logins: Path) -> None:
    before = (rows(logins), User.objects.count(), Membership.objects.count(), len(cases()))
    call_command("demo", logins=logins, verbosity=0)
    assert (rows(logins), User.objects.count(), Membership.objects.count(), len(cases())) == before


@pytest.mark.parametrize("lost", ["the file", "the password"])
def test_log_ins_that_were_lost_are_made_anew(logins: Path, lost: str) -> None:
    if lost == "the file":
        logins.unlink()
    else:
        logins.write_text(json.dumps([{"password": "of another database"}]))
    call_command("demo", logins=logins, verbosity=0)
    row = rows(logins)[0]
    assert Client().login(username=row["email"], password=row["password"])


def test_every_council_but_one_has_an_officer(logins: Path, lafse: Hub) -> None:
    staffed = set(Membership.objects.filter(role="officer").values_list("council__slug", flat=True))
    assert set(Council.objects.fostering().filter(hub=lafse).values_list("slug", flat=True)) - staffed == {NOBODY_IN}


def test_the_council_without_an_officer_is_on_the_hub_offices_list(logins: Path, office: Council) -> None:
    with across([office], reason="test"):
        listed = ToDo.objects.exclude(kind=ToDoKind.SAME_HOUSEHOLD)
        assert list(listed.values_list("about_council__slug", flat=True)) == [NOBODY_IN]


def test_nobody_in_it_is_real(logins: Path) -> None:
    for case in cases():
        assert case.name.endswith(" Example")
        assert case.email.endswith("@example.org")
        assert case.phone == "" or re.fullmatch(r"\+447700900\d{3}", case.phone)
    assert all(user.email.endswith("@example.org") for user in User.objects.all())


def test_the_cases_are_in_different_states(logins: Path) -> None:
    assert {State.NEW, State.IN_CONTACT, State.VISIT_BOOKED, State.NOT_YET, State.WITHDRAWN} <= {
        State(case.state) for case in cases()
    }


def test_a_hub_officer_of_the_demonstration_sees_them_all(logins: Path) -> None:
    row = next(row for row in rows(logins) if row["role"] == "Hub officer")
    client = Client()
    client.login(username=row["email"], password=row["password"])
    answer = client.get(reverse("admin:enquiries_enquiry_changelist") + "?state=all")
    assert len(answer.context["rows"]) == len(cases())


def test_one_council_asks_another_and_one_has_accepted(logins: Path) -> None:
    with across(Council.objects.all(), reason="test"):
        rows = Handover.objects.order_by("state", "side").values_list("state", "side", "council__slug")
        assert list(rows) == [
            ("accepted", "received", "southampton"),
            ("accepted", "sent", "hampshire"),
            ("offered", "received", "east-sussex"),
            ("offered", "sent", "kent"),
        ]


def test_kent_has_a_letter_to_start_from(logins: Path) -> None:
    call_command("demo", logins=logins, verbosity=0)
    with across(Council.objects.all(), reason="test"):
        letters = LetterTemplate.objects.select_related("council", "updated_by")
        assert [(each.council.slug, each.updated_by.name) for each in letters] == [("kent", "Miriam Example")]


def seen_by(first_name: str, address: str, *arguments: object) -> str:
    client = Client()
    client.force_login(User.objects.get(email=f"{first_name}@example.org"))
    return client.get(reverse(f"admin:ambassadors_{address}", args=arguments)).content.decode()


def test_the_scheme_of_ambassadors_can_be_seen(logins: Path) -> None:
    """Who waits and why, what has to be confirmed, who is in touch, a standing that ran out, time, and a concern."""
    propose_rounds()
    waiting = seen_by("cora", "introduction_changelist")
    assert "Abena" in waiting and "asks to introduce somebody to Marta" in waiting
    assert "no Punjabi speaker within 30 miles" in seen_by("colin", "introduction_changelist")
    opened = seen_by("cora", "introduction_open")
    assert "Bilal Example</a> and Tunde" in opened and "They are in touch" in opened
    people = seen_by("cora", "ambassador_changelist")
    for told in ("Standing to confirm", "Paused by staff", "Can be asked"):
        assert told in people
    talks = seen_by("miriam", "talk_changelist")
    assert "Conversation, email" in talks and "14.5" in talks
    for first_name in ("sade", "silas"):
        assert "Nobody has read it" in seen_by(first_name, "concern_changelist")


def test_a_mentor_has_met_one_time_of_three(logins: Path) -> None:
    with across(Council.objects.all(), reason="test"):
        case = Enquiry.objects.get(name="Uma Example")
        assert case.state == State.APPLIED
    client = Client()
    client.force_login(User.objects.get(email="cora@example.org"))
    page = client.get(reverse("admin:enquiries_enquiry_change", args=[case.pk])).content.decode()
    assert "1 of 3 meetings written down" in re.sub(r"\s+", " ", page)
