"""How a council runs its scheme, changed by whoever may change its settings."""

from collections.abc import Mapping
from uuid import UUID

from ambassadors.models import Scheme
from councils.access import Access
from councils.models import Council, Event
from councils.roles import Permission
from councils.tenancy import as_council

SETTINGS = (
    *("runs", "across_borders", "answer_days", "standing_months", "mentor_meetings", "mentor_months"),
    *("rate_an_hour", "rate_a_mile", "out_of_hours_phone"),
)


def change_scheme(council: Council, wished: Mapping[str, object], *, by: Access) -> Scheme:
    """`wished`: some of SETTINGS. Numbers that the table refuses are caught by the form."""
    by.require(Permission.CHANGE_SETTINGS, council.pk)
    with as_council(council):
        Council.objects.select_for_update().get(pk=council.pk)  # two managers at once: one after the other
        scheme = Scheme.objects.filter(council=council).first() or Scheme(council=council)
        before = {name: getattr(scheme, name) for name in SETTINGS}
        changed = {name: wished[name] for name in SETTINGS if name in wished and wished[name] != before[name]}
        for name, value in changed.items():
            setattr(scheme, name, value)
        scheme.save()
        if changed:
            _tell(council, before, changed, by)
    return scheme


def _tell(council: Council, before: Mapping[str, object], changed: Mapping[str, object], by: Access) -> None:
    Event.objects.create(
        council=council,
        verb="council.scheme_changed",
        subject_kind="council",
        subject_id=UUID(int=council.pk),  # councils have whole numbers for keys
        by=by.user,
        facts={
            "before": {name: _plain(before[name]) for name in changed},
            "after": {name: _plain(value) for name, value in changed.items()},
        },
    )


def _plain(value: object) -> str | int | bool | None:
    return value if isinstance(value, str | int | bool) or value is None else str(value)
