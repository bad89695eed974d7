"""A form was filled in against a case as it was shown. Where a colleague has changed since what this form touches,
nothing is saved: both versions are shown side by side, and a button does it all the same.

Each form carries a token: when its page was made, and a digest of the values that it touches. What a form does not
touch may change as it likes, and whoever adds a note or an attempt is never asked.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, DateField, DateTimeField
from django.http import QueryDict

from councils.refusals import Refused
from enquiries.contact_details import DetailRefused, clean_phone
from enquiries.field_words import NUMBER, PERSON, RECORDS, STAGES, STATE, VISIT, in_words
from enquiries.forms.casework import MOMENTS
from enquiries.forms.steps import DAYS
from enquiries.models import Enquiry
from enquiries.states import Step
from enquiries.timeline import Entry

FIELD = "seen"
# What each form touches: fields of the case, and what they are called on the page.
FORMS: Mapping[str, Mapping[str, str]] = {
    "step": STATE | VISIT,
    "undo": STATE | VISIT,
    "day": STATE,
    "visit": {"state": "State"} | VISIT,
    "stages": STAGES,
    "records": RECORDS,
    "number": NUMBER,
    "correction": PERSON,
}
# Where a form calls it otherwise than the case does.
_POSTED: Mapping[tuple[str, str], str] = {("step", "state"): "step", ("step", "state_since"): "on"} | {
    ("day", "state_since"): "on"
}


class Stale(Refused):
    """Somebody was faster. The page shows both versions."""

    def __init__(self, form: str) -> None:
        super().__init__("Nothing was saved: this case has changed since you opened the page.")
        self.form = form


@dataclass(frozen=True)
class Seen:
    """The token of each form of this page: `seen.step` in a template."""

    case: Enquiry
    now: datetime

    def __getitem__(self, form: str) -> str:
        return f"{_digest(self.case, form)}.{int(self.now.timestamp() * 1_000_000)}"


@dataclass(frozen=True)
class Side:
    """One line of the two versions."""

    label: str
    wanted: str
    now: str


@dataclass(frozen=True)
class Conflict:
    """`since`: what happened after the page was made, newest first. `again`: what the button sends."""

    sides: list[Side]
    since: list[Entry]
    again: list[tuple[str, str]]


def require_fresh(form: str, case: Enquiry, sent: QueryDict) -> None:
    """The case is locked. Raises Stale."""
    digest = sent.get(FIELD, "").partition(".")[0]
    if digest and form in FORMS and digest != _digest(case, form):
        raise Stale(form)


def conflict(form: str, case: Enquiry, sent: QueryDict, *, timeline: list[Entry], now: datetime) -> Conflict:
    opened = page_made_at(sent)
    kept = [
        (name, value) for name in sent if name not in {FIELD, "csrfmiddlewaretoken"} for value in sent.getlist(name)
    ]
    return Conflict(
        sides=list(_sides(form, case, sent)),
        since=[entry for entry in timeline if opened and entry.at > opened],
        again=[*kept, (FIELD, Seen(case, now)[form])],
    )


def _digest(case: Enquiry, form: str) -> str:
    values = [getattr(case, field) for field in FORMS.get(form, {})]
    plain = [value.astimezone(UTC) if isinstance(value, datetime) else value for value in values]
    return hashlib.sha256(repr(plain).encode()).hexdigest()[:16]


def page_made_at(sent: QueryDict) -> datetime | None:
    return _moment(sent.get(FIELD, "").partition(".")[2])


def _moment(micros: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(micros) / 1_000_000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _sides(form: str, case: Enquiry, sent: QueryDict) -> Iterator[Side]:
    """What the form asks for and would change; where it asks for nothing, what it was about."""
    for field, label in FORMS[form].items():
        now = in_words(field, getattr(case, field))
        wanted = _wanted(field, _POSTED.get((form, field), field), sent)
        if wanted is not None and wanted != now:
            yield Side(label, wanted, now)
        elif wanted is None and field == "state":
            yield Side(label, "As you saw it", now)


def _wanted(field: str, posted: str, sent: QueryDict) -> str | None:
    """None where the form does not ask for it."""
    if posted == "step":
        return next((str(step.label) for step in Step if step.value == sent.get(posted)), None)
    if isinstance(Enquiry._meta.get_field(field), BooleanField):
        return in_words(field, posted in sent)
    if field == "times":
        return in_words(field, sent.getlist(posted))
    if posted == "on" and not sent.get(posted):
        return "Today"
    return in_words(field, _as_kept(field, str(sent[posted]).strip())) if posted in sent else None


def _as_kept(field: str, typed: str) -> object:
    """What was typed as the case would keep it; as it was typed, where that cannot be read."""
    column = Enquiry._meta.get_field(field)
    with suppress(DetailRefused, ValidationError):
        if field == "phone" and typed:
            return clean_phone(typed)
        if isinstance(column, DateTimeField):
            return forms.DateTimeField(required=False, input_formats=MOMENTS).clean(typed)
        if isinstance(column, DateField):
            return forms.DateField(required=False, input_formats=DAYS).clean(typed)
    return typed
