"""The calendar file: what RFC 5545 asks, and nothing that a shared calendar should not show."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councils.working_time import LONDON
from enquiries.calendar_file import Appointment, calendar_file

APPOINTMENT = Appointment(
    uid="7d7e@conversations",
    title="Talk with Anna",
    text="By phone. The ambassador rings.",
    begins=datetime(2026, 7, 6, 18, 30, tzinfo=LONDON),
    written=datetime(2026, 7, 1, 9, 0, 1, tzinfo=UTC),
)


def read(file: bytes) -> dict[str, str]:
    """As a calendar reads it: folded lines joined, each name with its value, escapes undone."""
    text = file.decode()
    assert text.endswith("\r\n")
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    return {name: unescaped(value) for name, _, value in (line.partition(":") for line in lines)}


def unescaped(value: str) -> str:
    letters = iter(value)
    return "".join(
        ({"n": "\n"}.get(after, after) if (after := next(letters)) else "") if letter == "\\" else letter
        for letter in letters
    )


def test_it_begins_when_they_talk_whatever_the_summer_does_to_the_clock() -> None:
    entry = read(calendar_file(APPOINTMENT))
    assert (entry["DTSTART"], entry["DTEND"]) == ("20260706T173000Z", "20260706T180000Z")
    assert entry["DTSTAMP"] == "20260701T090001Z"


def test_every_part_that_a_calendar_needs_is_there_once() -> None:
    lines = calendar_file(APPOINTMENT).decode().split("\r\n")
    names = [line.partition(":")[0] for line in lines if line]
    for needed in ("VERSION", "PRODID", "UID", "DTSTAMP", "DTSTART", "SUMMARY"):
        assert names.count(needed) == 1
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2] == "END:VCALENDAR"


def test_a_time_that_was_changed_moves_the_entry() -> None:
    later = replace(APPOINTMENT, begins=datetime(2026, 7, 7, 9, tzinfo=LONDON))
    before, after = read(calendar_file(APPOINTMENT)), read(calendar_file(later))
    assert before["UID"] == after["UID"]
    assert before["DTSTART"] != after["DTSTART"]


def test_a_place_is_said_where_there_is_one() -> None:
    assert "LOCATION" not in read(calendar_file(APPOINTMENT))
    assert read(calendar_file(replace(APPOINTMENT, place="Town Hall, Maidstone")))["LOCATION"] == "Town Hall, Maidstone"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=300))
def test_whatever_stands_in_it_no_line_is_longer_than_75_octets_and_it_is_read_as_written(text: str) -> None:
    file = calendar_file(replace(APPOINTMENT, title=text))
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    assert read(file)["SUMMARY"] == text


@pytest.mark.parametrize("title", ["X\r\nATTENDEE:mailto:a@example.org", "X\nEND:VEVENT"])
def test_nobody_writes_a_line_of_their_own_into_it(title: str) -> None:
    lines = calendar_file(replace(APPOINTMENT, title=title)).decode().split("\r\n")
    assert [line for line in lines if line.startswith("ATTENDEE")] == []
    assert lines.count("END:VEVENT") == 1
