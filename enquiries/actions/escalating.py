"""A due time that comes near is told to the officer, then to the managers, then to the hub: each once a due time.

What is told is a to-do, and a mail without names. Each case has a transaction of its own and is looked at again under
its lock, so running twice or side by side tells nobody twice. What was slept through is written down in order, and
only the last of it is mailed.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from operator import itemgetter
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q
from django.urls import reverse

from councils.clock import hub_now
from councils.events import record
from councils.models import Council, ToDo, User
from councils.models.todos import ToDoKind
from councils.tenancy import across, as_council, crossing
from councils.working_time import WorkingHours
from enquiries.actions.away import give_back_if_away
from enquiries.actions.todos import close_todos
from enquiries.actions.watch import list_at_hub_office
from enquiries.commitment import hours_of
from enquiries.due import due
from enquiries.escalation import horizons, to_tell
from enquiries.follow_up_states import Told
from enquiries.models import Enquiry
from enquiries.recipients import duty_of, managers_of, office_of, officer_of
from enquiries.states import APPLICATION_STATES, State
from outbox.actions import enqueue_template
from outbox.rounds import one_by_one

TELL_WITHIN = timedelta(hours=24)
Until = Mapping[Told, datetime]


def escalate() -> int:
    """How many cases somebody was told of."""
    councils = {council.pk: council for council in Council.objects.select_related("hub")}
    with across(councils, reason="escalate due times"):
        found = _near(councils, hub_now())
    return one_by_one(found, lambda near: _escalate(councils[near[0]], near[1]), name=itemgetter(1))


def _near(councils: Mapping[int, Council], now: datetime) -> list[tuple[int, UUID]]:
    """One query for all councils: those with the same hours share a condition."""
    by_hours: dict[WorkingHours, list[int]] = defaultdict(list)
    for council in councils.values():
        by_hours[hours_of(council)].append(council.pk)
    open_now = [(together, until) for hours, together in by_hours.items() if (until := horizons(now, hours))]
    if not open_now:
        return []
    wanted = Q()
    for together, until in open_now:
        wanted |= Q(council__in=together) & _reached(until)
    latest = max(until[Told.OFFICER] for _, until in open_now)
    running = Enquiry.objects.filter(closed_at=None, next_due_at__lte=latest)  # in these words for the index
    return list(running.filter(wanted).order_by("next_due_at").values_list("council_id", "pk"))


def _reached(until: Until) -> Q:
    """The ladder of `escalation.to_tell` as a condition."""
    officer = Q(next_due_at__lte=until[Told.OFFICER]) & (~Q(escalated_for=F("next_due_at")) | Q(escalated=Told.NOBODY))
    above = Q()
    for rung in (Told.MANAGER, Told.HUB):
        above |= Q(next_due_at__lte=until[rung], escalated__lt=rung)
    return officer | above & ~Q(state__in=APPLICATION_STATES)


def _escalate(council: Council, case_id: UUID) -> bool:
    with as_council(council):
        now = hub_now()
        case = _locked(council, case_id)
        if case is None or case.next_due_at is None:
            return False
        told = Told(case.escalated) if case.escalated_for == case.next_due_at else Told.NOBODY
        rungs = to_tell(case.next_due_at, State(case.state), told=told, until=horizons(now, hours_of(council)))
        if not rungs:
            return False
        give_back_if_away(case, now)
        for rung in rungs:
            record("enquiry.escalated", subject=case, by=None, told=rung.name.lower(), due=case.next_due_at.isoformat())
        _tell(case, council, rungs[-1], now)
        case.escalated, case.escalated_for = rungs[-1], case.next_due_at
        case.save(update_fields=["escalated", "escalated_for"])
    return True


def _locked(council: Council, case_id: UUID) -> Enquiry | None:
    """Somebody else at work on it comes first: the next minute looks again."""
    rows = Enquiry.objects.select_for_update(skip_locked=True)  # not joined: see changing.locked
    return rows.filter(council=council, pk=case_id, closed_at=None).first()


def _tell(case: Enquiry, council: Council, rung: Told, now: datetime) -> None:
    _remind(case, council, case.owner if rung == Told.OFFICER else None)
    if rung == Told.HUB:
        list_at_hub_office(case, council, ToDoKind.DUE_SOON, due_at=case.next_due_at)
        office = office_of(council)
        with crossing("tell_hub_office", to=[office]):
            _mail(case, council, duty_of(office, now), rung, now, sender=office)
        return
    addresses = officer_of(case, council, now) if rung == Told.OFFICER else managers_of(council, now)
    _mail(case, council, addresses, rung, now, sender=council)


def _remind(case: Enquiry, council: Council, owner: User | None) -> None:
    """The officer's own at first; from the managers on everybody's in the council. One to-do is enough: what runs out
    soon says more than that its owner is away."""
    close_todos(case, ToDoKind.OWNER_AWAY)
    ToDo.objects.update_or_create(
        council=council,
        kind=ToDoKind.DUE_SOON,
        subject_id=case.pk,
        done_at=None,
        defaults={
            "subject_kind": "enquiry",
            "about_council": council,
            "owner": owner,
            "due_at": case.next_due_at,
        },
    )


def _mail(case: Enquiry, council: Council, addresses: list[str], rung: Told, now: datetime, *, sender: Council) -> None:
    left = due(case.next_due_at, now).words
    for number, address in enumerate(addresses):
        enqueue_template(
            template="due_soon",
            context={"case": case, "council": council, "hub": council.hub, "left": left, "link": link_to(case)},
            council=sender,
            kind="due_soon",
            to=address,
            subject=f"{case.reference}: {left[:1].lower()}{left[1:]}",
            dedupe_key=f"due_soon:{case.pk}:{case.next_due_at:%Y%m%dT%H%M%S}:{rung.name.lower()}:{number}",
            to_staff=True,
            expires_at=now + TELL_WITHIN,
            subject_kind="enquiry",
            subject_id=case.pk,
        )


def link_to(case: Enquiry) -> str:
    return settings.BASE_URL + reverse("admin:enquiries_enquiry_change", args=[case.pk])
