"""A promise to the enquirer that was not kept: written down once, and told to the council's managers and to the hub.

The to-dos are there within a minute, by night too; the mails wait until the council opens.
"""

from datetime import datetime
from operator import itemgetter
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from councils.clock import hub_now
from councils.events import record
from councils.models import Council, Event
from councils.models.todos import ToDoKind
from councils.tenancy import across, as_council, crossing
from councils.working_time import open_spells
from enquiries.actions.escalating import TELL_WITHIN, link_to
from enquiries.actions.todos import open_todo
from enquiries.actions.watch import list_at_hub_office
from enquiries.commitment import hours_of
from enquiries.models import Enquiry
from enquiries.recipients import duty_of, managers_of, office_of
from outbox.actions import enqueue_template
from outbox.rounds import one_by_one

MISSED = "enquiry.promise_missed"


def find_missed() -> int:
    """How many promises were found missed; each once, however often this runs."""
    councils = {council.pk: council for council in Council.objects.select_related("hub")}
    with across(councils, reason="find missed promises"):
        found = list(_missed(hub_now()).filter(council__in=councils).values_list("council_id", "pk"))
    return one_by_one(found, lambda case: _write_down(councils[case[0]], case[1]), name=itemgetter(1))


def _missed(now: datetime) -> QuerySet[Enquiry]:
    """A promise that ran out while the case was closed was not missed: nobody was to get in touch."""
    known = Event.objects.filter(
        council=OuterRef("council"), subject_id=OuterRef("pk"), verb=MISSED, at__gte=OuterRef("promise_due_at")
    )
    running = Enquiry.objects.filter(closed_at=None, promise_kept_at=None, promise_due_at__lte=now)
    return running.filter(state_changed_at__lte=F("promise_due_at")).exclude(Exists(known))


def _write_down(council: Council, case_id: UUID) -> bool:
    with as_council(council):
        now = hub_now()
        rows = _missed(now).select_for_update(skip_locked=True)  # not joined: see changing.locked
        case = rows.filter(council=council, pk=case_id).first()
        # The row was locked after the statement began: only a fresh look sees the event of whoever held it before.
        if case is None or not _missed(now).filter(council=council, pk=case_id).exists():
            return False
        _tell(case, council, now)
    return True


def write_down_if_missed(case: Enquiry) -> None:
    """Before a change that would hide it from the next look: kept late is missed all the same. The case is locked."""
    now = hub_now()
    lapsed = case.is_open and case.promise_kept_at is None and case.promise_due_at <= now
    if lapsed and _missed(now).filter(council=case.council_id, pk=case.pk).exists():
        _tell(case, Council.objects.select_related("hub").get(pk=case.council_id), now)


def _tell(case: Enquiry, council: Council, now: datetime) -> None:
    record(MISSED, subject=case, by=None, due=case.promise_due_at.isoformat(), owned=case.owner_id is not None)
    open_todo(case, council, ToDoKind.PROMISE_MISSED)
    list_at_hub_office(case, council, ToDoKind.PROMISE_MISSED, due_at=case.next_due_at)
    _mail_when_open(case, council, now)


def _mail_when_open(case: Enquiry, council: Council, now: datetime) -> None:
    opens, _ = next(open_spells(now, hours_of(council)))
    office = office_of(council)
    _mail(case, council, managers_of(council, opens), opens, sender=council)
    if office.pk != council.pk:
        with crossing("tell_hub_office", to=[office]):
            _mail(case, council, duty_of(office, opens), opens, sender=office)


def _mail(case: Enquiry, council: Council, addresses: list[str], opens: datetime, *, sender: Council) -> None:
    for number, address in enumerate(addresses):
        enqueue_template(
            template="promise_missed",
            context={"case": case, "council": council, "hub": council.hub, "link": link_to(case)},
            council=sender,
            kind="promise_missed",
            to=address,
            subject=f"{case.reference}: a promise was missed",
            dedupe_key=f"promise_missed:{case.pk}:{case.promise_due_at:%Y%m%dT%H%M%S}:{number}",
            to_staff=True,
            not_before=opens,
            expires_at=opens + TELL_WITHIN,
            subject_kind="enquiry",
            subject_id=case.pk,
        )
