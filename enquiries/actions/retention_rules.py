"""A council's own numbers of months."""

from collections.abc import Mapping
from uuid import UUID

from councils.access import Access
from councils.clock import hub_now
from councils.models import Council, Event, RetentionRule
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from enquiries.retention.endings import RULES, RULES_VERSION, Ending, fault_of
from enquiries.retention.reading import months_of


def set_months(council: Council, wished: Mapping[Ending, int], *, by: Access) -> dict[Ending, int]:
    """What changed. A number that is the hub's own is not kept, so that it goes on changing with the hub's. Raises
    Refused for one that the law does not allow."""
    by.require(Permission.CHANGE_SETTINGS, council.pk)
    faults = [fault for ending, months in wished.items() if (fault := fault_of(ending, months))]
    if faults:
        raise Refused(" ".join(faults))
    with as_council(council):
        Council.objects.select_for_update().get(pk=council.pk)  # two managers at once: one after the other
        before = months_of(council.pk)
        changed = {ending: months for ending, months in wished.items() if before[ending] != months}
        for ending, months in changed.items():
            _write(council, ending, months, by)
        if changed:
            _tell(council, before, changed, by)
    return changed


def _write(council: Council, ending: Ending, months: int, by: Access) -> None:
    if months == RULES[ending].months:
        RetentionRule.objects.filter(council=council, outcome=ending).delete()
        return
    values = {"months": months, "changed_by": by.user, "changed_at": hub_now()}
    RetentionRule.objects.update_or_create(council=council, outcome=ending, defaults=values)


def _tell(council: Council, before: Mapping[Ending, int], changed: Mapping[Ending, int], by: Access) -> None:
    Event.objects.create(
        council=council,
        verb="council.retention_changed",
        subject_kind="council",
        subject_id=UUID(int=council.pk),  # councils have whole numbers for keys
        by=by.user,
        rule_version=RULES_VERSION,
        facts={
            "before": {ending.value: before[ending] for ending in changed},
            "after": {ending.value: months for ending, months in changed.items()},
        },
    )
