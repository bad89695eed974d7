"""A council's own list comes in: whole or not at all, nobody twice, nothing sent, and it can be taken back."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError

from councils.access import access_of
from councils.households import household_of
from councils.models import Council, Event, ToDo, User
from councils.roles import Role
from councils.tenancy import as_council
from councils.working_time import in_london
from enquiries import tasks
from enquiries.actions.merging import merge
from enquiries.models import Enquiry, Note, SearchKey, Submission
from enquiries.states import Channel, RouteChoice, State
from lafse.verification import verify
from outbox.models import Message
from tests import factories
from tests.conftest import Cast
from tests.enquiries.brought_in import Run, bring, cases, counted, lafse_councils, number_in, tuesday
from tests.enquiries.lists import csv_of, nth, row, xlsx_of

__all__ = ["bring", "lafse_councils", "tuesday"]  # fixtures


def test_a_row_becomes_a_case_as_the_list_says(bring: Run, kent: Council, cast: Cast, tmp_path: Path) -> None:
    told = {"Allocated_to_(email)": "Kate@example.org", "Case_number": "M-17", "Partner": "Robin Example"}
    bring(csv_of(tmp_path, row(**told, Status_since="10/11/2026")))
    (case,) = cases(kent)
    assert (case.name, case.email, case.phone) == ("Erin Example", "erin@example.org", "+447700900123")
    assert (case.state, case.channel, case.case_number) == (State.IN_CONTACT, Channel.OTHER, "M-17")
    assert (case.owner, case.second_adult, case.send_nothing) == (cast.kate, "Robin Example", True)
    assert in_london(case.created_at).strftime("%d/%m %H:%M") == "02/11 09:00"
    assert case.state_since and case.state_since.isoformat() == "2026-11-10"
    assert case.promise_kept_at and in_london(case.promise_kept_at).strftime("%d/%m") == "03/11"
    assert case.next_due_at and in_london(case.next_due_at).strftime("%d/%m %H:%M") == "25/11 17:00"


def test_it_is_found_routed_and_noted_like_any_other(bring: Run, kent: Council, cast: Cast, tmp_path: Path) -> None:
    bring(csv_of(tmp_path, row()))
    with as_council(kent):
        case = Enquiry.objects.get()
        assert case in Enquiry.objects.matching("erin") and case in Enquiry.objects.matching("07700900123")
        assert (case.route_choice, case.check_council, case.route_outcome) == (RouteChoice.ROUTED, False, "exact")
        note = Note.objects.get(enquiry=case)
        assert (note.text, note.by) == ("Has a spare room.", cast.mina)
        event = Event.objects.get(verb="enquiry.imported", subject_id=case.pk)
        assert (event.by, event.facts["row"]) == (cast.mina, 2)
        assert Submission.objects.get(enquiry=case).answers["name"] == "Erin Example"
        assert household_of(kent, email="erin@example.org", phone="") == case.household_id


def test_a_postcode_of_another_council_puts_the_council_in_doubt(bring: Run, kent: Council, tmp_path: Path) -> None:
    bring(csv_of(tmp_path, row(Postcode="SO23 8UJ")))
    (case,) = cases(kent)
    assert (case.council_id, case.check_council, case.route_choice) == (kent.pk, True, RouteChoice.STAFF_CHOICE)


@pytest.mark.parametrize(
    ("given", "due", "kept"),
    [
        ({"First_contact_made_on": ""}, "03/11", None),
        ({"First_contact_made_on": "", "First_contact_due_by": "27/11/2026"}, "27/11", None),
        ({"First_contact_due_by": "5/11/2026"}, "05/11", "03/11"),
    ],
)
def test_the_promise_stands_as_given(
    given: dict[str, object], due: str, kept: str | None, bring: Run, kent: Council, tmp_path: Path
) -> None:
    bring(csv_of(tmp_path, row(Status="new", **given)))
    (case,) = cases(kent)
    assert in_london(case.promise_due_at).strftime("%d/%m") == due
    assert (in_london(case.promise_kept_at).strftime("%d/%m") if case.promise_kept_at else None) == kept
    assert case.next_due_at and case.next_due_at > datetime.fromisoformat("2026-11-24T10:00:00+00:00")


def test_a_first_contact_without_a_day_is_not_said_to_be_late(bring: Run, kent: Council, tmp_path: Path) -> None:
    bring(csv_of(tmp_path, nth(1, First_contact_made_on=""), nth(2, First_contact_made_on="20/11/2026")))
    unknown, late = cases(kent)
    assert unknown.promise_kept_at and unknown.promise_kept_at <= unknown.promise_due_at
    assert late.promise_kept_at and late.promise_kept_at > late.promise_due_at


def test_on_hold_waits_for_its_day(bring: Run, kent: Council, tmp_path: Path) -> None:
    bring(csv_of(tmp_path, row(Status="On hold", Contact_again_on="1/2/2027")))
    (case,) = cases(kent)
    assert case.state == State.NOT_YET and case.wake_on and case.wake_on.isoformat() == "2027-02-01"
    assert case.next_follow_up_at and case.next_follow_up_at.date() <= case.wake_on


def test_nothing_is_sent(
    bring: Run, kent: Council, tmp_path: Path, move_clock: Callable[[datetime], None], tuesday: datetime
) -> None:
    given: list[dict[str, object]] = [
        {"Status": "new", "First contact made on": ""},
        {"Status": "In contact"},
        {"Status": "Visit booked", "Visit date": "26/11/2026 14:00"},
        {"Status": "On hold", "Contact again on": "25/11/2026"},
        {"Status": "Applied", "Applied on": "20/11/2026"},
    ]
    bring(csv_of(tmp_path, *(nth(number) | each for number, each in enumerate(given))))
    with as_council(kent):
        assert not Message.objects.exists()
    move_clock(datetime.fromisoformat("2026-11-25T10:00:00+00:00"))
    for task in tasks.EACH_MINUTE:
        task()
    with as_council(kent):
        assert not Message.objects.filter(to_staff=False).exists()
        assert not Message.objects.filter(kind="promise_missed").exists()
        assert ToDo.objects.filter(kind="wake_up").exists()


def test_a_try_touches_nothing(bring: Run, lafse_councils: list[Council], tmp_path: Path) -> None:
    before = counted(lafse_councils)
    said = bring(csv_of(tmp_path, nth(1), nth(2), nth(3, Status="?")), dry_run=True, by=None)
    assert "3 rows, 2 can be brought in, 1 cannot" in said and "This was a try" in said
    assert counted(lafse_councils) == before


def test_one_bad_row_keeps_all_out(bring: Run, lafse_councils: list[Council], tmp_path: Path) -> None:
    before, path = counted(lafse_councils), csv_of(tmp_path, nth(1), nth(2, Status="?"))
    with pytest.raises(CommandError, match="Nothing was brought in"):
        bring(path)
    assert counted(lafse_councils) == before


def test_bad_rows_can_be_left_out_and_come_back_in_a_file(bring: Run, kent: Council, tmp_path: Path) -> None:
    path = csv_of(tmp_path, nth(1), nth(2, Status="?", Notes="=1+1"))
    said = bring(path, skip_bad_rows=True)
    refused = tmp_path / "list.csv.not-imported.csv"
    assert "1 rows were left out" in said and len(cases(kent)) == 1
    text = refused.read_text(encoding="utf-8-sig")
    assert "Status “?” is not one of our words" in text and "'=1+1" in text and "Person1" not in text
    corrected = tmp_path / "again.csv"
    corrected.write_text(text.replace(",?,", ",In contact,"), encoding="utf-8")
    bring(corrected)
    with as_council(kent):
        assert Note.objects.filter(text="=1+1").count() == 1


def test_the_same_person_twice_in_the_list_comes_once(bring: Run, kent: Council, tmp_path: Path) -> None:
    again = nth(1, Email="other@example.org", Name="P. Example")
    said = bring(csv_of(tmp_path, nth(1), again, nth(2, Email="PERSON1@example.org")))
    assert "Row 3 is left out. The same phone as row 2." in said
    assert "Row 4 is left out. The same email as row 2." in said
    assert len(cases(kent)) == 1


def test_who_is_here_already_comes_not_twice(bring: Run, kent: Council, tmp_path: Path) -> None:
    standing = factories.enquiry(kent, email="person1@example.org", phone="+447700900999")
    said = bring(csv_of(tmp_path, nth(1), nth(2)))
    assert f"Row 2 is left out. The same email as {standing.reference}, which is here already." in said
    assert len(cases(kent)) == 2


@pytest.mark.parametrize("joined", [0, 1])  # whichever of the two is read first
def test_an_ended_case_hides_no_standing_one(
    joined: int, bring: Run, kent: Council, cast: Cast, tmp_path: Path
) -> None:
    both = [factories.enquiry(kent, phone="+447700900201") for _ in range(2)]
    merge(kept=both[1 - joined], merged=both[joined], by=access_of(cast.mina))
    said = bring(csv_of(tmp_path, nth(1), nth(2)))
    assert f"Row 2 is left out. The same phone as {both[1 - joined].reference}, which is here already." in said


def test_another_councils_enquirer_is_nobodys_news(
    bring: Run, kent: Council, hampshire: Council, tmp_path: Path
) -> None:
    factories.enquiry(hampshire, email="person1@example.org", phone="")
    said = bring(csv_of(tmp_path, nth(1)))
    assert "here already" not in said and len(cases(kent)) == 1 and len(cases(hampshire)) == 1


def test_the_same_file_is_refused(bring: Run, kent: Council, tmp_path: Path) -> None:
    path = csv_of(tmp_path, nth(1), nth(2))
    bring(path)
    with as_council(kent):  # as if nobody were known any more
        SearchKey.objects.all().delete()
    with pytest.raises(CommandError, match="brought in on 24/11/2026"):
        bring(path)
    assert len(cases(kent)) == 2


def test_who_brings_it_in_works_there(bring: Run, kent: Council, tmp_path: Path) -> None:
    path = csv_of(tmp_path, nth(1))
    for by, said in (("hal@example.org", "Your role"), ("nobody@example.org", "Who brings"), ("", "Who brings")):
        with pytest.raises(CommandError, match=said):
            bring(path, by=by)
    assert cases(kent) == []


def test_an_owner_must_work_there(bring: Run, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        bring(csv_of(tmp_path, nth(1, **{"Allocated to (email)": "hal@example.org"})))


@pytest.mark.parametrize(
    ("options", "said"),
    [({"council": "atlantis"}, "Whose list is it"), ({"council": None}, "Whose list is it"), ({}, "Which file")],
)
def test_what_is_missing_is_asked_for(options: dict[str, object], said: str, bring: Run) -> None:
    with pytest.raises(CommandError, match=said):
        bring(None, **options)


def test_a_bad_file_is_a_sentence(bring: Run, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("")
    with pytest.raises(CommandError, match="The file is empty"):
        bring(tmp_path / "list.csv")


def test_a_manager_of_excel_brings_in_excel(bring: Run, kent: Council, tmp_path: Path) -> None:
    bring(xlsx_of(tmp_path, nth(1), nth(2)))
    assert len(cases(kent)) == 2


def test_a_living_hub_finds_nothing_wrong_with_it(bring: Run, cast: Cast, tmp_path: Path) -> None:
    said = bring(csv_of(tmp_path, nth(1), nth(2)))
    assert [finding for finding in verify() if not finding.holds] == []
    bring(undo=number_in(said))
    assert [finding for finding in verify() if not finding.holds] == []


def test_the_page_of_an_imported_case_opens(
    bring: Run, kent: Council, cast: Cast, as_user: Callable[[User], "object"], tmp_path: Path
) -> None:
    bring(csv_of(tmp_path, nth(1)))
    (case,) = cases(kent)
    page = as_user(cast.kate).get(f"/staff/enquiries/enquiry/{case.pk}/change/")  # type: ignore[attr-defined]  # Client
    assert page.status_code == 200 and "Brought in from the council’s own list" in page.content.decode()


def test_a_role_that_works_no_cases_brings_none_in(bring: Run, kent: Council, tmp_path: Path) -> None:
    factories.user("Cora", kent, Role.COORDINATOR)
    with pytest.raises(CommandError, match="Your role"):
        bring(csv_of(tmp_path, nth(1)), by="cora@example.org")
