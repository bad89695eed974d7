"""Everything held on an ambassador is in one file, and nothing of the people whom they talk to."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from ambassadors import joining, offerings
from ambassadors.actions import conflicts, mentoring, profiles
from ambassadors.actions.feedback import say_spoke
from ambassadors.actions.log_in import send_invitation
from ambassadors.introduction_states import State, StoppedBy
from ambassadors.letters.to_staff import ask_to_check
from ambassadors.me import me_of
from ambassadors.models import Ambassador, Concern, Introduction, LogInAddress, Offer, Talk
from ambassadors.pairs import where_of_introduction
from ambassadors.relay import Side
from ambassadors.rights.export import LEFT_OUT, own_column
from councils.access import access_of
from councils.clock import hub_now
from councils.holdings import Whose, holdings
from councils.models import Council, Event, User
from councils.tenancy import as_council
from enquiries.models import Enquiry
from enquiries.rights.purposes import EXPORTED
from enquiries.states import State as CaseState
from tests import factories
from tests.ambassadors.relaying import Conversation, agreed
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
PAGE = "admin:ambassadors_ambassador_change"
TAKE_OUT = "admin:ambassadors_ambassador_take_out"
# Told by hand: what is kept as a hash, and the part of an introduction that both know.
BY_HAND = {LogInAddress, Introduction}


def posted(client: Client, row: Ambassador, purpose: str = "Anna rang") -> Any:
    return client.post(reverse(TAKE_OUT, args=[row.pk]), {"purpose": purpose})


def taken(client: Client, row: Ambassador) -> tuple[list[dict[str, Any]], str]:
    """The parts, and all of the file as text."""
    answer = posted(client, row)
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    return json.loads(files["everything-held.json"])["cases"], "\n".join(files.values())


def rows_of(part: dict[str, Any], title: str) -> list[dict[str, Any]]:
    return [row for section in part["sections"] if section["title"] == title for row in section["rows"]]


@pytest.fixture
def mina(cast: Cast, as_user: AsUser) -> Client:
    return as_user(cast.mina)


def fill(talk: Conversation) -> None:
    """What Anna said and did, with a word of the pangolin in each, and what Erin did, with a walrus."""
    anna, case = talk.ambassador, talk.case
    with as_council(anna.council_id):
        Ambassador.objects.filter(pk=anna.pk).update(about="About pangolins", household="Pangolin household")
        Ambassador.objects.filter(pk=anna.pk).update(phone="+447700900777", near=["a" * 64], district="ME14")
        profiles.share(me_of(anna), [next(iter(offerings.now_asked().boxes))])
        Talk.objects.create(
            council_id=anna.council_id, ambassador=anna, on=hub_now().date(), minutes=9, note="Pangolin with Erin"
        )
    talk.writes(Side.AMBASSADOR, "Dear Erin Example, about pangolins\n> I saw a walrus\nI know enough.")
    talk.writes(Side.ENQUIRER, "Tell me about the walrus.")
    with as_council(case.council_id):
        Introduction.objects.filter(pk=talk.introduction.pk).update(reasons="walrus", released_phone="+447700900123")
    where = where_of_introduction(talk.introduction)
    say_spoke(where, side=StoppedBy.ENQUIRER, spoke=False, how="A walrus of a carer")
    say_spoke(where, side=StoppedBy.AMBASSADOR, spoke=True, how="Pangolin talk with erin, erin@example.org")


def test_their_own_is_in_it_and_nobody_elses(kent: Council, mina: Client) -> None:
    talk = agreed(kent)
    fill(talk)
    (part,), text = taken(mina, talk.ambassador)
    assert part["controller"] == kent.name
    (profile,) = rows_of(part, "What they say of themselves, and how they stand")
    assert (profile["about"], profile["household"]) == ("About pangolins", "Pangolin household")
    assert (profile["email"], profile["phone"]) == (talk.ambassador.email, "+447700900777")
    (offer,) = rows_of(part, "When they were asked to talk to somebody, and what they said")
    assert offer["how"] == "Pangolin talk with [name], [removed]"
    (entry,) = rows_of(part, "Their log of time and mileage")
    assert entry["note"] == "Pangolin with [name]"
    (mail,) = rows_of(part, "Mails that were passed on for them")
    assert "Dear [name], about pangolins\n[quoted]\nI know enough." in mail["text as it was passed on"]
    (offered,) = rows_of(part, "What they chose to share")
    assert offered["words"] in offerings.now_asked().boxes.values()
    assert not re.search(r"\berin\b|erin example|walrus|900123", text, re.IGNORECASE)
    assert talk.case.email not in text and talk.case.reference not in text and "a" * 64 not in text


def test_no_name_of_staff_is_in_it(kent: Council, mina: Client, cast: Cast) -> None:
    talk = agreed(kent)
    with as_council(kent):
        ask_to_check(talk.ambassador, is_over=True)
    (part,), text = taken(mina, talk.ambassador)
    assert "A member of staff" in text
    assert "Mina" not in text and "cora" not in text
    (mail,) = rows_of(part, "Messages")
    assert (mail["to address"], "text" in mail) == ("A member of staff", False)


def test_what_was_sent_to_them_is_in_it_and_opens_nothing(kent: Council, mina: Client, cast: Cast) -> None:
    anna = factories.ambassador(kent)
    with as_council(kent):
        send_invitation(anna, by=cast.mina)
    (part,), text = taken(mina, anna)
    (mail,) = rows_of(part, "Messages")
    assert mail["to address"] == anna.email
    assert "[a link]" in mail["text"]
    assert f"A member of staff of {kent.name} asks whether" in mail["text"]
    assert "/enter/" not in text and "Mina" not in text
    assert rows_of(part, "Recognised again by")
    assert [row["purpose"] for row in rows_of(part, "Links to their pages")] == ["An ambassador’s own pages"]


def test_what_they_agreed_to_is_in_the_words_of_then(kent: Council, mina: Client) -> None:
    anna = factories.ambassador(kent, state="invited", joined_at=None)
    profiles.join(me_of(anna), version=joining.newest())
    (part,), _ = taken(mina, anna)
    (agreed_to,) = rows_of(part, "What they were asked to agree to")
    assert agreed_to["version"] == joining.newest()
    assert "What we keep of you: What you choose to share" in agreed_to["words"]


def test_a_mentor_reads_when_and_not_of_whom(kent: Council, mina: Client) -> None:
    anna, cora = factories.ambassador(kent, is_mentor=True), access_of(factories.coordinator(kent))
    case = factories.enquiry(kent, name="Walrus Example")
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(state=CaseState.IN_ASSESSMENT)
    case.state = CaseState.IN_ASSESSMENT
    made = mentoring.begin(case, anna.pk, by=cora)
    with as_council(kent):
        Talk.objects.create(
            council=kent, ambassador=anna, mentorship=made, on=hub_now().date(), minutes=9, note="Tea with walrus"
        )
    (part,), text = taken(mina, anna)
    assert len(rows_of(part, "When they were a mentor")) == 1
    (mail,) = rows_of(part, "Messages")
    assert (mail["subject"], mail["to address"], "text" in mail) == ("Somebody to be a mentor for", anna.email, False)
    assert rows_of(part, "Their log of time and mileage")[0]["note"] == "Tea with [name]"
    assert "walrus" not in text.casefold()


def test_concerns_and_whom_they_must_not_meet_are_not_in_it_and_that_is_said(kent: Council, mina: Client) -> None:
    talk = agreed(kent)
    conflicts.keep_apart_from_surname(
        talk.ambassador, "Walrus", reason="A walrus", by=access_of(factories.coordinator(kent))
    )
    with as_council(kent):
        Concern.objects.create(
            council=kent,
            concern_id=uuid4(),
            ambassador_key=talk.ambassador.pk,
            said_by="enquirer",
            about="carer",
            text="A walrus",
        )
    (part,), text = taken(mina, talk.ambassador)
    said = [row["what"] for row in rows_of(part, "What is not in this file")]
    assert set(LEFT_OUT.values()) < set(said)
    assert "walrus" not in text.casefold() and "kept_apart" not in text


def test_an_introduction_that_was_never_offered_to_them_is_not_told(kent: Council, mina: Client) -> None:
    anna = factories.ambassador(kent)
    factories.introduction(factories.enquiry(kent), anna, State.NOT_CONFIRMED)
    (part,), _ = taken(mina, anna)
    assert not rows_of(part, "When they were asked to talk to somebody, and what they said")
    assert not rows_of(part, "Conversations that they were asked to have")


def test_what_lies_with_another_council_stands_under_its_name_and_is_written_down_there(
    kent: Council, hampshire: Council, mina: Client, cast: Cast
) -> None:
    talk = agreed(hampshire, kent)
    fill(talk)
    (own, other), text = taken(mina, talk.ambassador)
    assert (own["controller"], other["controller"]) == (kent.name, hampshire.name)
    assert not rows_of(own, "Mails that were passed on for them")
    assert "pangolins" in rows_of(other, "Mails that were passed on for them")[0]["text as it was passed on"]
    assert "walrus" not in text and "Erin" not in text
    for council in (kent, hampshire):
        with as_council(council):
            event = Event.objects.get(verb="ambassador.data_taken_out")
            assert (event.by, event.details.get().old) == (cast.mina, "Anna rang")


def test_only_who_answers_for_rights_and_looks_after_ambassadors_takes_it_out(
    kent: Council, hampshire: Council, cast: Cast, as_user: AsUser, mina: Client
) -> None:
    anna, other = factories.ambassador(kent), factories.ambassador(hampshire)
    cora, address = as_user(factories.coordinator(kent)), reverse(PAGE, args=[anna.pk])
    assert "Everything held on them" in mina.get(address).content.decode()
    assert "Everything held on them" not in cora.get(address).content.decode()
    assert posted(cora, anna).status_code == 403
    assert posted(mina, other).status_code == 404
    assert mina.get(reverse(TAKE_OUT, args=[anna.pk])).status_code == 405


def test_without_a_purpose_nothing_is_taken_out(kent: Council, mina: Client) -> None:
    anna = factories.ambassador(kent)
    answer = posted(mina, anna, purpose="")
    assert answer.status_code == 409
    assert "Say what it is for." in answer.content.decode()
    with as_council(kent):
        assert not Event.objects.filter(verb="ambassador.data_taken_out").exists()


def test_one_who_has_left_is_answered_until_nothing_is_left_of_them(kent: Council, mina: Client) -> None:
    anna = factories.ambassador(kent, state="left", left_at=hub_now() - timedelta(days=3))
    assert posted(mina, anna).status_code == 200
    with as_council(kent):
        Ambassador.objects.filter(pk=anna.pk).update(email="")
    assert posted(mina, anna).status_code == 409
    assert "Everything held on them" not in mina.get(reverse(PAGE, args=[anna.pk])).content.decode()


def test_why_it_was_taken_out_goes_by_its_age() -> None:
    assert "ambassador.data_taken_out" in EXPORTED


def tells_of_ambassadors(model: type[models.Model], whose: Whose) -> bool:
    named = [field for field in model._meta.local_fields if field.name.startswith("ambassador")]
    return whose is Whose.AMBASSADOR or bool(named)


def test_every_table_on_ambassadors_is_in_the_file_or_left_out_for_a_reason() -> None:
    about = {model for model, told in holdings() if tells_of_ambassadors(model, told.whose)}
    read = {model for model, _ in holdings() if own_column(model)}
    assert about >= {Ambassador, Offer, Talk, *LEFT_OUT}
    assert about - read - BY_HAND == set(LEFT_OUT)
    assert not read & set(LEFT_OUT)
