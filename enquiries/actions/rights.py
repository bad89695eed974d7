"""What somebody asks of whoever holds their data is written down here, and carried out elsewhere (enquiries.rights)."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.households import known_elsewhere
from councils.models import Council, ErasureRequest, LegalHold, ToDo, User
from councils.models.rights import ErasureCause, ErasureState
from councils.models.todos import ToDoKind
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from councils.working_time import closing, in_london
from enquiries.actions.changing import on_case
from enquiries.actions.watch import list_at_hub_office
from enquiries.commitment import hours_of
from enquiries.merged import with_merged
from enquiries.models import Enquiry

HELD = "There is a legal hold on this enquiry. Nothing of it is erased while that stands."
GONE = "This enquiry was erased already."


def request_erasure(enquiry: Enquiry, *, cause: ErasureCause, by: Access | None) -> list[ErasureRequest]:
    """Of all cases that this council has of the same journey, or that were joined with it: they are the same people.
    `by` is None for the operator. Raises Refused."""
    if by:
        by.require(Permission.ANSWER_RIGHTS, enquiry.council_id)
    user = by.user if by else None
    with as_council(enquiry.council_id):
        cases = whole(enquiry)
        if not cases:
            raise Refused(GONE)
        holds = LegalHold.objects.filter(council=enquiry.council_id, subject_id__in=list(cases), lifted_at=None)
        if holds.exists():
            raise Refused(HELD)
        return [_request(case, cause, user) for case in cases.values()]


def whole(enquiry: Enquiry) -> dict[UUID, Enquiry]:
    """By key: the case, the others of its journey in its council, and what was merged into any of them."""
    own = Enquiry.objects.filter(council=enquiry.council_id)
    journey = list(own.filter(Q(pk=enquiry.pk) | Q(journey_id=enquiry.journey_id)))
    kept = [case.merged_into_id for case in journey if case.merged_into_id]
    keys = {key for case in [*journey, *own.filter(pk__in=kept)] for key in with_merged(case)}
    return {case.pk: case for case in own.filter(pk__in=keys).standing().order_by("created_at", "pk")}


def _request(case: Enquiry, cause: ErasureCause, user: User | None) -> ErasureRequest:
    request, is_new = ErasureRequest.objects.get_or_create(
        council_id=case.council_id,
        subject_id=case.pk,
        state=ErasureState.WAITING,
        defaults={"cause": cause, "asked_by": user},
    )
    if is_new:
        record("enquiry.erasure_requested", subject=case, by=user, cause=cause.value)
        asked = ToDo.objects.filter(council=case.council_id, subject_id=case.pk, kind=ToDoKind.ASKED_ERASURE)
        asked.filter(done_at=None).update(done_at=hub_now(), done_by=user)
    return request


def waiting_for(enquiry: Enquiry) -> ErasureRequest | None:
    """Asked for, and not carried out yet."""
    requests = ErasureRequest.objects.filter(council=enquiry.council_id, subject_id=enquiry.pk)
    return requests.filter(state=ErasureState.WAITING).first()


def ask_for_erasure(enquiry: Enquiry) -> None:
    """By the enquirer, on their own page: the council decides within one month (UK GDPR, Article 12(3)). Until then
    nothing more is sent to them. Where another council knows them too, the hub office is asked to see to that one as
    well. Safe to do twice."""
    with on_case(enquiry) as case:
        council = Council.objects.get(pk=case.council_id)
        due = closing(a_month_after(in_london(hub_now()).date()), hours_of(council))
        _, is_new = ToDo.objects.get_or_create(
            council=council,
            kind=ToDoKind.ASKED_ERASURE,
            subject_id=case.pk,
            done_at=None,
            defaults={
                "subject_kind": "enquiry",
                "about_council": council,
                "owner_id": case.owner_id,
                "due_at": due,
            },
        )
        if is_new:
            _send_no_more(case)
            record("enquiry.erasure_asked", subject=case, by=None)
            if known_elsewhere(case.household_id, council):
                list_at_hub_office(case, council, ToDoKind.ASKED_ERASURE, due_at=due)


def _send_no_more(case: Enquiry) -> None:
    case.heard_at = hub_now()
    case.stopped_at = case.stopped_at or hub_now()
    case.news_by_email = case.news_by_text = False
    case.save(update_fields=["heard_at", "stopped_at", "news_by_email", "news_by_text"])


def a_month_after(day: date) -> date:
    """The same day of the next month, or its last where it has none."""
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)


def record_taken_out(enquiry: Enquiry, *, cases: int, safeguarding: bool, words: str, by: Access | None) -> None:
    """Who took out everything held on somebody, and what for; what was written may name them, and goes with them."""
    with as_council(enquiry.council_id):
        record(
            "enquiry.data_taken_out",
            subject=enquiry,
            by=by.user if by else None,
            cases=cases,
            safeguarding=safeguarding,
            old={"purpose": words} if words else None,
        )
