"""The referral: what a social worker needs of a case, on one page of paper. No safeguarding note stands on it."""

from dataclasses import dataclass
from datetime import date, datetime

from enquiries.actions.steps import began
from enquiries.arrival import came_at
from enquiries.case_file import Fact, prepared
from enquiries.commitment import commitment_to
from enquiries.contact_details import spoken_phone
from enquiries.due import promise_due
from enquiries.field_words import RECORDS, STAGES, in_words
from enquiries.models import Enquiry
from enquiries.timeline import Entry, attempts, notes

MOST_ATTEMPTS, MOST_NOTES = 6, 3
_RECORDS = {name: f"Records: {label.lower()}" for name, label in RECORDS.items() if name != "fosters_with_name"}
DATES = {"visit_at": "Visit"} | STAGES | _RECORDS | {"records_due_on": "Records: due by"}


@dataclass(frozen=True)
class Referral:
    """`earlier_attempts`, `earlier_notes`: how many stand in the hub only."""

    case: Enquiry
    came: datetime
    since: date
    phone: str
    times: str
    promise: str
    kept: str
    prepared: list[Fact]
    dates: list[Fact]
    attempts: list[Entry]
    earlier_attempts: int
    notes: list[Entry]
    earlier_notes: int


def referral(case: Enquiry, now: datetime) -> Referral:
    tried = sorted(attempts(case), key=lambda entry: entry.at)[::-1]
    noted = sorted(notes(case), key=lambda entry: entry.at)[::-1]
    return Referral(
        case=case,
        came=came_at(case),
        since=began(case),
        phone=spoken_phone(case.phone) if case.phone else "",
        times=in_words("times", case.times),
        promise=commitment_to(case, case.council).sentence,
        kept=promise_due(case.promise_due_at, case.promise_kept_at, now, closed_at=case.closed_at).words,
        prepared=[fact for fact in prepared(case) if fact[1]],
        dates=[(label, in_words(field, day)) for field, label in DATES.items() if (day := getattr(case, field))],
        attempts=tried[:MOST_ATTEMPTS],
        earlier_attempts=max(0, len(tried) - MOST_ATTEMPTS),
        notes=noted[:MOST_NOTES],
        earlier_notes=max(0, len(noted) - MOST_NOTES),
    )
