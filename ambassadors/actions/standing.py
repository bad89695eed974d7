"""Staff's word on an ambassador: approved, in good standing, checked today. It holds for a time and goes stale by date
alone; and staff may pause somebody without a reason on record, since the reason may be nobody's business here."""

from datetime import date, timedelta

from ambassadors.actions.people import locked
from ambassadors.letters.to_staff import ask_to_check, was_asked_to_check
from ambassadors.models import Ambassador, AmbassadorState
from ambassadors.schemes import scheme_of
from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council
from councils.roles import Permission
from councils.tenancy import across, as_council
from councils.working_time import in_london
from enquiries.retention.months import months_after
from outbox.rounds import one_by_one

AHEAD = timedelta(days=14)


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


def remind_of_standing() -> int:
    """Coordinators, two weeks before a standing runs out and when it has. Safe to run twice: each mail goes once."""
    today = in_london(hub_now()).date()
    with across(Council.objects.fostering(), reason="standings that run out"):
        active = Ambassador.objects.filter(state=AmbassadorState.ACTIVE, leaving_asked_at=None)
        rows = list(active.filter(standing_until__range=(today - AHEAD, today + AHEAD)).order_by("pk"))
    return one_by_one(rows, lambda row: _remind(row, today), name=lambda row: row.pk)


def _remind(row: Ambassador, today: date) -> bool:
    """Looked at each minute, so what was sent is asked for before anything is written anew."""
    is_over = row.standing_until is not None and row.standing_until < today
    with as_council(row.council_id):
        if was_asked_to_check(row, is_over=is_over):
            return False
        ask_to_check(row, is_over=is_over)
    return True
