"""An appointment as a file for any calendar (RFC 5545). Calendars are shared, and show on locked screens: of a
conversation it holds first names, and neither a number nor what it is about. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

TYPE = "text/calendar; charset=utf-8"
LASTS = timedelta(minutes=30)
_LINE = 75  # octets, without the line break
_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""}


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """`uid`: the same for every version, so that a later file moves the entry instead of adding one."""

    uid: str
    title: str
    text: str
    begins: datetime
    written: datetime
    place: str = ""
    lasts: timedelta = LASTS
    cancelled: bool = False


def calendar_file(appointment: Appointment) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Hub//Calendar//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{_text(appointment.uid)}",
        f"DTSTAMP:{_moment(appointment.written)}",
        f"DTSTART:{_moment(appointment.begins)}",
        f"DTEND:{_moment(appointment.begins + appointment.lasts)}",
        f"SUMMARY:{_text(appointment.title)}",
        f"DESCRIPTION:{_text(appointment.text)}",
        *([f"LOCATION:{_text(appointment.place)}"] if appointment.place else []),
        *(["STATUS:CANCELLED"] if appointment.cancelled else []),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    return "".join(_ESCAPED.get(letter, letter) for letter in text)


def _folded(line: str) -> str:
    """A long line goes on in the next one, after a space. No letter is cut in two: lengths are octets."""
    pieces, piece = [], ""
    for letter in line:
        if len(f"{piece}{letter}".encode()) > _LINE:
            pieces.append(piece)
            piece = " "
        piece += letter
    return "\r\n".join([*pieces, piece])
