"""The assessment: Stage 1 and Stage 2 are two dated tracks, which may overlap."""

from dataclasses import astuple, dataclass, fields
from datetime import date

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.refusals import Refused
from councils.roles import Permission
from councils.working_time import in_london
from enquiries.actions.changing import changing, save
from enquiries.models import Enquiry
from enquiries.promise import day_in_words


@dataclass(frozen=True, kw_only=True)
class Stages:
    applied_on: date | None = None
    stage_1_from: date | None = None
    stage_1_to: date | None = None
    stage_2_from: date | None = None
    stage_2_to: date | None = None


NAMES = [field.name for field in fields(Stages)]


def write_stages(enquiry: Enquiry, stages: Stages, *, by: Access) -> Enquiry:
    """As told, days that have been. Raises Refused for an end without or before its beginning."""
    with changing(enquiry, Permission.WORK_CASES, by, closed_too=True) as case:
        require_order(stages, came=in_london(case.created_at).date(), today=in_london(hub_now()).date())
        changed = [name for name in NAMES if getattr(case, name) != getattr(stages, name)]
        if not changed:
            return case
        days = {name: _iso(getattr(stages, name)) for name in changed}
        was = {name: _iso(getattr(case, name)) for name in changed}
        for name in changed:
            setattr(case, name, getattr(stages, name))
        save(case, *changed)
        record("enquiry.stages_written", subject=case, by=by.user, days=days, was=was)
    return case


def require_order(stages: Stages, *, came: date, today: date) -> None:
    told = [day for day in astuple(stages) if day]
    if told and max(told) > today:
        raise Refused("These are days that have been: none can be in the future.")
    if told and min(told) < came:
        raise Refused(f"The enquiry came on {day_in_words(came)} {came.year}: no stage can be earlier.")
    for name, begins, ends in (
        ("Stage 1", stages.stage_1_from, stages.stage_1_to),
        ("Stage 2", stages.stage_2_from, stages.stage_2_to),
    ):
        if ends and not begins:
            raise Refused(f"Say when {name} began, too.")
        if begins and ends and ends < begins:
            raise Refused(f"{name} cannot end before it began.")
        if begins and stages.applied_on and begins < stages.applied_on:
            raise Refused(f"{name} cannot begin before the application was received.")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
