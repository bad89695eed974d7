"""Staff's word on an ambassador: approved, in good standing, checked today. It holds for a time and goes stale by date
alone; and staff may pause somebody without a reason on record, since the reason may be nobody's business here."""

from datetime import date

from ambassadors.actions.people import locked
from ambassadors.models import Ambassador
from ambassadors.schemes import scheme_of
from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.roles import Permission
from councils.tenancy import as_council
from councils.working_time import in_london
from enquiries.retention.months import months_after


def confirm_standing(ambassador: Ambassador, *, by: Access) -> date:
    """The last day on which it holds."""
    by.require(Permission.MATCH, ambassador.council_id)
    with as_council(ambassador.council_id):
        row, now = locked(ambassador), hub_now()
        until = months_after(in_london(now).date(), scheme_of(row.council_id).standing_months)
        row.standing_until, row.standing_by, row.standing_at = until, by.user, now
        row.save(update_fields=["standing_until", "standing_by", "standing_at"])
        record("ambassador.standing_confirmed", subject=row, by=by.user, until=until.isoformat())
    return until


def set_paused(ambassador: Ambassador, *, paused: bool, by: Access) -> None:
    """By staff; only staff end it."""
    by.require(Permission.MATCH, ambassador.council_id)
    with as_council(ambassador.council_id):
        row = locked(ambassador)
        if row.paused_by_staff != paused:
            row.paused_by_staff = paused
            row.save(update_fields=["paused_by_staff"])
            record("ambassador.paused" if paused else "ambassador.back", subject=row, by=by.user)
