"""What stands in a council's list of outcomes: read as British councils write it, and told in words where it is not."""

from datetime import date
from pathlib import Path

import pytest

from dashboards.outcomes.sheet import HEADINGS, TEMPLATE, read
from dashboards.outcomes.words import Told, plain, told_of
from enquiries.states import CloseReason
from tests.dashboards.test_outcomes import TODAY, listed


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",,Approved,14/10/2026,,,", "one is needed"),
        ("KEN-1,,Approved,14/13/2026,,,", "Date “14/13/2026” is no day that we can read. Write it like 23/11/2026."),
        ("KEN-1,,Approved,21/11/2026,,,", "Date is 21/11/2026, which is still to come."),
        ("KEN-1,,Aproved,14/10/2026,,,", "Outcome “Aproved” is not one of our words."),
        ("KEN-1,,Approved,,,,", "Date is missing"),
        ("KEN-1,,,14/10/2026,,,", "Date has no Outcome beside it."),
        ("KEN-1,,,,,,", "This row tells nothing"),
        ("KEN-1,,Withdrawn,14/10/2026,,,", "Reason is missing"),
        ("KEN-1,,Withdrawn,14/10/2026,AW9,,", "Reason “AW9” is not one of ours."),
        ("KEN-1,,Approved,14/10/2026,,3/11/2026,", "Approved is 14/10/2026, before Application received (3/11/2026)."),
        ("KEN-1,,Application,14/10/2026,,3/10/2026,", "Application received stands in this row with two days."),
        ("KEN-1," + "9" * 41 + ",Application,14/10/2026,,,", "longer than 40 characters"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(row: str, told: str) -> None:
    sheet = read(listed(row), today=TODAY)
    assert sheet.rows == []
    assert told in " ".join(problem.why for problem in sheet.problems)
    assert {problem.row for problem in sheet.problems} == {2}


def test_british_days_and_the_words_of_case_systems_are_read() -> None:
    content = b"Extract of today\nMosaic ID,Status,Status date,Withdrawal reason,Worker\n"
    content += (
        b"M1,Application Withdrawn,3 June 2026,aw 4,Wren\nM2,Stage 2,2026-07-01,N/A,\n'=M3,ADM approved,1/7/26,,\n"
    )
    sheet = read(content, today=TODAY)
    assert [(row.case_number, [*row.days.values()], row.reason) for row in sheet.rows] == [
        ("M1", [date(2026, 6, 3)], CloseReason.AW4),
        ("M2", [date(2026, 7, 1)], None),
        ("=M3", [date(2026, 7, 1)], None),
    ]
    assert sheet.unused == ["Worker"]


def test_every_column_and_word_of_the_document_is_read() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "outcomes.md").read_text()
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| ")]
    columns = [row for row in cells if len(row) == 3][1:]
    outcomes = [row for row in cells if len(row) == 2][1:]
    assert [row[0] for row in columns] == [column.value for column in TEMPLATE]
    assert [row[0] for row in outcomes] == [told.value for told in Told]
    for name, _, others in columns:
        for word in others.split(", "):
            assert HEADINGS[plain(word)].value == name, word
    for name, others in outcomes:
        for word in others.replace(" to AW5", "").split(", "):
            assert told_of(word) == name, word
    example = text.split("```")[3].strip().encode()
    assert read(example, today=TODAY).problems == []
