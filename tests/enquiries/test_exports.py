"""Lists taken out: who may, which columns, what stands in a cell, how many, and what is written down about it."""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from councils.access import access_of
from councils.models import Council, Event, EventDetail, Membership, User
from councils.roles import Role
from councils.tenancy import across, as_council
from councils.working_time import LONDON
from enquiries import actions, exports
from enquiries.actions.safeguarding import write_safeguarding_note
from enquiries.exports import CONTACTS, WORK
from enquiries.exports_files import harmless
from enquiries.models import Enquiry, SearchKey
from enquiries.search import SearchKind
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
EXPORT = reverse("admin:enquiries_enquiry_export")
WHY = {"purpose": "meeting", "words": "For Monday’s meeting"}
CSV, XLSX = {**WHY, "file": "csv"}, {**WHY, "file": "xlsx"}
WITH_CONTACTS = {"contacts": "on"}


@pytest.fixture
def mina(cast: Cast, as_user: AsUser) -> Client:
    return as_user(cast.mina)


@pytest.fixture
def hannah(office: Council, cast: Cast) -> User:
    return factories.user("Hannah", office, Role.HUB_MANAGER)


def lines(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def sheet(answer: Any) -> Any:
    return load_workbook(io.BytesIO(answer.content)).active


def exported(council: Council) -> list[Event]:
    with as_council(council):
        return list(Event.objects.filter(council=council, verb="cases.exported"))


def test_a_manager_takes_the_list_out_as_csv(kent: Council, mina: Client, move_clock: Callable[..., None]) -> None:
    move_clock(datetime(2026, 7, 6, 23, 30, tzinfo=LONDON))
    case = factories.enquiry(kent, name="Zebedee")
    answer = mina.post(EXPORT, CSV)
    assert answer["Content-Disposition"] == 'attachment; filename="enquiries-2026-07-06.csv"'
    assert "no-store" in answer["Cache-Control"]
    assert answer.content.startswith(b"\xef\xbb\xbf"), "Excel reads UTF-8 only after this mark"
    (row,) = lines(answer)
    assert list(row) == [column.name for column in WORK]
    assert (row["Reference"], row["State"], row["Received"]) == (case.reference, "New", "2026-07-06 23:30")
    assert "Zebedee" not in answer.content.decode()


def test_the_same_as_xlsx_with_days_and_times_that_are_such(kent: Council, mina: Client) -> None:
    case = factories.enquiry(kent)
    table = sheet(mina.post(EXPORT, XLSX))
    head, row = list(table.iter_rows(values_only=True))
    told = dict(zip(head, row, strict=True))
    assert told["Reference"] == case.reference
    assert isinstance(told["Received"], datetime)
    assert isinstance(told["State since"], datetime)


def test_names_and_numbers_are_taken_out_only_when_asked_for(kent: Council, mina: Client) -> None:
    factories.enquiry(kent, name="Zoë Ødegård")
    (row,) = lines(mina.post(EXPORT, CSV | WITH_CONTACTS))
    assert (row["Name"], row["Email"], row["Phone"]) == ("Zoë Ødegård", "erin@example.org", "07700 900123")


def test_the_hubs_manager_takes_out_no_names(kent: Council, hannah: User, as_user: AsUser) -> None:
    factories.enquiry(kent, name="Ken Example")
    client = as_user(hannah)
    assert b"id_contacts" not in client.get(EXPORT).content
    answer = client.post(EXPORT, CSV | WITH_CONTACTS)
    (row,) = lines(answer)
    assert list(row) == [column.name for column in WORK]
    assert "Ken Example" not in answer.content.decode()


def test_contact_details_stay_empty_where_one_does_not_manage_the_council_itself(
    kent: Council, hampshire: Council, cast: Cast, office: Council, as_user: AsUser
) -> None:
    Membership.objects.create(user=cast.mina, council=office, role=Role.HUB_MANAGER)
    factories.enquiry(kent, name="Ken")
    factories.enquiry(hampshire, name="Hana")
    rows = lines(as_user(cast.mina).post(EXPORT, CSV | WITH_CONTACTS))
    assert {row["Council"]: (row["Name"], row["Postcode"]) for row in rows} == {
        "Kent County Council": ("Ken", "ME14 1XX"),
        "Hampshire County Council": ("", ""),
    }


@pytest.mark.parametrize("who", ["kate", "olu", "rhea"])
def test_nobody_else_takes_anything_out(kent: Council, cast: Cast, as_user: AsUser, who: str) -> None:
    factories.enquiry(kent)
    client = as_user(getattr(cast, who))
    assert client.get(EXPORT).status_code == 403
    assert client.post(EXPORT, CSV).status_code == 403
    assert exported(kent) == []


def test_another_councils_cases_are_not_in_the_file(
    kent: Council, hampshire: Council, cast: Cast, as_user: AsUser
) -> None:
    """Not even where one is an officer there, nor by naming the council."""
    Membership.objects.create(user=cast.mina, council=hampshire, role=Role.OFFICER)
    factories.enquiry(kent)
    factories.enquiry(hampshire)
    client = as_user(cast.mina)
    assert {row["Council"] for row in lines(client.post(EXPORT, CSV))} == {"Kent County Council"}
    assert lines(client.post(EXPORT, CSV | {"council": hampshire.pk})) == []
    assert "Hampshire County Council" in client.get(EXPORT).content.decode(), "it says what is left out"
    assert exported(hampshire) == []


def test_the_file_has_what_the_list_is_narrowed_to(kent: Council, mina: Client, cast: Cast) -> None:
    factories.enquiry(kent, name="Ken", email="ken@example.org")
    factories.enquiry(kent, name="Zoe", email="zoe@example.org", kind="transfer")
    assert len(lines(mina.post(EXPORT, CSV))) == 2
    assert [row["Type"] for row in lines(mina.post(EXPORT, CSV | {"kind": "transfer"}))] == [
        "Transfer from another agency or council"
    ]
    assert [row["Name"] for row in lines(mina.post(EXPORT, CSV | WITH_CONTACTS | {"typed": "zoe"}))] == ["Zoe"]


def test_a_get_takes_nothing_out_and_a_search_by_address_is_none(kent: Council, mina: Client) -> None:
    factories.enquiry(kent, name="Ken")
    answer = mina.get(EXPORT, CSV | {"typed": "Nobody"})
    assert answer["Content-Type"].startswith("text/html")
    assert "<strong>1 enquiry</strong>" in answer.content.decode()
    assert exported(kent) == []


@pytest.mark.parametrize(
    ("left_out", "told"),
    [("purpose", "Choose what the list is for."), ("words", "Say in your own words what the list is for.")],
)
def test_without_a_purpose_nothing_leaves(kent: Council, mina: Client, left_out: str, told: str) -> None:
    factories.enquiry(kent)
    answer = mina.post(EXPORT, CSV | {left_out: ""})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert exported(kent) == []


def test_what_was_typed_and_what_was_searched_for_is_still_there_after_a_refusal(kent: Council, mina: Client) -> None:
    factories.enquiry(kent, name="Ken")
    page = mina.post(EXPORT, CSV | {"purpose": "", "typed": "ken"}).content.decode()
    assert "For Monday’s meeting" in page
    assert '<input type="hidden" name="typed" value="ken">' in page


def test_who_took_what_out_and_why_is_written_down_without_a_name(kent: Council, mina: Client, cast: Cast) -> None:
    factories.enquiry(kent, name="Ken", email="ken@example.org")
    mina.post(EXPORT, CSV | WITH_CONTACTS | {"typed": "ken", "state": "new"})
    (event,) = exported(kent)
    assert event.by == cast.mina
    assert event.facts | {"export": ""} == {
        "purpose": "meeting",
        "columns": [column.name for column in (*WORK, *CONTACTS)],
        "narrowed": {"state": "new", "searched": True},
        "file": "csv",
        "rows": 1,
        "export": "",
    }
    with as_council(kent):
        assert EventDetail.objects.get(event=event).old == "For Monday’s meeting"


def test_each_council_is_told_of_its_own_rows(kent: Council, hampshire: Council, hannah: User, as_user: AsUser) -> None:
    for number, council in enumerate((kent, kent, hampshire)):
        factories.enquiry(council, email=f"somebody{number}@example.org", phone="")
    as_user(hannah).post(EXPORT, CSV)
    (in_kent,), (in_hampshire,) = exported(kent), exported(hampshire)
    assert in_hampshire.facts["rows"] == 1
    assert in_kent.facts["rows"] == 2
    assert in_kent.facts["export"] == in_hampshire.facts["export"]


def test_an_empty_list_says_so_and_is_written_down_when_taken_out_all_the_same(kent: Council, mina: Client) -> None:
    assert "There is no enquiry on this list" in mina.get(EXPORT).content.decode()
    assert lines(mina.post(EXPORT, CSV)) == []
    assert [event.facts["rows"] for event in exported(kent)] == [0]


@pytest.mark.parametrize("typed", ["=1+1", "+44", "-2", "@SUM(A1)", "\tx", "\rx", "\n=x", "  =1+1", "＝1+1", "＠x"])
def test_what_a_spreadsheet_would_run_is_made_a_text(typed: str) -> None:
    assert harmless(typed) == f"'{typed}"


@pytest.mark.parametrize("typed", ["", "Ken", "O’Neill", "07700 900123", "a=b", "Smith-Jones", "x@example.org"])
def test_what_is_harmless_stays_as_it_was(typed: str) -> None:
    assert harmless(typed) == typed


def test_a_formula_in_somebodys_answers_is_a_text_in_both_files(kent: Council, mina: Client) -> None:
    case = factories.enquiry(kent, name="Ken")
    formula = '=HYPERLINK("http://example.org","Ken")'
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(name=formula, case_number="+1;\x0b\t2")
    (row,) = lines(mina.post(EXPORT, CSV | WITH_CONTACTS))
    assert (row["Name"], row["Case number"]) == (f"'{formula}", "'+1;\x0b\t2")
    table = sheet(mina.post(EXPORT, XLSX | WITH_CONTACTS))
    (name,) = (cell for cell in table[2] if cell.value == formula)
    assert (name.data_type, name.quotePrefix) == ("s", True)


def test_a_list_that_is_too_long_says_so_and_how_to_narrow_it(kent: Council, mina: Client) -> None:
    first = factories.enquiry(kent)
    make_copies(first, 4_999)
    assert len(lines(mina.post(EXPORT, CSV))) == 5_000
    make_copies(first, 1, named="X")
    answer = mina.post(EXPORT, CSV)
    assert answer.status_code == 422
    assert "more than 5,000 enquiries" in answer.content.decode()
    assert [event.facts["rows"] for event in exported(kent)] == [5_000]
    assert len(lines(mina.post(EXPORT, CSV | {"state": "visited"}))) == 0


def test_a_search_that_finds_more_than_the_list_shows_is_taken_out_whole(kent: Council, mina: Client) -> None:
    first = factories.enquiry(kent, name="Ken")
    make_copies(first, 1_000)
    with as_council(kent):
        copies = Enquiry.objects.filter(reference__startswith="C-").values_list("pk", flat=True)
        SearchKey.objects.bulk_create(
            SearchKey(council=kent, enquiry_id=pk, kind=SearchKind.NAME, key="ken") for pk in copies
        )
    assert len(lines(mina.post(EXPORT, CSV | {"typed": "Ken"}))) == 1_001


def make_copies(case: Enquiry, number: int, *, named: str = "C") -> None:
    values = {field.attname: getattr(case, field.attname) for field in Enquiry._meta.concrete_fields}
    with as_council(case.council_id):
        Enquiry.objects.bulk_create(
            Enquiry(**values | {"id": uuid4(), "reference": f"{named}-{each}"}) for each in range(number)
        )


def test_notes_messages_and_the_safeguarding_roles_words_are_in_no_file(kent: Council, mina: Client) -> None:
    case = factories.enquiry(kent, message="I keep a heron")
    lead = access_of(factories.user("Sade", kent, Role.SAFEGUARDING))
    write_safeguarding_note(case, "A pangolin", by=lead)
    with as_council(kent):
        actions.add_note(case, "An okapi", by=access_of(User.objects.get(name="Kate")))
    for file in (CSV, XLSX):
        answer = mina.post(EXPORT, file | WITH_CONTACTS)
        text = str([[cell.value for cell in row] for row in sheet(answer)]) if file is XLSX else answer.content.decode()
        assert case.reference in text
        assert [word for word in ("heron", "pangolin", "okapi", "afeguard") if word in text] == []


def test_the_file_costs_the_same_queries_for_one_row_and_for_ten(kent: Council, mina: Client) -> None:
    costs = []
    for number in range(10):
        factories.enquiry(kent, email=f"ken{number}@example.org")
        if number in (0, 9):
            with CaptureQueriesContext(connection) as queries:
                mina.post(EXPORT, CSV)
            costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_table_holds_only_what_the_person_may_see(kent: Council, hampshire: Council, cast: Cast) -> None:
    factories.enquiry(kent)
    access = access_of(cast.mina)
    with across(access.councils, reason="test"):
        made = exports.table(list(Enquiry.objects.select_related("council", "owner")), contacts=False, access=access)
    assert len(made.rows) == 1
