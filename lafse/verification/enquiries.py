"""Nobody who asked is lost: stored, written to or called, somebody's, and with a time.

Ids are compared here and not by joins: under row-level security, and without statistics, PostgreSQL took 78 seconds for
what takes a fraction of one. What is written in one transaction is read in such an order that a commit in between
cannot look like a fault: first the rows that call for others, then the others.
"""

from collections import Counter
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from councils.models import Council, CouncilKind, Door, Event, Membership, ToDo
from councils.models.doors import DoorPurpose
from councils.models.todos import ToDoKind
from councils.roles import PERMISSIONS, Permission, Role
from enquiries.follow_up_states import FollowUp
from enquiries.models import Enquiry
from lafse.verification.finding import Finding, named
from outbox.models import Message
from outbox.states import FAILED_STATES

CALLS = (ToDoKind.CALL, ToDoKind.RING_INSTEAD, ToDoKind.MAIL_FAILED, ToDoKind.CAME_DIRECT)
_WORKING_ROLES = [role for role in Role if Permission.WORK_CASES in PERMISSIONS[role]]
# By the form; from another council, whose case began with the form; from a council's own list.
_RECEIVED = ("enquiry.received", "enquiry.taken_over", "enquiry.imported")
_TAKEN_BACK = "enquiry.import_undone"
_CONFIRMATION, _HANDED_OVER = FollowUp.CONFIRMATION.value, FollowUp.HANDED_OVER.value

Place = tuple[UUID, int]  # a case and its council


def what_was_acknowledged_is_stored() -> Finding:
    """A form that was answered with a reference has left a door and an event; both lead to the row, and it to them."""
    # Came by mail and not by the form: nobody was answered with a reference yet.
    answered = _places(to_confirm=False)
    direct = set(ToDo.objects.filter(kind=ToDoKind.CAME_DIRECT).values_list("subject_id", flat=True))
    received = Event.objects.filter(verb__in=_RECEIVED, subject_kind="enquiry")
    events = list(received.values_list("pk", "subject_id", "council_id"))
    forms = Door.objects.filter(purpose=DoorPurpose.FORM)
    doors = list(forms.values_list("pk", "subject_id", "council_id"))
    # What a council brought in by mistake and took back is no loss.
    stored = _places() | set(Event.objects.filter(verb=_TAKEN_BACK).values_list("subject_id", "council_id"))
    lost = named("event", (pk for pk, case, council in events if (case, council) not in stored))
    lost += named("door", (pk for pk, case, council in doors if (case, council) not in stored))
    told = {(case, council) for _, case, council in events}
    lost += named("enquiry", (case for case, _ in answered - told if case not in direct))
    return Finding("what was acknowledged is stored", len(events) + len(doors), lost)


def everybody_is_written_to_once_or_called() -> Finding:
    """One confirmation, or from a council that took it over who answers now; where none could go, or it failed, a to-do
    to call. A person may have done it meanwhile.

    Who came with a council's own list had been answered there."""
    cases = _places(import_id=None, erased_at=None)
    written: Counter[tuple[str, int]] = Counter()
    failed: set[tuple[str, int]] = set()
    confirmations = Message.objects.filter(kind__in=(_CONFIRMATION, _HANDED_OVER))
    for dedupe_key, council, state in confirmations.values_list("dedupe_key", "council_id", "state"):
        written[dedupe_key, council] += 1
        if state in FAILED_STATES:
            failed.add((dedupe_key, council))
    called = set(ToDo.objects.filter(kind__in=CALLS).values_list("subject_id", "council_id"))
    wrong = []
    for case, council in cases:
        keys = [(f"{_CONFIRMATION}:{case}", council), (f"followup:{case}:{_HANDED_OVER}", council)]
        times = sum(written[key] for key in keys)
        reached = times == 1 and failed.isdisjoint(keys)
        if times > 1 or not (reached or (case, council) in called):
            wrong.append(case)
    brought = Enquiry.objects.exclude(import_id=None).count()
    return Finding(
        "one confirmation each, or a to-do to call",
        len(cases),
        named("enquiry", wrong),
        {"were brought in, and the hub writes nothing to them by itself": brought} if brought else {},
    )


def every_open_case_has_an_owner_and_a_running_promise() -> Finding:
    """Owned by somebody who still works here; or in the queue of a council where somebody works; or the hub's to-do."""
    cases = Enquiry.objects.open()
    ours = Membership.objects.current().filter(user__is_active=True, role__in=_WORKING_ROLES)
    owned = Q(Exists(ours.filter(user=OuterRef("owner"))))
    queued = Q(owner=None, council__in=ours.values("council"))
    offices = Council.objects.filter(kind=CouncilKind.HUB_OFFICE, pk__in=ours.values("council"))
    doubtful = set(cases.exclude(owned | queued).values_list("pk", flat=True))
    listed = ToDo.objects.filter(council__in=offices, done_at=None).values_list("subject_id", flat=True)
    timeless = cases.filter(next_due_at=None).values_list("pk", flat=True)
    return Finding(
        "every open case has an owner and a running promise",
        cases.count(),
        named("enquiry", sorted(doubtful.difference(listed).union(timeless))),
    )


def _places(**narrowed: bool | None) -> set[Place]:
    return set(Enquiry.objects.filter(**narrowed).values_list("pk", "council_id"))
