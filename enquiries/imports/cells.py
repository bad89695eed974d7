"""What stands in one cell, as British councils write it. Pure; a refusal is the end of a sentence that begins with the
heading: “Date of enquiry “31/2/2026” is no day …”."""

import re
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from enquiries.contact_details import clean_line, clean_phone
from enquiries.imports.headings import Column
from enquiries.states import FostersWith, Kind, State, Way

Cell = str | int | float | date | datetime | None
T = TypeVar("T")
_EXCEL_BEGINS = date(1899, 12, 30)
_EXCEL_DAYS = range(25_000, 80_000)  # 1968 to 2119: a number in a column of dates
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NUMBERS = re.compile(r"(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS = re.compile(r"(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s\-]([a-z]{3,9})\.?,?[\s\-](\d{4}|\d{2})")
_TIME = re.compile(r"[\sT]+(?:at\s+)?(\d{1,2})[:.](\d{2})(?:[:.]\d{2}(?:\.\d+)?)?\s*(am|pm)?$", re.IGNORECASE)
_ROUNDED = re.compile(r"\d(?:\.\d+)?e\+?\d+", re.IGNORECASE)
_LOST_ZERO = re.compile(r"[123789]\d{8,9}")


class CellRefused(ValueError):
    pass


def text(cell: Cell) -> str:
    """As it is shown; a whole number without “.0”. A leading apostrophe is the spreadsheet's, not the person's."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    shown = "" if cell is None else str(cell).strip()
    return shown[1:] if re.match(r"'[=+\-@\d]", shown) else shown


def day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    shown = text(cell)
    if not shown:
        return None
    if shown.isdecimal() and int(shown) in _EXCEL_DAYS:
        return _EXCEL_BEGINS + timedelta(days=int(shown))
    numbers = _numbers(_TIME.sub("", shown).casefold())
    try:
        return date(*numbers) if numbers else _no_day(shown)
    except ValueError:
        return _no_day(shown)


def clock(cell: Cell) -> time | None:
    """The time of day beside a day, where there is one."""
    if isinstance(cell, datetime):
        return cell.time() if cell.time() != time(0) else None
    found = _TIME.search(text(cell))
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    afternoon = (found[3] or "").lower() == "pm" and int(found[1]) < 12
    return time(int(found[1]) + 12 * afternoon, int(found[2]))


def _numbers(shown: str) -> tuple[int, int, int] | None:
    """Year, month, day; the day comes first in Britain."""
    if found := _ISO.fullmatch(shown):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _NUMBERS.fullmatch(shown):
        return _full(found[3]), int(found[2]), int(found[1])
    if (found := _WORDS.fullmatch(shown)) and found[2][:3] in _MONTHS:
        return _full(found[3]), _MONTHS.index(found[2][:3]) + 1, int(found[1])
    return None


def _full(year: str) -> int:
    return int(year) + (2000 if len(year) == 2 else 0)


def _no_day(shown: str) -> date:
    raise CellRefused(f"“{clean_line(shown)[:40]}” is no day that we can read. Write it like 23/11/2026")


def phone(cell: Cell) -> str:
    """E.164. Spreadsheets take a leading 0 away, and round long numbers."""
    shown = text(cell)
    if not shown:
        return ""
    if _ROUNDED.fullmatch(shown):
        raise CellRefused("was rounded by the spreadsheet. Make the column text and type the number again")
    digits = re.sub(r"[\s().\-]", "", shown)
    if _LOST_ZERO.fullmatch(digits):
        return clean_phone(f"0{digits}")
    return clean_phone(f"+{digits}" if re.fullmatch(r"44\d{9,10}", digits) else shown)


def _plain(shown: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", shown.casefold()).strip()


def word_of(words: dict[str, T], cell: Cell, *, example: str) -> T | None:
    """None for an empty cell."""
    shown = text(cell)
    if not shown:
        return None
    found = words.get(_plain(shown))
    if found is None:
        raise CellRefused(f"“{clean_line(shown)[:40]}” is not one of our words. Write one of these: {example}")
    return found


def _words(table: dict[T, str]) -> dict[str, T]:
    return {_plain(word): meant for meant, words in table.items() for word in words.split(",")}


STATES: dict[str, State] = _words(
    {
        State.NEW: "new, new enquiry, received, enquiry, enquiry received, open, to contact, not contacted,"
        " awaiting contact, awaiting first contact, awaiting initial call",
        State.IN_CONTACT: "in contact, contacted, contact made, call made, initial call, initial call completed,"
        " initial call made, information sent, info sent, info pack sent, pack sent, ip sent, following up, ongoing,"
        " active, in progress, awaiting response, chasing, follow up, screening",
        State.VISIT_BOOKED: "visit booked, initial visit booked, home visit booked, iv booked, visit arranged,"
        " initial visit arranged, awaiting visit, awaiting iv",
        State.VISITED: "visited, visit done, visit completed, initial visit completed, initial visit done,"
        " iv completed, iv done, home visit completed, home visit done, awaiting application, awaiting roi",
        State.APPLIED: "applied, application, application received, application made, roi, roi received,"
        " registration of interest, registered interest",
        State.IN_ASSESSMENT: "in assessment, assessment, being assessed, stage 1, stage one, stage 2, stage two, s1,"
        " s2, stage 1 and 2, form f, skills to foster",
        State.PANEL: "panel, panel booked, at panel, awaiting panel, going to panel",
        State.DECISION: "decision, awaiting decision, adm, awaiting adm, agency decision maker, with adm",
        State.NOT_YET: "not yet, on hold, hold, paused, deferred, postponed, waiting, later",
        State.WITHDRAWN: "withdrawn, withdrew, closed, not proceeding, not progressing, no longer interested, nfa,"
        " ended",
        State.DECLINED_BY_SERVICE: "declined, declined by service, rejected, not suitable, counselled out, ruled out",
        State.NO_REPLY: "no reply, no response, no contact, unable to contact, lost contact",
        State.APPROVED: "approved",
        State.NOT_APPROVED: "not approved",
        State.PASSED_ON: "passed on, transferred, referred on, signposted, out of area",
        State.DUPLICATE: "duplicate, double",
    }
)
KINDS: dict[str, Kind] = _words(
    {
        Kind.NEW: "new, mainstream, new to fostering, general, fostering, standard",
        Kind.TRANSFER: "transfer, transferring, transfer from agency, transfer from ifa, ifa transfer,"
        " transferring carer",
        Kind.RETURNING: "returning, returner, fostered before, previous carer",
        Kind.SUPPORTED_LODGINGS: "supported lodgings, lodgings, sl",
        Kind.SHORT_BREAKS: "short breaks, short breaks only, respite, short break",
    }
)
WAYS: dict[str, Way] = _words(
    {
        Way.CALL: "call, phone, phone call, telephone, tel, mobile, ring",
        Way.TEXT: "text, sms, text message",
        Way.EMAIL: "email, e mail, mail",
        Way.VIDEO: "video, video call, teams, zoom",
    }
)
COUNCILS_OWN = re.compile(r"\b(council|borough|county|local authority|la)\b", re.IGNORECASE)


def fosters_with(name: str) -> FostersWith:
    if not name:
        return FostersWith.NOBODY
    return FostersWith.COUNCIL if COUNCILS_OWN.search(name) else FostersWith.AGENCY


EXAMPLES: dict[Column, str] = {
    Column.STATUS: "New, In contact, Visit booked, Visited, Applied, In assessment, Panel, Decision, Not yet",
    Column.KIND: "New, Transfer, Returning, Supported lodgings, Short breaks",
    Column.WAY: "Call, Text, Email, Video",
}
