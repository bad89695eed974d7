"""Take a list of enquiries out of the hub: never without a purpose, and written down in every council it is of."""

from collections import Counter
from dataclasses import asdict
from datetime import datetime
from uuid import uuid4

from councils.access import Access
from councils.events import record_list_taken
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.board import Narrowed, chosen
from enquiries.exports import MOST_ROWS, FileKind, Purpose, Table, narrowed_in_codes, table
from enquiries.models import Enquiry
from enquiries.models.enquiry import EnquiryQuerySet

TOO_MANY = (
    f"This list has more than {MOST_ROWS:,} enquiries, which is the most that a file can have. "
    "Narrow it first, by state, type or council for example, and take the parts out one by one."
)


def may_be_taken_out(wish: Narrowed, *, access: Access, now: datetime) -> EnquiryQuerySet:
    """What is on the list and in a council where this person may take lists out."""
    found: EnquiryQuerySet = chosen(wish, access=access, now=now, most=None)  # a file is whole, or refused
    return found.standing().filter(council__in=access.where(Permission.EXPORT_CASES))


def take_out(
    wish: Narrowed, *, purpose: Purpose, words: str, contacts: bool, file: FileKind, now: datetime, by: Access
) -> Table:
    """Raises Refused where it is too much."""
    found = may_be_taken_out(wish, access=by, now=now).select_related("council", "owner")
    cases = list(found[: MOST_ROWS + 1])
    if len(cases) > MOST_ROWS:
        raise Refused(TOO_MANY)
    contacts = contacts and bool(by.where(Permission.EXPORT_CONTACTS))
    made = table(cases, contacts=contacts, access=by)
    facts: dict[str, object] = {
        "purpose": purpose.value,
        "columns": list(made.columns),
        "narrowed": narrowed_in_codes(asdict(wish)),
        "file": file.value,
        "export": str(uuid4()),  # one taking out, told in each council
    }
    record_list_taken("cases.exported", rows=_counted(cases, wish, by), purpose=words, by=by.user, facts=facts)
    return made


def _counted(cases: list[Enquiry], wish: Narrowed, by: Access) -> dict[int, int]:
    """Rows by council. An empty list is told where the person manages."""
    counted = Counter(case.council_id for case in cases)
    return dict(counted) or dict.fromkeys(sorted(by.where(Permission.EXPORT_CASES))[:1], 0)
