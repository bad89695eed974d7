"""A table as a file. Somebody outside typed most of what stands in it, and spreadsheets run what looks like a formula:
in CSV such a cell begins with an apostrophe, in XLSX every text is a text and says so."""

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from enquiries.exports import Cell, FileKind, Table

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # Excel reads the wide ones alike
_BOM = "\ufeff"  # without it Excel takes UTF-8 for another alphabet
_WIDTH = 18


def csv_file(table: Table) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(table.columns)
    writer.writerows([plain(cell) for cell in row] for row in table.rows)
    return (_BOM + written.getvalue()).encode()


def plain(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    return harmless(cell or "") if cell is None or isinstance(cell, str) else str(cell)


def harmless(text: str) -> str:
    return f"'{text}" if looks_like_a_formula(text) else text


def looks_like_a_formula(text: str) -> bool:
    return text.startswith(_STARTS) or text.lstrip().startswith(_STARTS)


def xlsx_file(table: Table) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.title)
    sheet.freeze_panes = "B2"
    for number in range(1, len(table.columns) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
    sheet.append([_head(sheet, name) for name in table.columns])
    for row in table.rows:
        sheet.append([_cell(sheet, cell) for cell in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _head(sheet: "WriteOnlyWorksheet", name: str) -> SheetCell:
    cell = WriteOnlyCell(sheet, name)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: "WriteOnlyWorksheet", value: Cell) -> SheetCell | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _text(sheet, value)
    return _moment(sheet, value) if isinstance(value, date) else _number(sheet, value)


def _text(sheet: "WriteOnlyWorksheet", value: str) -> SheetCell:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"  # openpyxl would make a formula of "=…"
    cell.quotePrefix = looks_like_a_formula(value)  # stays a text when somebody edits the cell
    return cell


def _moment(sheet: "WriteOnlyWorksheet", value: date) -> SheetCell:
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    cell = WriteOnlyCell(sheet, moment)
    cell.number_format = "yyyy-mm-dd hh:mm" if value is moment else "yyyy-mm-dd"
    return cell


def _number(sheet: "WriteOnlyWorksheet", value: int | Decimal) -> SheetCell:
    """With as many digits after the point as it has here."""
    cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # openpyxl writes a Decimal; its stubs do not know
    places = -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0
    cell.number_format = f"0.{'0' * places}" if places else "0"
    return cell


FILES: Mapping[FileKind, tuple[Callable[[Table], bytes], str]] = {
    FileKind.CSV: (csv_file, "text/csv; charset=utf-8"),
    FileKind.XLSX: (xlsx_file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
