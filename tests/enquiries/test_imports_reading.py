"""What may stand in a council's list, and what it is told where something may not."""

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook

from enquiries.contact_details import DetailRefused
from enquiries.imports import cells, sheets
from enquiries.imports.cells import STATES, CellRefused
from enquiries.imports.files import harmless, write_template
from enquiries.imports.headings import KNOWN, Column, NoHeadings, headings_of
from enquiries.imports.rows import Wanted, read_row
from enquiries.imports.sheets import BadFile, Sheet
from enquiries.states import FostersWith, Kind, State, Way
from tests.enquiries.lists import csv_of, lines, nth, row, xlsx_of

TODAY = date(2026, 11, 24)


def read(path: Path) -> list[Wanted | list[str]]:
    sheet = sheets.read(path)
    return [read_row(number, filled, sheet.headings, today=TODAY) for number, filled in sheet.rows]


def problems(folder: Path, **changed: object) -> list[str]:
    (found,) = read(csv_of(folder, row(**changed)))
    assert isinstance(found, list)
    return found


def wanted(folder: Path, **changed: object) -> Wanted:
    (found,) = read(csv_of(folder, row(**changed)))
    assert isinstance(found, Wanted), found
    return found


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3/11/2026", date(2026, 11, 3)),
        ("03.11.26", date(2026, 11, 3)),
        ("3-11-2026", date(2026, 11, 3)),
        ("2026-11-03", date(2026, 11, 3)),
        ("2026-11-03 00:00:00", date(2026, 11, 3)),
        ("3 Nov 2026", date(2026, 11, 3)),
        ("Tuesday, 3rd November 2026", date(2026, 11, 3)),
        ("3-Nov-26", date(2026, 11, 3)),
        ("3/11/2026 14:30", date(2026, 11, 3)),
        ("3/11/2026 at 2:30pm", date(2026, 11, 3)),
        ("46329", date(2026, 11, 3)),
        (46329, date(2026, 11, 3)),
        (46329.0, date(2026, 11, 3)),
        (datetime(2026, 11, 3, 14, 30), date(2026, 11, 3)),
        (date(2026, 11, 3), date(2026, 11, 3)),
        ("", None),
        (None, None),
    ],
)
def test_a_day_is_read_as_britons_and_excel_write_it(written: cells.Cell, meant: date | None) -> None:
    assert cells.day(written) == meant


@pytest.mark.parametrize("written", ["31/2/2026", "11/25/2026", "soon", "²", "2026", "3/11", "1e5", "13/13/13"])
def test_what_is_no_day_is_said_so(written: str) -> None:
    with pytest.raises(CellRefused, match="no day that we can read"):
        cells.day(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3/11/2026 14:30", time(14, 30)),
        ("3/11/2026 at 2.30pm", time(14, 30)),
        (datetime(2026, 11, 3, 9, 15), time(9, 15)),
        (datetime(2026, 11, 3), None),
        ("3/11/2026", None),
    ],
)
def test_the_hour_of_a_visit_is_read_beside_its_day(written: cells.Cell, meant: time | None) -> None:
    assert cells.clock(written) == meant


@pytest.mark.parametrize(
    "written",
    ["07700 900123", 7700900123, "7700900123", 7700900123.0, "447700900123", "+44 7700 900123", "'07700900123"],
)
def test_a_number_that_the_spreadsheet_spoilt_is_mended(written: cells.Cell) -> None:
    assert cells.phone(written) == "+447700900123"


def test_a_landline_gets_its_zero_back() -> None:
    assert cells.phone(1632960123) == "+441632960123"


def test_a_rounded_number_is_refused() -> None:
    with pytest.raises(CellRefused, match="rounded by the spreadsheet"):
        cells.phone("7.7009E+09")


def test_two_numbers_in_a_cell_are_refused() -> None:
    with pytest.raises(DetailRefused):
        cells.phone("07700 900123 / 07700 900124")


def test_every_state_has_a_word_and_no_word_two_meanings() -> None:
    assert set(STATES.values()) == set(State)
    assert STATES["roi received"] == State.APPLIED and STATES["iv booked"] == State.VISIT_BOOKED
    assert set(KNOWN.values()) == set(Column)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("NAME ", Column.NAME),
        ("E-mail Address", Column.EMAIL),
        ("Tel. No.", Column.PHONE),
        ("Post-code", Column.POSTCODE),
        ("Date received:", Column.CAME_ON),
        ("Current Stage", Column.STATUS),
        ("Allocated Worker", Column.OWNER),
    ],
)
def test_headings_are_known_however_they_are_written(heading: str, column: Column) -> None:
    known = {"Name": Column.NAME, "Email": Column.EMAIL, "Date of enquiry": Column.CAME_ON, "Status": Column.STATUS}
    others = [name for name, each in known.items() if each != column]
    found = headings_of([heading, *others])
    assert found and found.places[column] == 0


def test_two_columns_that_mean_the_same_are_refused() -> None:
    with pytest.raises(NoHeadings, match="“Mobile” and “Phone” mean the same"):
        headings_of(["Name", "Phone", "Mobile", "Date of enquiry", "Status"])


@pytest.mark.parametrize("missing", ["Name", "Date of enquiry", "Status"])
def test_a_column_that_has_to_be_there_is_asked_for(missing: str) -> None:
    with pytest.raises(NoHeadings, match=f"no column “{missing}”"):
        headings_of([name for name in ("Name", "Email", "Phone", "Date of enquiry", "Status") if name != missing])


def test_a_row_is_read(tmp_path: Path) -> None:
    found = wanted(tmp_path, Type="IFA transfer", Fosters_with="Sunny Days Fostering", Case_number="M-1")
    assert (found.row, found.name, found.email, found.phone) == (2, "Erin Example", "erin@example.org", "+447700900123")
    assert (found.came_on, found.contacted_on) == (date(2026, 11, 2), date(2026, 11, 3))
    assert (found.state, found.kind, found.way) == (State.IN_CONTACT, Kind.TRANSFER, Way.CALL)
    assert (found.case_number, found.notes) == ("M-1", "Has a spare room.")


def test_first_name_and_surname_are_one_name(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Forename;Surname;Email;Date;Status\nErin;Example;erin@example.org;2/11/2026;new\n")
    (found,) = read(path)
    assert isinstance(found, Wanted) and found.name == "Erin Example" and found.way == Way.EMAIL


@pytest.mark.parametrize(
    ("name", "meant"),
    [("", FostersWith.NOBODY), ("Sunny Days", FostersWith.AGENCY), ("Essex County Council", FostersWith.COUNCIL)],
)
def test_who_fosters_with_a_council_is_told_from_an_agencys(name: str, meant: FostersWith) -> None:
    assert cells.fosters_with(name) == meant


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"Name": ""}, "Name is missing."),
        ({"Name": "12345"}, "Name must have at least one letter."),
        ({"Email": "", "Phone": ""}, "Email and Phone are both missing: one is needed."),
        ({"Email": "erin at home"}, "Email is not complete. Type it in full, like name@example.com."),
        ({"Phone": "12"}, "Phone is not a phone number we can use."),
        ({"Date_of_enquiry": ""}, "Date of enquiry is missing."),
        ({"Date_of_enquiry": "31/2/2026"}, "Date of enquiry “31/2/2026” is no day that we can read."),
        ({"Date_of_enquiry": "1/12/2026"}, "Date of enquiry is 1/12/2026: not a day on which somebody enquired."),
        ({"Status": ""}, "Status is missing."),
        ({"Status": "gone fishing"}, "Status “gone fishing” is not one of our words."),
        ({"Status": "Withdrawn"}, "Status “Withdrawn” is a closed enquiry, and only open ones are brought in."),
        ({"Status": "On hold"}, "Contact again on must say a day to come."),
        ({"Status": "On hold", "Contact_again_on": "1/11/2026"}, "Contact again on must say a day to come."),
        ({"Status": "IV booked", "Visit_date": "20/11/2026"}, "If it took place, write “Visited”."),
        ({"First_contact_made_on": "1/11/2026"}, "First contact made on is 1/11/2026, before the enquiry came."),
        ({"First_contact_made_on": "1/12/2026"}, "First contact made on is 1/12/2026, which is still to come."),
        ({"First_contact_due_by": "1/11/2026"}, "First contact due by is 1/11/2026, before the enquiry came."),
        ({"Next_action_due": "31/12/9999"}, "Next action due is 31/12/9999: too far away to be meant."),
        ({"Status": "On hold", "Contact_again_on": "1/2/2207"}, "Contact again on is 1/2/2207: too far away"),
        ({"Status": "IV booked", "Visit_date": "1/12/2062"}, "Visit date is 1/12/2062: too far away"),
        ({"How_to_contact": "Email", "Email": ""}, "How to contact is “Email”, and there is no email address."),
        ({"How_to_contact": "Text", "Phone": ""}, "How to contact is “Text message”, and there is no phone number."),
        ({"How_to_contact": "pigeon"}, "How to contact “pigeon” is not one of our words."),
        ({"Notes": "x" * 5001}, "Notes is longer than 5,000 characters."),
        ({"Name": "Erin \u202eelpmaxE"}, "Name contains hidden characters"),
    ],
)
def test_a_problem_is_told_in_words(changed: dict[str, object], said: str, tmp_path: Path) -> None:
    assert any(said in problem for problem in problems(tmp_path, **changed))


def test_all_problems_of_a_row_are_told_at_once(tmp_path: Path) -> None:
    assert len(problems(tmp_path, Name="", Status="?", Date_of_enquiry="never")) == 3


def test_a_formula_is_data(tmp_path: Path) -> None:
    """Read as it stands; written into a list that goes back, it is made harmless, and read again it is the same."""
    formula = '=HYPERLINK("http://example.org","click")'
    assert wanted(tmp_path, Notes=formula).notes == formula
    assert harmless(formula) == f"'{formula}" and cells.text(harmless(formula)) == formula
    assert cells.phone(harmless("+447700900123")) == "+447700900123"


def test_excel_keeps_days_and_numbers_as_such(tmp_path: Path) -> None:
    came = {"Date_of_enquiry": datetime(2026, 11, 2), "First_contact_made_on": date(2026, 11, 3), "Phone": 7700900123}
    path = xlsx_of(tmp_path, row(**came), above=("Fostering enquiries", ""))
    (found,) = read(path)
    assert isinstance(found, Wanted)
    assert (found.row, found.came_on, found.contacted_on) == (4, date(2026, 11, 2), date(2026, 11, 3))
    assert found.phone == "+447700900123"


def test_empty_rows_are_left_out_and_numbers_stay_those_of_the_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    head, one = lines([row()])
    body = [",".join(map(str, line)) for line in (head, one, [""] * len(one), one)]
    path.write_text("\n".join(body))
    assert [number for number, _ in sheets.read(path).rows] == [2, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_names_keep_their_accents_in_every_encoding_that_excel_saves(encoding: str, tmp_path: Path) -> None:
    (found,) = read(csv_of(tmp_path, row(Name="Zoë Müller"), encoding=encoding))
    assert isinstance(found, Wanted) and found.name == "Zoë Müller"


def test_windows_text_is_remarked_upon(tmp_path: Path) -> None:
    assert "accents" in sheets.read(csv_of(tmp_path, row(Name="Zoë"), encoding="cp1252")).remarks[0]
    assert sheets.read(csv_of(tmp_path, row(Name="Zoë"))).remarks == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b" \n\n ", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a CSV or Excel file that we can read"),
        (b"caf\x81\x8d", "not a CSV or Excel file that we can read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file, or one with a password"),
        (b"PK\x03\x04 not really", "not an Excel file that we can read"),
        (b"one,two,three\n1,2,3\n", "no row of headings that we know"),
        (b"Name,Email,Date of enquiry,Status\n", "no row below the headings"),
        (b"Name,Email,Date of enquiry,Status\n" + b"a,b,c,d\n" * 5100, "more than 5,000 rows"),
        (b"Name,Email,Phone\nErin,e@example.org,1\n", "There is no column “Date of enquiry”."),
        (b'Name,Email,Date of enquiry,Status\n"' + b"x" * 200_000, "does not end"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=said):
        sheets.read(path)


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(BadFile, match="too large: 50 MB, and 10 MB is the most"):
        sheets.read(path)


def test_an_excel_file_that_is_damaged_is_told_in_words(tmp_path: Path) -> None:
    whole = xlsx_of(tmp_path, nth(1)).read_bytes()
    (tmp_path / "half.xlsx").write_bytes(whole[: len(whole) // 2])
    for name, part in (("broken.xlsx", "xl/worksheets/sheet1.xml"), ("letter.xlsx", "[Content_Types].xml")):
        with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(tmp_path / name, "w") as new:
            for each in old.namelist():
                new.writestr(each, b"<broken" if each == part else old.read(each))
    for name in ("half.xlsx", "broken.xlsx", "letter.xlsx"):
        with pytest.raises(BadFile, match="not an Excel file that we can read"):
            sheets.read(tmp_path / name)


def test_an_excel_file_that_holds_only_a_chart_is_told_in_words(tmp_path: Path) -> None:
    book, path = Workbook(), tmp_path / "chart.xlsx"
    book.remove(book.worksheets[0])
    book.create_chartsheet()
    book.save(path)
    with pytest.raises(BadFile, match="not an Excel file that we can read"):
        sheets.read(path)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b" " * (sheets.LARGEST_UNPACKED + 1))
    with pytest.raises(BadFile, match="too large when it is unpacked"):
        sheets.read(tmp_path / "bomb.xlsx")


def test_thousands_of_empty_rows_do_no_harm(tmp_path: Path) -> None:
    path = csv_of(tmp_path, nth(1))
    path.write_text(path.read_text() + ",,,,,,,\n" * 9000)
    assert len(read(path)) == 1


def test_a_file_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be opened: No such file"):
        sheets.read(tmp_path / "missing.csv")


@pytest.mark.parametrize("name", ["empty.csv", "empty.xlsx"])
def test_the_template_can_be_brought_in_as_it_is(name: str, tmp_path: Path) -> None:
    write_template(tmp_path / name)
    sheet: Sheet = sheets.read(tmp_path / name)
    assert sheet.headings.unused == ()
    ((number, filled),) = sheet.rows
    assert isinstance(read_row(number, filled, sheet.headings, today=TODAY), Wanted)


def test_two_people_are_two_rows(tmp_path: Path) -> None:
    assert [isinstance(found, Wanted) for found in read(csv_of(tmp_path, nth(1), nth(2)))] == [True, True]
