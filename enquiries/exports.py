"""A list of enquiries as a table to take out: its columns, who gets which, and what stands in a cell.

Names and how to reach people are columns of their own, only for who manages the council itself. No free text is taken
out, no note, and nothing of the safeguarding role's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import TextChoices

from councils.access import Access
from councils.roles import Permission
from councils.working_time import in_london
from enquiries.contact_details import spoken_phone
from enquiries.models import Enquiry

MOST_ROWS = 5_000
Cell = str | int | Decimal | date | datetime | None  # times are London's, without a zone, as a spreadsheet has them


class Purpose(TextChoices):
    MEETING = "meeting", "To go through open enquiries with colleagues"
    REPORT = "report", "To report figures inside the council"
    CASE_SYSTEM = "case_system", "To bring them into our case system"
    QUALITY = "quality", "To check that what we wrote down is right"
    THEIR_RIGHT = "their_right", "To answer somebody who asked for their own data"
    OTHER = "other", "Something else"


class FileKind(TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel (XLSX)"


@dataclass(frozen=True)
class Column:
    name: str
    cell: Callable[[Enquiry], Cell]


def _at(moment: datetime | None) -> datetime | None:
    return in_london(moment).replace(tzinfo=None, second=0, microsecond=0) if moment else None


WORK: tuple[Column, ...] = (
    Column("Reference", lambda case: case.reference),
    Column("Council", lambda case: case.council.name),
    Column("State", lambda case: case.get_state_display()),
    Column("State since", lambda case: case.state_since or in_london(case.state_changed_at).date()),
    Column("Reason", lambda case: case.get_close_reason_display()),
    Column("Ask again on", lambda case: case.wake_on),
    Column("Type", lambda case: case.get_kind_display()),
    Column("Came by", lambda case: case.get_channel_display()),
    Column("Received", lambda case: _at(case.created_at)),
    Column("Way asked for", lambda case: case.get_way_display()),
    Column("Promised by", lambda case: _at(case.promise_due_at)),
    Column("Promise kept", lambda case: _at(case.promise_kept_at)),
    Column("Next due", lambda case: _at(case.next_due_at)),
    Column("Owner", lambda case: case.owner.name if case.owner else ""),
    Column("Visit", lambda case: _at(case.visit_at)),
    Column("Applied on", lambda case: case.applied_on),
    Column("Closed", lambda case: _at(case.closed_at)),
    Column("Case number", lambda case: case.case_number),
)
CONTACTS: tuple[Column, ...] = (
    Column("Name", lambda case: case.name),
    Column("Email", lambda case: case.email),
    Column("Phone", lambda case: spoken_phone(case.phone) if case.phone else ""),
    Column("Postcode", lambda case: case.postcode),
)


@dataclass(frozen=True)
class Table:
    columns: tuple[str, ...]
    rows: list[list[Cell]]
    title: str = "Enquiries"


def table(cases: Sequence[Enquiry], *, contacts: bool, access: Access) -> Table:
    """Where one may not take contact details out, their cells stay empty."""
    columns = (*WORK, *CONTACTS) if contacts else WORK
    return Table(tuple(column.name for column in columns), [_row(case, columns, access) for case in cases])


def _row(case: Enquiry, columns: Sequence[Column], access: Access) -> list[Cell]:
    open_to = access.may(Permission.EXPORT_CONTACTS, case.council_id)
    return [column.cell(case) if open_to or column not in CONTACTS else "" for column in columns]


def narrowed_in_codes(wish: Mapping[str, object]) -> dict[str, str | int | bool | None]:
    """For the event: what was searched for is personal, that something was is not."""
    codes = {name: value for name, value in wish.items() if value and name != "typed"}
    known: dict[str, str | int | bool | None] = {
        name: value if isinstance(value, int) else str(value) for name, value in codes.items()
    }
    return known | ({"searched": True} if wish.get("typed") else {})
