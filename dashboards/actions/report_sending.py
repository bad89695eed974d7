"""Reports that are due leave through the outbox of the hub's office. Each is put there and written down as sent in one
transaction, so it goes once however often this runs."""

from datetime import date, datetime, timedelta

from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_council, as_hub
from councils.working_time import in_london, is_open
from dashboards.actions.reporting import may_have
from dashboards.models import Report
from dashboards.reports.letter import Letter, letter_of
from dashboards.reports.times import begins, is_due
from enquiries.commitment import hours_of
from outbox.actions import enqueue_template
from outbox.rounds import one_by_one
from staff.trail import record_account

KEPT_TRYING = timedelta(days=3)


def send_reports() -> int:
    """How many were sent, of all hubs whose office is open."""
    now = hub_now()
    offices = Council.objects.offices().select_related("hub").order_by("pk")
    due = [(office, key) for office in offices if is_open(now, hours_of(office)) for key in _due(office, now)]
    return one_by_one(due, lambda each: send(each[0], each[1], now=now), name=lambda each: each[1])


def _due(office: Council, now: datetime) -> list[int]:
    with as_hub(office.hub_id):
        return [report.pk for report in Report.objects.filter(hub=office.hub_id) if _is_due(report, now)]


def _is_due(report: Report, now: datetime) -> bool:
    since = report.last_sent_on or in_london(report.at).date()
    return is_due(report.every, since, in_london(now).date())


def send(office: Council, key: int, *, now: datetime) -> bool:
    """False where somebody else has just sent it, or who it goes to has no right to it any more: that ends it."""
    with as_council(office):
        with as_hub(office.hub_id):
            report = _locked(key)
            if report is None or not _is_due(report, now):
                return False
            letter = _letter(report, office, today=in_london(now).date())
        if letter is None:
            record_account("figures.report_ended", user=report.to, council=office, report=key, why="no right any more")
            return False
        _enqueue(office, report, letter, now)
    return True


def _locked(key: int) -> Report | None:
    rows = Report.objects.select_related("to", "council").select_for_update(of=("self",), skip_locked=True)
    return rows.filter(pk=key).first()


def _letter(report: Report, office: Council, *, today: date) -> Letter | None:
    """Written down as sent; None, and it is gone, where they may not have it."""
    row = Report.objects.filter(pk=report.pk)
    if not may_have(report.to, office.hub, report.council):
        row.delete()
        return None
    row.update(last_sent_on=today)
    return letter_of(report, office.hub, today=today)


def _enqueue(office: Council, report: Report, letter: Letter, now: datetime) -> None:
    begin = begins(report.every, in_london(now).date())
    enqueue_template(
        template="figures",
        context=letter.context,
        council=office,
        kind="figures",
        to=report.to.email,
        subject=letter.subject,
        dedupe_key=f"figures:{report.pk}:{begin.isoformat()}",
        expires_at=now + KEPT_TRYING,
        to_staff=True,
    )
