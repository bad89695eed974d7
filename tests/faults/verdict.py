"""What must hold after every row, asked of the database as its superuser and of the mail server's own record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.faults.mail import Record
from tests.faults.truth import Truth

MOST_NAMED = 3

CASES = """
    SELECT e.id, e.reference, e.email <> '' AND NOT e.send_nothing AND NOT e.quarantined AND NOT e.to_confirm,
           m.id, m.state, EXISTS (
               SELECT FROM councils_todo t WHERE t.subject_id = e.id AND t.kind IN ('call', 'ring_instead'))
    FROM enquiries_enquiry e LEFT JOIN outbox_message m ON m.dedupe_key = 'confirmation:' || e.id
"""


@dataclass(frozen=True)
class Case:
    id: str
    reference: str
    may_be_written_to: bool
    message: str | None
    state: str | None
    to_call: bool

    @property
    def is_spared(self) -> bool:
        """Its address turned out not to work."""
        return self.state == "suppressed"


@dataclass(frozen=True)
class Verdict:
    acknowledged: int
    delivered: int
    to_call: int
    surplus: int
    allowed: int
    faults: tuple[str, ...]
    told: str = ""


def cases(truth: Truth) -> list[Case]:
    rows = truth.ask(CASES)
    return [
        Case(str(key), str(reference), bool(mailed), str(message) if message else None, str(state or ""), bool(call))
        for key, reference, mailed, message, state, call in rows
    ]


def messages(truth: Truth) -> set[str]:
    return {str(key) for (key,) in truth.ask("SELECT id FROM outbox_message")}


def judge(new: list[Case], *, references: Iterable[str], record: Record, stored: set[str], allowed: int) -> Verdict:
    """`stored`: the ids of all messages. `allowed`: how many copies more than one each there may be."""
    acknowledged = list(references)
    surplus = record.copies.total() - len(record.copies)
    faults = [
        *_told("acknowledged and not stored", set(acknowledged) - {case.reference for case in new}),
        *_told("neither written to nor to be called", [case.reference for case in new if _forgotten(case, record)]),
    ]
    if ghosts := record.copies.keys() - stored:
        faults.append(f"{len(ghosts)} mails of what was never stored")
    if surplus > allowed:
        faults.append(f"{surplus} surplus copies, {allowed} allowed")
    written = sum(1 for case in new if case.message in record.copies)
    return Verdict(len(acknowledged), written, sum(case.to_call for case in new), surplus, allowed, tuple(faults))


def _forgotten(case: Case, record: Record) -> bool:
    if case.may_be_written_to and not case.is_spared:
        return case.message not in record.copies or case.state != "sent"
    return not case.to_call


def _told(what: str, rows: Iterable[str]) -> Iterator[str]:
    found = sorted(rows)
    if found:
        more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
        yield f"{what}: {', '.join(found[:MOST_NAMED])}{more}"
