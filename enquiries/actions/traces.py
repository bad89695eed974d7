"""What an action changed about a case, written into its event, so that it can be put back exactly.

Dates, states and codes only: nothing personal may stand in an event.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from enquiries.models import Enquiry

if TYPE_CHECKING:
    from django.db.models import Field

Plain = Mapping[str, str | int | bool | None]
TRACED = (
    "state",
    "state_changed_at",
    "state_since",
    "closed_at",
    "close_reason",
    "wake_on",
    "visit_at",
    "promise_kept_at",
    "reached_at",
    "next_due_at",
    "applied_on",
    "stage_1_from",
    "owner_id",
    "claimed_at",
)


@dataclass(frozen=True)
class Trace:
    """A case as it was before an action."""

    values: Mapping[str, Any]

    @classmethod
    def of(cls, case: Enquiry) -> "Trace":
        return cls({name: getattr(case, name) for name in TRACED})

    def until(self, case: Enquiry) -> tuple[Plain, Plain]:
        """What is different now: before and after, for the facts of an event."""
        changed = [name for name in TRACED if getattr(case, name) != self.values[name]]
        before = {name: _plain(self.values[name]) for name in changed}
        return before, {name: _plain(getattr(case, name)) for name in changed}


def put_back(case: Enquiry, before: Mapping[str, Any], after: Mapping[str, Any], *, always: Collection[str]) -> None:
    """What has changed again since stands, but for `always`. The caller saves."""
    for name, value in before.items():
        if name in always or getattr(case, name) == _read(name, after[name]):
            setattr(case, name, _read(name, value))


def _plain(value: Any) -> str | int | None:
    if value is None or isinstance(value, int):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def _read(name: str, value: Any) -> Any:
    field = cast("Field[Any, Any]", Enquiry._meta.get_field(name))
    return value if field.is_relation else field.to_python(value)
