"""Which column is which, however a council calls it. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """In the order of the template; the value is the heading there."""

    NAME = "Name"
    FIRST_NAME = "First name"
    SURNAME = "Surname"
    EMAIL = "Email"
    PHONE = "Phone"
    POSTCODE = "Postcode"
    CAME_ON = "Date of enquiry"
    STATUS = "Status"
    STATUS_SINCE = "Status since"
    KIND = "Type"
    WAY = "How to contact"
    DUE_BY = "First contact due by"
    CONTACTED_ON = "First contact made on"
    NEXT_ON = "Next action due"
    VISIT_ON = "Visit date"
    APPLIED_ON = "Applied on"
    ASK_AGAIN_ON = "Contact again on"
    OWNER = "Allocated to (email)"
    SECOND_ADULT = "Second adult"
    FOSTERS_WITH = "Fosters with"
    CASE_NUMBER = "Case number"
    NOTES = "Notes"


_OTHER_NAMES: Mapping[Column, str] = {
    Column.NAME: "full name, enquirer, enquirer name, applicant, applicant name, applicants, name of enquirer, contact",
    Column.FIRST_NAME: "forename, given name, firstname",
    Column.SURNAME: "last name, family name, lastname",
    Column.EMAIL: "email address, e-mail, e-mail address, mail, applicant email",
    Column.PHONE: "telephone, tel, tel no, phone number, mobile, mobile number, contact number, telephone number,"
    " phone no",
    Column.POSTCODE: "post code, postal code, home postcode",
    Column.CAME_ON: "enquiry date, date received, received, date of initial enquiry, date, date enquired,"
    " initial enquiry date",
    Column.STATUS: "state, stage, current status, current stage, progress, outcome",
    Column.STATUS_SINCE: "stage since, in this stage since, date of status, status date",
    Column.KIND: "enquiry type, type of enquiry, fostering type",
    Column.WAY: "preferred contact, contact method, preferred contact method, contact by, contact preference",
    Column.DUE_BY: "contact due, contact by date, response due, due date, call back by",
    Column.CONTACTED_ON: "first contact, first contact date, date contacted, date of first contact, contacted on, "
    "initial call date, first contact made, date of initial call",
    Column.NEXT_ON: "next action, next action date, next contact, chase date, follow up date, next step due, follow up",
    Column.VISIT_ON: "date of visit, initial visit, initial visit date, iv date, home visit date, home visit",
    Column.APPLIED_ON: "application date, date of application, application received, roi date, roi received",
    Column.ASK_AGAIN_ON: "on hold until, deferred until, recontact date, wake up date, hold until",
    Column.OWNER: "allocated to, owner, worker, social worker, officer, assigned to, allocated worker, worker email",
    Column.SECOND_ADULT: "partner, partner name, second applicant, applicant 2, joint applicant",
    Column.FOSTERS_WITH: "current agency, agency, current provider, transferring from, current fostering agency",
    Column.CASE_NUMBER: "case id, case no, lcs number, mosaic id, liquidlogic id, mosaic number, case reference,"
    " client id",
    Column.NOTES: "comments, comment, note, notes and comments, further information, other information",
}


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", heading.casefold()).strip()


KNOWN: Mapping[str, Column] = {_plain(column.value): column for column in Column} | {
    _plain(name): column for column, names in _OTHER_NAMES.items() for name in names.split(",")
}
_ENOUGH = 3  # known headings that make a row the row of headings


class NoHeadings(ValueError):
    """A sentence for whoever brought the file."""


@dataclass(frozen=True)
class Headings:
    """`places`: which cell of a row. `unused`: headings that mean nothing to us."""

    places: Mapping[Column, int]
    unused: tuple[str, ...] = ()


def headings_of(cells: Sequence[str]) -> Headings | None:
    """None where this is not the row of headings. Raises NoHeadings where it is, and something is wrong with it."""
    places: dict[Column, int] = {}
    unused: list[str] = []
    twice: list[str] = []
    for place, heading in enumerate(cells):
        column = KNOWN.get(_plain(heading))
        if column is None:
            unused += [heading.strip()] if heading.strip() else []
        elif column in places:
            twice.append(f"“{heading.strip()}” and “{cells[places[column]].strip()}”")
        else:
            places[column] = place
    if len(places) < _ENOUGH:
        return None
    if problems := [*(f"The columns {each} mean the same. Keep one." for each in twice), *_missing(places)]:
        raise NoHeadings(" ".join(problems))
    return Headings(places, tuple(unused))


def _missing(places: Mapping[Column, int]) -> Iterator[str]:
    if Column.NAME not in places and not {Column.FIRST_NAME, Column.SURNAME} <= places.keys():
        yield "There is no column “Name”."
    for column in (Column.CAME_ON, Column.STATUS):
        if column not in places:
            yield f"There is no column “{column}”."
    if Column.EMAIL not in places and Column.PHONE not in places:
        yield "There is no column “Email” and none “Phone”: one of them is needed."
