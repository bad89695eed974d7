"""Nobody who asked is lost: stored, written to or called, somebody's, and with a time."""

from django.db.models import CharField, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from councils.models import Council, CouncilKind, Door, Event, Membership, ToDo
from councils.models.doors import DoorPurpose
from councils.models.todos import ToDoKind
from councils.roles import PERMISSIONS, Permission, Role
from enquiries.models import Enquiry
from lafse.verification.finding import Finding, named
from outbox.models import Message
from outbox.states import FAILED_STATES

CALLS = (ToDoKind.CALL, ToDoKind.RING_INSTEAD, ToDoKind.MAIL_FAILED, ToDoKind.CAME_DIRECT)
_WORKING_ROLES = [role for role in Role if Permission.WORK_CASES in PERMISSIONS[role]]


def what_was_acknowledged_is_stored() -> Finding:
    """A form that was answered with a reference has left a door and an event; both lead to the row, and it to them."""
    row = Enquiry.objects.filter(pk=OuterRef("subject_id"), council=OuterRef("council_id"))
    received = Event.objects.filter(verb="enquiry.received", subject_kind="enquiry")
    told = received.filter(subject_id=OuterRef("pk"), council=OuterRef("council_id"))
    forms = Door.objects.filter(purpose=DoorPurpose.FORM)
    lost = named("event", received.exclude(Exists(row)).values_list("pk", flat=True))
    lost += named("door", forms.exclude(Exists(row)).values_list("pk", flat=True))
    # Came by mail and not by the form: nobody was answered with a reference yet.
    untold = Enquiry.objects.filter(to_confirm=False).exclude(Exists(told)).exclude(Exists(_came_direct()))
    lost += named("enquiry", untold.values_list("pk", flat=True))
    return Finding("what was acknowledged is stored", received.count() + forms.count(), lost)


def everybody_is_written_to_once_or_called() -> Finding:
    """One confirmation; where none could go, or it failed, a to-do to call. A person may have done it meanwhile."""
    key = Concat(Value("confirmation:"), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    confirmations = Message.objects.filter(council=OuterRef("council_id"), dedupe_key=key)
    called = ToDo.objects.filter(council=OuterRef("council_id"), subject_id=OuterRef("pk"), kind__in=CALLS)
    cases = Enquiry.objects.annotate(
        written=_count(confirmations),
        failed=Exists(confirmations.filter(state__in=FAILED_STATES)),
        called=Exists(called),
    )
    wrong = cases.filter(Q(written__gt=1) | Q(called=False) & (Q(written=0) | Q(failed=True)))
    return Finding(
        "one confirmation each, or a to-do to call",
        Enquiry.objects.count(),
        named("enquiry", wrong.values_list("pk", flat=True)),
    )


def every_open_case_has_an_owner_and_a_running_promise() -> Finding:
    """Owned by somebody who still works here; or in the queue of a council where somebody works; or the hub's to-do."""
    cases = Enquiry.objects.open()
    ours = Membership.objects.current().filter(user__is_active=True, role__in=_WORKING_ROLES)
    owned = Q(Exists(ours.filter(user=OuterRef("owner"))))
    queued = Q(owner=None, council__in=ours.values("council"))
    offices = Council.objects.filter(kind=CouncilKind.HUB_OFFICE, pk__in=ours.values("council"))
    listed = Q(Exists(ToDo.objects.filter(subject_id=OuterRef("pk"), council__in=offices, done_at=None)))
    wrong = cases.exclude(owned | queued | listed) | cases.filter(next_due_at=None)
    return Finding(
        "every open case has an owner and a running promise",
        cases.count(),
        named("enquiry", wrong.values_list("pk", flat=True)),
    )


def _came_direct() -> QuerySet[ToDo]:
    return ToDo.objects.filter(subject_id=OuterRef("pk"), kind=ToDoKind.CAME_DIRECT)


def _count(messages: QuerySet[Message]) -> Coalesce:
    counted = messages.order_by().values("dedupe_key").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
