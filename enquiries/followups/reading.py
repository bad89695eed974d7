"""Facts of a case from its rows, read once for each plan."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from councils.models import Council
from enquiries.commitment import hours_of
from enquiries.contact_details import is_uk_mobile
from enquiries.follow_up_states import FollowUp
from enquiries.followups.facts import Attempt, Facts, Override
from enquiries.followups.plan import Planned, plan
from enquiries.followups.starts import minute, told_key
from enquiries.handover_states import Side
from enquiries.models import ContactAttempt, Enquiry, FollowUpRecord, Handover, Wording
from enquiries.states import Outcome, State, Way
from outbox.channels import texts_can_leave


@dataclass(frozen=True)
class Desk:
    """What lies on the desk of whoever writes to this enquirer."""

    case: Enquiry
    council: Council
    now: datetime
    attempts: tuple[Attempt, ...]
    records: Mapping[str, FollowUpRecord]
    wordings: Mapping[FollowUp, Wording]

    @property
    def facts(self) -> Facts:
        return facts_of(self.case, self.council, self.attempts, self.records)

    def with_record(self, record: FollowUpRecord) -> "Desk":
        return replace(self, records={**self.records, record.step: record})

    def planned(self) -> list[Planned]:
        overrides = {name: Override(wording.days, wording.off) for name, wording in self.wordings.items()}
        return plan(self.facts, self.records, overrides, self.now)


def desk_of(case: Enquiry, now: datetime) -> Desk:
    """Four queries."""
    return desk_about(case, Council.objects.select_related("hub").get(pk=case.council_id), now)


def desk_about(case: Enquiry, council: Council, now: datetime) -> Desk:
    """Three queries, where the council and its hub are known."""
    records = FollowUpRecord.objects.filter(council=council, enquiry=case).order_by("at", "pk")
    return Desk(
        case=case,
        council=council,
        now=now,
        attempts=attempts_of(case),
        records={record.step: record for record in records},
        wordings=wordings_of(council),
    )


def first_desk(case: Enquiry, council: Council, now: datetime) -> Desk:
    """Of a case that has just arrived: nothing happened yet. One query."""
    return Desk(case, council, now, attempts=(), records={}, wordings=wordings_of(council))


def attempts_of(case: Enquiry) -> tuple[Attempt, ...]:
    attempts = ContactAttempt.objects.filter(council=case.council_id, enquiry=case).order_by("at")
    return tuple(Attempt(each.at, each.created_at, Way(each.way), Outcome(each.outcome)) for each in attempts)


def wordings_of(council: Council) -> dict[FollowUp, Wording]:
    return {FollowUp(wording.follow_up): wording for wording in Wording.objects.filter(council=council)}


def _told(name: str, records: Mapping[str, FollowUpRecord]) -> tuple[str, ...]:
    """Keys of a sequence's steps that have ended, oldest first."""
    return tuple(key for sequence, _, key in (step.partition(":") for step in records) if sequence == name)


def _taken_over_at(records: Mapping[str, FollowUpRecord]) -> datetime | None:
    """The council that had the case before has confirmed it; so this one's confirmation says why there is none."""
    confirmation = records.get(FollowUp.CONFIRMATION)
    return confirmation.at if confirmation and confirmation.why == FollowUp.HANDED_OVER else None


def came_by(case: Enquiry) -> Handover | None:
    """The handover by which another council passed it on. One query."""
    rows = Handover.objects.filter(council=case.council_id, enquiry=case, side=Side.RECEIVED)
    return rows.select_related("other").first()


def facts_of(
    case: Enquiry, council: Council, attempts: tuple[Attempt, ...], records: Mapping[str, FollowUpRecord]
) -> Facts:
    visits = _told("visit_booked", records)
    told = records.get(f"visit_booked:{told_key(minute(case.visit_at), visits)}") if case.visit_at else None
    return Facts(
        state=State(case.state),
        created_at=case.created_at,
        way=Way(case.way),
        email=bool(case.email),
        mobile=case.text_ok and is_uk_mobile(case.phone) and texts_can_leave(),
        email_fails=case.email_fails,
        send_nothing=case.send_nothing,
        quarantined=case.quarantined,
        to_confirm=case.to_confirm,
        wants_news=case.news_by_email,
        stopped_at=case.stopped_at,
        heard_at=case.heard_at,
        reached_at=case.reached_at,
        asked_at=case.asked_at,
        visit_at=case.visit_at,
        visits_told=visits,
        waits_told=_told("not_yet", records),
        visit_told_at=told.at if told else None,
        wake_on=case.wake_on,
        taken_over_at=_taken_over_at(records),
        state_changed_at=case.state_changed_at,
        attempts=attempts,
        hours=hours_of(council),
    )
