"""A case is erased: nothing of the person is left anywhere, and every figure is as it was."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import ProgrammingError, connections

from councils.access import access_of
from councils.clock import hub_now
from councils.holdings import held_by_case
from councils.households import household_of
from councils.models import (
    Council,
    Door,
    Erasure,
    ErasureRequest,
    Event,
    EventDetail,
    HouseholdKey,
    LegalHold,
    ToDo,
    User,
)
from councils.models.rights import ErasureCause, ErasureState
from councils.refusals import Refused, RoleRefused
from councils.tenancy import as_council
from enquiries import actions
from enquiries.actions.merging import merge
from enquiries.actions.rights import request_erasure
from enquiries.actions.safeguarding import write_safeguarding_note
from enquiries.models import Enquiry, Note, SearchKey
from enquiries.rights import ledger
from enquiries.rights.erasing import erase_pending, replay
from enquiries.states import State
from outbox.models import Message
from outbox.states import State as MessageState
from tests import factories
from tests.rights.canaries import WORD, fill, found_in_tables
from tests.rights.figures import settle_mail


def ask(case: Enquiry, by: User, cause: ErasureCause = ErasureCause.ASKED) -> list[ErasureRequest]:
    return request_erasure(case, cause=cause, by=access_of(by))


def again(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.get(pk=case.pk)


def test_nothing_of_a_person_is_left_in_any_table_and_no_log(
    kent: Council, mina: User, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    case = factories.enquiry(kent, name=f"{WORD} Example", email=f"{WORD}@example.org", message=f"My {WORD}")
    settle_mail(kent)
    fill(case, by=mina)
    told = {model._meta.db_table for model, told in held_by_case() if told.fields}
    assert told <= set(found_in_tables(WORD, "+447700900123"))
    ask(case, mina)
    assert erase_pending() == 1
    assert found_in_tables(WORD, "7700900123") == []
    assert WORD not in "".join(capfd.readouterr()) + caplog.text
    assert WORD not in Path(settings.ERASURE_LEDGER).read_text()


def test_an_open_case_ends_as_withdrawn_and_its_mail_is_not_sent(kent: Council, mina: User) -> None:
    case = factories.enquiry(kent)
    ask(case, mina)
    erase_pending()
    gone = again(case)
    assert (gone.state, gone.name, gone.email, gone.next_due_at) == (State.WITHDRAWN, "Erased", "", None)
    with as_council(kent):
        assert {message.state for message in Message.objects.filter(subject_id=case.pk)} == {MessageState.CANCELLED}
        assert not ToDo.objects.filter(subject_id=case.pk, done_at=None).exists()
        event = Event.objects.get(subject_id=case.pk, verb="enquiry.erased")
        assert event.facts == {"cause": "asked", "old_state": "new", "state": "withdrawn"}
    assert not Door.objects.filter(subject_id=case.pk).exists()


def test_an_erased_case_is_found_by_no_search_and_takes_nothing_new(kent: Council, mina: User, kate: User) -> None:
    case = factories.enquiry(kent)
    ask(case, mina)
    erase_pending()
    with as_council(kent):
        assert not SearchKey.objects.exists()
        for typed in ("Erin", "erin@example.org", case.reference, "07700900123"):
            assert not Enquiry.objects.all().matching(typed).exists()
    for write in (
        lambda: actions.add_note(case, "Erin again", by=access_of(kate)),
        lambda: write_safeguarding_note(case, "Erin", by=access_of(mina)),
    ):
        with pytest.raises(Refused):
            write()
    with as_council(kent):
        assert not Note.objects.exists()


def test_a_hold_stops_it_until_it_is_lifted(kent: Council, mina: User) -> None:
    case = factories.enquiry(kent)
    (request,) = ask(case, mina)
    with as_council(kent):
        hold = LegalHold.objects.create(council=kent, subject_id=case.pk, reason="A claim", placed_by=mina)
    assert erase_pending() == 0
    assert again(case).name == "Erin Example"
    with as_council(kent):
        assert ErasureRequest.objects.get(pk=request.pk).state == ErasureState.HELD
        LegalHold.objects.filter(pk=hold.pk).update(lifted_at=hub_now(), lifted_by=mina)
    assert erase_pending() == 1
    with as_council(kent):
        assert ErasureRequest.objects.get(pk=request.pk).state == ErasureState.DONE


def test_a_held_case_cannot_be_asked_for(kent: Council, mina: User) -> None:
    case = factories.enquiry(kent)
    with as_council(kent):
        LegalHold.objects.create(council=kent, subject_id=case.pk, reason="A claim", placed_by=mina)
    with pytest.raises(Refused, match="legal hold"):
        ask(case, mina)


def test_an_officer_may_not_ask(kent: Council, kate: User) -> None:
    with pytest.raises(RoleRefused):
        ask(factories.enquiry(kent), kate)


def test_mail_in_a_senders_hands_is_waited_for(kent: Council, mina: User) -> None:
    case = factories.enquiry(kent)
    with as_council(kent):
        message = Message.objects.filter(subject_id=case.pk, to_staff=False)[0]
        leased = {"state": MessageState.LEASED, "lease_until": hub_now(), "started_at": hub_now()}
        Message.objects.filter(pk=message.pk).update(**leased)
    ask(case, mina)
    assert erase_pending() == 0
    assert again(case).erased_at is None
    with as_council(kent):
        assert Message.objects.get(pk=message.pk).cancel_asked
        ended = {"state": MessageState.SENT, "lease_until": None, "started_at": None, "settled_at": hub_now()}
        Message.objects.filter(pk=message.pk).update(**ended, smtp_reply="250 erin@example.org ok")
    assert erase_pending() == 1
    with as_council(kent):
        assert Message.objects.get(pk=message.pk).smtp_reply == "erased"


def test_doing_it_twice_changes_nothing_more(kent: Council, mina: User) -> None:
    case = factories.enquiry(kent)
    ask(case, mina)
    assert (erase_pending(), erase_pending()) == (1, 0)
    with pytest.raises(Refused, match="already"):
        ask(case, mina)
    with as_council(kent):
        assert Erasure.objects.count() == 1
    assert len(list(ledger.read(Path(settings.ERASURE_LEDGER)))) == 1


def test_a_case_opened_again_is_not_erased_for_its_age(kent: Council, mina: User) -> None:
    case = factories.enquiry(kent)
    ask(case, mina, ErasureCause.RETENTION)
    assert erase_pending() == 0
    assert again(case).erased_at is None
    with as_council(kent):
        assert not ErasureRequest.objects.exists()


def test_each_council_erases_its_own_part(kent: Council, hampshire: Council, mina: User) -> None:
    here = factories.enquiry(kent, email="both@example.org")
    there = factories.enquiry(hampshire, email="both@example.org")
    ask(here, mina)
    erase_pending()
    assert again(there).email == "both@example.org"
    assert household_of(hampshire, email="both@example.org", phone="") == there.household_id
    assert not HouseholdKey.objects.filter(council=kent).exists()


def test_what_was_joined_goes_together_and_alone_leaves_no_key(kent: Council, mina: User, kate: User) -> None:
    kept = factories.enquiry(kent, name="Kept Person", email="kept@example.org", phone="+447700900111")
    other = factories.enquiry(kent, name="Other Person", email="other@example.org", phone="+447700900222")
    merge(kept=kept, merged=other, by=access_of(kate))
    with as_council(kent):
        ErasureRequest.objects.create(council=kent, subject_id=other.pk, cause=ErasureCause.MISTAKE)
    assert erase_pending() == 1
    with as_council(kent):
        keys = set(SearchKey.objects.values_list("key", flat=True))
    assert "kept@example.org" in keys
    assert not {"other", "other@example.org", "7700900222"} & keys
    assert {request.subject_id for request in ask(kept, mina)} == {kept.pk}


def test_asking_for_one_of_two_joined_cases_asks_for_both(kent: Council, mina: User, kate: User) -> None:
    kept, other = factories.enquiry(kent, email="a@example.org"), factories.enquiry(kent, email="b@example.org")
    merge(kept=kept, merged=other, by=access_of(kate))
    assert {request.subject_id for request in ask(other, mina)} == {kept.pk, other.pk}
    assert erase_pending() == 2


def test_a_restored_backup_is_erased_again(kent: Council, mina: User) -> None:
    case, path = factories.enquiry(kent), Path(settings.ERASURE_LEDGER)
    ledger.append(path, ledger.Line(hub_now(), "kent", case.pk, ErasureCause.ASKED))
    with path.open("a") as file:
        file.write('{"at": "2026-')  # cut short by a crash
    assert (replay(path), replay(path)) == (1, 0)
    assert again(case).name == "Erased"
    assert [line.case for line in ledger.read(path)] == [case.pk, case.pk]


def test_the_eraser_may_do_this_and_nothing_else(kent: Council) -> None:
    refused = (
        "DELETE FROM councils_event",
        "UPDATE councils_event SET verb = 'x'",
        "UPDATE enquiries_enquiry SET reference = 'x'",
        "INSERT INTO enquiries_note DEFAULT VALUES",
        "DELETE FROM enquiries_enquiry",
        "DELETE FROM councils_erasure",
        "SELECT password FROM councils_user",
        "SELECT session_data FROM django_session",
    )
    for statement in refused:
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            connections["eraser"].cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_app_cannot_delete_what_happened_nor_write_the_ledger(kent: Council, mina: User) -> None:
    factories.enquiry(kent)
    for write in (
        lambda: Event.objects.all().delete(),
        lambda: EventDetail.objects.all().delete(),
        lambda: Erasure.objects.create(council=kent, subject_id=kent_uuid(), cause=ErasureCause.ASKED),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), as_council(kent):
            write()


def kent_uuid() -> str:
    return "00000000-0000-4000-8000-000000000001"
