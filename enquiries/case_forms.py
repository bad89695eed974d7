"""The forms of the case page: as the case stands, or as they were typed where that was refused."""

from collections.abc import Iterable, Mapping

from django.http import QueryDict

from enquiries.actions.stages import NAMES
from enquiries.forms.casework import AttemptForm, NoteForm, StaffForm
from enquiries.forms.records import NumberForm, RecordsForm
from enquiries.forms.steps import StagesForm
from enquiries.models import Enquiry
from enquiries.states import APPLICATION_STATES, Kind

# Each is known by a field that no other form has.
_KNOWN_BY = {"attempt": "outcome", "note": "text", "stages": "stage_1_from", "records": "records_asked_on"} | {
    "number": "case_number"
}


def forms_of(case: Enquiry, typed: QueryDict | None) -> Mapping[str, StaffForm | None]:
    sent = {form: typed if typed and field in typed else None for form, field in _KNOWN_BY.items()}
    return {
        "attempt": AttemptForm(sent["attempt"]),
        "note": NoteForm(sent["note"]),
        "stages": StagesForm(sent["stages"], initial=_values(case, NAMES)) if _is_assessed(case) else None,
        "records": RecordsForm(sent["records"], initial=_values(case, RecordsForm.base_fields))
        if case.kind == Kind.TRANSFER
        else None,
        "number": NumberForm(sent["number"], initial=_values(case, NumberForm.base_fields)),
    }


def _is_assessed(case: Enquiry) -> bool:
    return case.state in APPLICATION_STATES or any(_values(case, NAMES).values())


def _values(case: Enquiry, names: Iterable[str]) -> dict[str, object]:
    return {name: getattr(case, name) for name in names}
