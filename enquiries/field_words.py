"""What the fields of a case are called on the page, and their values in words."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from councils.working_time import in_london
from enquiries.contact_details import spoken_phone
from enquiries.models import Enquiry
from enquiries.states import Slot

if TYPE_CHECKING:
    from django.db.models import Field

STATE = {"state": "State", "state_since": "Since"}
VISIT = {"visit_at": "Visit"}
STAGES = {
    "applied_on": "Application",
    "stage_1_from": "Stage 1 began",
    "stage_1_to": "Stage 1 ended",
    "stage_2_from": "Stage 2 began",
    "stage_2_to": "Stage 2 ended",
}
RECORDS = {
    "fosters_with_name": "Service",
    "records_consent_on": "They agreed",
    "records_asked_on": "Asked",
    "records_came_on": "Came",
}
NUMBER = {"case_number": "Number in your case system"}
PERSON = {
    "name": "Name",
    "email": "Email",
    "phone": "Phone",
    "way": "How to get in touch",
    "times": "Times",
    "voicemail_ok": "Voicemail may mention fostering",
    "text_ok": "Text may mention fostering",
    "language": "Language",
    "needs_interpreter": "Needs an interpreter",
    "uses_bsl": "Uses British Sign Language",
    "uses_text_relay": "Rings through text relay",
    "kind": "Type",
    "fosters_with": "Fosters with",
    "fosters_with_name": "Service",
    "postcode": "Postcode",
}
LABELS: Mapping[str, str] = {**STATE, **VISIT, **STAGES, **RECORDS, **NUMBER, **PERSON}


def labels_of(fields: Iterable[object]) -> str:
    """ "Name, Email": fields of the case as the page calls them."""
    return ", ".join(LABELS.get(str(field), str(field)) for field in fields)


def in_words(field: str, value: object) -> str:
    """A value of the case, or one that was typed, as staff read it."""
    choices = dict(cast("Field[Any, Any]", Enquiry._meta.get_field(field)).flatchoices)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(str(Slot(slot).label) for slot in value if slot in Slot.values) or "–"
    if isinstance(value, datetime):
        here = in_london(value)
        return f"{here:%-d %B %Y}, {here:%-I:%M}{'am' if here.hour < 12 else 'pm'}"
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    if field == "phone" and str(value).startswith("+"):
        return spoken_phone(str(value))
    return str(choices.get(value, value) or "–")
