"""Safeguarding notes. Nothing about the case may tell others that there is one, so the events are about the note and
not about the case: they stand on no timeline, end no silence that a list counts, and the case's version stays."""

from collections.abc import Sequence
from datetime import timedelta

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.roles import Permission
from councils.tenancy import as_council
from enquiries.actions.changing import locked
from enquiries.models import Enquiry, SafeguardingNote

_SENT_TWICE = timedelta(minutes=5)


def write_safeguarding_note(enquiry: Enquiry, text: str, *, by: Access) -> SafeguardingNote:
    """The same words sent twice are one note: it could never be taken back. Raises RoleRefused."""
    by.require(Permission.SAFEGUARD, enquiry.council_id)
    with as_council(enquiry.council_id):
        case = locked(enquiry.council_id, enquiry.pk)
        notes = SafeguardingNote.objects.filter(council=case.council_id, enquiry=case, by=by.user)
        same = notes.filter(text=text, created_at__gte=hub_now() - _SENT_TWICE).first()
        if same:
            return same
        note = SafeguardingNote.objects.create(council_id=case.council_id, enquiry=case, text=text, by=by.user)
        record("enquiry.safeguarding_noted", subject=note, by=by.user, enquiry=str(case.pk))
    return note


def mark_read(notes: Sequence[SafeguardingNote], *, by: Access) -> None:
    """Who read them, each time: one event about the newest."""
    if not notes:
        return
    newest = notes[0]
    by.require(Permission.SAFEGUARD, newest.council_id)
    with as_council(newest.council_id):
        record(
            "enquiry.safeguarding_read",
            subject=newest,
            by=by.user,
            enquiry=str(newest.enquiry_id),
            notes=len(notes),
        )
