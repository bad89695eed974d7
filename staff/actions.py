"""What staff change about their council, and about who is there."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from councils.access import Access
from councils.clock import hub_now
from councils.models import Absence, Council, Event, Membership, User
from councils.refusals import Refused, RoleRefused
from councils.roles import Permission
from councils.tenancy import as_council
from councils.working_time import in_london

SETTINGS_CHANGED, HOURS_BEFORE = "council.settings_changed", "hours_before"
LONGEST_AHEAD = timedelta(days=2 * 366)  # beyond every leave; the end of the calendar cannot be counted past
HOURS = ("opens_at", "closes_at")
SETTINGS = ["duty_mailbox", *HOURS, "promise_working_days", "first_contact_by", "assignment"]


def change_settings(council: Council, changed: Iterable[str], *, by: Access) -> None:
    """`council` carries the new values; only settings are written. Raises Refused."""
    by.require(Permission.CHANGE_SETTINGS, council.pk)
    names = [name for name in changed if name in SETTINGS]
    if not names:
        return
    with as_council(council):
        before = Council.objects.select_for_update().get(pk=council.pk)
        council.save(update_fields=names)
        Event.objects.create(
            council=council,
            verb=SETTINGS_CHANGED,
            subject_kind="council",
            subject_id=UUID(int=council.pk),  # councils have whole numbers for keys
            by=by.user,
            facts={"settings": names} | ({HOURS_BEFORE: _hours(before)} if {*HOURS} & {*names} else {}),
        )


def _hours(council: Council) -> list[str]:
    """What came until now goes on being counted by them."""
    return [council.opens_at.isoformat(), council.closes_at.isoformat()]


def write_absence(
    user: User, *, first_day: date, last_day: date, instead_of: Absence | None = None, by: Access
) -> Absence:
    """One's own, or a colleague's where one manages. Raises Refused."""
    _require_own_or_managed(user, by)
    if last_day < first_day:
        raise Refused("The last day must be the first day or later.")
    today = in_london(hub_now()).date()
    if last_day < today:
        raise Refused("The last day must be today or later.")
    if last_day > today + LONGEST_AHEAD:
        raise Refused("The last day must be within two years.")
    same = Absence.objects.filter(user=user, first_day=first_day, last_day=last_day).first()
    if same and instead_of is None:  # the button was pressed twice
        return same
    absence = instead_of or Absence(user=user)
    absence.first_day, absence.last_day, absence.written_by = first_day, last_day, by.user
    absence.save()
    _record(user, "staff.absence_written", by)
    return absence


def remove_absence(absence: Absence, *, by: Access) -> None:
    _require_own_or_managed(absence.user, by)
    absence.delete()
    _record(absence.user, "staff.absence_removed", by)


def change_working_days(user: User, days: Iterable[int], *, by: Access) -> None:
    """One's own, or a colleague's where one manages. Raises Refused. Safe to do twice."""
    _require_own_or_managed(user, by)
    week = sorted(set(days))
    if not week or not set(week) <= set(range(7)):
        raise Refused("Choose at least one day of the week.")
    if week == sorted(user.working_days):
        return
    user.working_days = week
    user.save(update_fields=["working_days"])
    _record(user, "staff.working_days_changed", by)


def may_write_absences_of(user: User, by: Access) -> bool:
    return user == by.user or any(by.may(Permission.CHANGE_SETTINGS, council) for council in _councils_of(user))


def _require_own_or_managed(user: User, by: Access) -> None:
    if not may_write_absences_of(user, by):
        raise RoleRefused("Your role does not allow this. Ask your manager to change it or to do it for you.")


def _councils_of(user: User) -> list[int]:
    return list(Membership.objects.current().filter(user=user).order_by("council").values_list("council_id", flat=True))


def _record(user: User, verb: str, by: Access) -> None:
    """In a council that both work in. Whoever sees no cases has none in scope: the row itself says who wrote it."""
    shared = [council for council in _councils_of(user) if council in by.councils]
    if shared:
        with as_council(shared[0]):
            Event.objects.create(
                council_id=shared[0], verb=verb, subject_kind="user", subject_id=UUID(int=user.pk), by=by.user
            )
