"""A file of a council's becomes rows of cells. Cells are data: a formula is never worked out, nor a link followed."""

import csv
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from enquiries.imports.headings import Headings, NoHeadings, headings_of

LARGEST = 10 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 5000
MOST_COLUMNS = 200
_HEADINGS_WITHIN = 15  # rows: councils put a title above
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # also what Excel makes of a file with a password
_ZIP = b"PK\x03\x04"
_DAMAGED: tuple[type[Exception], ...] = (InvalidFileException, zipfile.BadZipFile, zlib.error, ParseError, EOFError)
_DAMAGED += (KeyError, IndexError, ValueError, TypeError, AttributeError)  # openpyxl: parts that do not fit together
Cell = str | int | float | date | datetime | None
Line = tuple[int, Sequence[Cell]]


class BadFile(Exception):
    """The file as a whole cannot be used; a sentence for whoever brought it."""


@dataclass(frozen=True)
class Sheet:
    """`rows`: the number that the spreadsheet program shows, and the cells; empty ones are left out."""

    digest: str
    headings: Headings
    rows: tuple[Line, ...]
    remarks: tuple[str, ...] = ()


def read(path: Path) -> Sheet:
    """Raises BadFile."""
    content = content_of(path)
    lines, remarks = lines_in(content)
    digest = hashlib.sha256(content).hexdigest()
    headings, rows = _split(lines)
    return Sheet(digest, headings, rows, remarks)


def lines_in(content: bytes) -> tuple[list[Line], tuple[str, ...]]:
    """Its filled lines, whatever they hold, and remarks about the file. Raises BadFile."""
    if not content.strip():
        raise BadFile("The file is empty.")
    if content.startswith(_OLD_EXCEL):
        raise BadFile("This is an old Excel file, or one with a password. Save it as .xlsx or .csv without a password.")
    if content.startswith(_ZIP):
        return _workbook(content), ()
    text, remarks = _text(content)
    return _separated(text), remarks


def content_of(path: Path) -> bytes:
    """Raises BadFile with the sentence to show."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise BadFile(f"The file is too large: {size // 2**20} MB, and {LARGEST // 2**20} MB is the most.")
        return path.read_bytes()
    except OSError as error:
        raise BadFile(f"The file cannot be opened: {error.strerror}.") from None


def _workbook(content: bytes) -> list[Line]:
    """The first sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise BadFile("The file is too large when it is unpacked. Copy the rows into a new spreadsheet.")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        return _filled(_cells(book))
    except _DAMAGED:
        raise BadFile("This is not an Excel file that we can read. Save it as .xlsx or .csv and try again.") from None


def _cells(book: Workbook) -> Iterator[Line]:
    sheet = book.worksheets[0]
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
        yield number, tuple(cell if isinstance(cell, Cell) else str(cell) for cell in cells)


def _text(content: bytes) -> tuple[str, tuple[str, ...]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")  # Excel in Britain saves “CSV” in Windows' own encoding
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        odd = encoding == "cp1252"
        return text, ("The file is not UTF-8: read as Windows text. Look at accents in names.",) if odd else ()
    raise BadFile("This is not a CSV or Excel file that we can read. Save it as .xlsx, or as “CSV UTF-8”.")


def _separated(text: str) -> list[Line]:
    """By comma, semicolon or tab, whichever the first filled line has most of."""
    first = next((line for line in text.splitlines() if line.strip(" ,;\t")), "")
    separator = max(",;\t", key=first.count)
    csv.field_size_limit(100_000)
    try:
        return _filled(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1))
    except csv.Error:
        raise BadFile("A cell in this file does not end. Open it in a spreadsheet program and save it anew.") from None


def _filled(lines: Iterable[Line]) -> list[Line]:
    """Rows in which anything stands: Excel keeps a million empty ones below, if somebody has coloured a column."""
    kept: list[Line] = []
    for number, cells in lines:
        if any(cell is not None and str(cell).strip() for cell in cells):
            kept.append((number, cells))
        if len(kept) > MOST_ROWS + _HEADINGS_WITHIN:
            raise BadFile(f"The file has more than {MOST_ROWS:,} rows. Split it.")
    return kept


def _split(
    lines: list[Line],
) -> tuple[Headings, tuple[Line, ...]]:
    """Raises BadFile where no row holds headings, or nothing comes below."""
    for place, (_, cells) in enumerate(lines[:_HEADINGS_WITHIN]):
        try:
            headings = headings_of([str(cell or "") for cell in cells])
        except NoHeadings as problem:
            raise BadFile(str(problem)) from None
        if headings and lines[place + 1 :]:
            return headings, tuple(lines[place + 1 :])
        if headings:
            raise BadFile("There is no row below the headings.")
    raise BadFile(
        "There is no row of headings that we know. The file needs at least Name, Email or Phone, Date of enquiry and"
        " Status. --template writes an example."
    )
