"""What "Your enquiry" shows, read once, in the scope of the case's council. Templates ask for nothing more."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from councils.clock import hub_now
from councils.govuk import SummaryRow
from councils.models import Council, Event, ToDo
from councils.models.todos import ToDoKind
from enquiries.actions.contact_change import CHANGEABLE_STATES, DETAILS_CHANGED
from enquiries.commitment import commitment_to
from enquiries.contact_details import hint_of_email, hint_of_phone, spoken_phone
from enquiries.models import ContactAttempt, Enquiry
from enquiries.more_parts import Part, parts_of_own_page
from enquiries.states import REACHING_OUTCOMES, TIMED_WAYS, Outcome, Slot, State, Way
from enquiries.status_choices import answers_in
from enquiries.status_words import NEXT, Facts, Standing, Try, standing
from enquiries.summary import who_answers

_GOES_ON_ELSEWHERE = (State.PASSED_ON, State.DUPLICATE)
_OWED = (ToDoKind.REPLIED, ToDoKind.STILL_INTERESTED, ToDoKind.NO_LONGER_INTERESTED)
NOTHING = "Not given"


@dataclass(frozen=True)
class StatusPage:
    case: Enquiry
    council: Council
    who: str
    standing: Standing
    next: tuple[str, ...]
    rows: list[SummaryRow]
    may_change: bool
    may_answer: bool
    asked: bool  # "are you still interested?", and not answered yet
    more: list[Part]


def case_behind(council_id: int, enquiry_id: UUID) -> Enquiry | None:
    """The case of the link, or the newest of its journey where that one goes on in another."""
    cases = Enquiry.objects.filter(council=council_id).select_related("owner")
    case = cases.filter(pk=enquiry_id).first()
    if case and case.state in _GOES_ON_ELSEWHERE:
        newer = cases.filter(journey_id=case.journey_id).exclude(state__in=_GOES_ON_ELSEWHERE)
        return newer.order_by("-created_at").first() or case
    return case


def status_page(case: Enquiry) -> StatusPage:
    council = Council.objects.select_related("hub").get(pk=case.council_id)
    state, now = State(case.state), hub_now()
    return StatusPage(
        case=case,
        council=council,
        who=who_has_it(case, council),
        standing=standing(_facts(case, council), now),
        next=NEXT.get(state, ()),
        rows=list(_rows(case)) if state in CHANGEABLE_STATES else [],
        may_change=state in CHANGEABLE_STATES,
        may_answer=bool(answers_in(state)),
        asked=_is_asked(case),
        more=parts_of_own_page(case),
    )


def who_has_it(case: Enquiry, council: Council) -> str:
    """The officer by first name, and only once the case is theirs."""
    first, _, _ = case.owner.name.partition(" ") if case.owner and case.is_open else ("", "", "")
    return f"{who_answers(council)}. {first} looks after it." if first else f"{who_answers(council)}."


def _is_asked(case: Enquiry) -> bool:
    """And neither wrote nor talked with us since."""
    if case.asked_at is None or (case.heard_at is not None and case.heard_at >= case.asked_at):
        return False
    talks = ContactAttempt.objects.filter(council=case.council_id, enquiry=case, outcome__in=REACHING_OUTCOMES)
    return not talks.filter(at__gte=case.asked_at).exists()


def _facts(case: Enquiry, council: Council) -> Facts:
    return Facts(
        state=State(case.state),
        service=council.service_name,
        hub=council.hub.name,
        phone=council.phone or council.hub.phone,
        promise=commitment_to(case, council),
        kept_at=case.promise_kept_at,
        next_due_at=case.next_due_at,
        last_try=_last_try(case),
        owes_answer=_has_to_be_met(case)
        or ToDo.objects.filter(council=council, subject_id=case.pk, kind__in=_OWED, done_at=None).exists(),
        closed_at=case.closed_at,
        visit_at=case.visit_at,
        wake_on=case.wake_on,
    )


def _has_to_be_met(case: Enquiry) -> bool:
    """Another council kept the promise, before it passed the case on: the one that answers now is still to come."""
    kept_at = case.promise_kept_at
    return kept_at is not None and kept_at < case.created_at and case.reached_at is None


def _last_try(case: Enquiry) -> Try | None:
    """Since the promise was last made: what was tried before a case came back, or before a wrong number was put right,
    is another story."""
    tried = ContactAttempt.objects.filter(council=case.council_id, enquiry=case)
    last = tried.order_by("-at", "-created_at").first()
    if last is None:
        return None
    is_over = case.promise_kept_at is None or last.outcome == Outcome.WRONG_DETAILS
    if is_over and case.heard_at is not None and last.at < case.heard_at:
        return None
    return Try(Way(last.way), Outcome(last.outcome), last.at)


def proved(case: Enquiry) -> bool:
    """Whether we have talked with them since they gave the address. Until then it may be a stranger's, mistyped."""
    if case.reached_at is None:
        return False
    changes = Event.objects.filter(council=case.council_id, subject_id=case.pk, verb=DETAILS_CHANGED).order_by("-at")
    moved = next((event.at for event in changes if "email" in event.facts["changed"]), None)
    talks = ContactAttempt.objects.filter(council=case.council_id, enquiry=case, outcome__in=REACHING_OUTCOMES)
    return moved is None or talks.filter(at__gt=moved).exists()


def email_shown(case: Enquiry, *, whole: bool) -> str:
    if not case.email:
        return NOTHING
    return case.email if whole else hint_of_email(case.email)


def phone_shown(case: Enquiry, *, whole: bool) -> str:
    if not case.phone:
        return NOTHING
    return spoken_phone(case.phone) if whole else f"A number that {hint_of_phone(case.phone)}"


def _rows(case: Enquiry) -> list[SummaryRow]:
    whole = proved(case)
    change = reverse("status:contact")
    times = "\n".join(Slot(slot).label for slot in case.times) or "At any time"
    mentions = [
        place
        for place, allowed in (("In a voicemail", case.voicemail_ok), ("In a text message", case.text_ok))
        if allowed
    ]
    rows = [
        SummaryRow("Email", email_shown(case, whole=whole), href=change, about="your email address"),
        SummaryRow("Phone", phone_shown(case, whole=whole), href=change, about="your phone number"),
        SummaryRow("How to get in touch", Way(case.way).label, href=change, about="how to get in touch"),
    ]
    if case.way in TIMED_WAYS:
        rows.append(SummaryRow("When", times, href=change, about="when to get in touch"))
    if case.phone:
        allowed = "\n".join(mentions) or "No"
        rows.append(SummaryRow("May mention fostering", allowed, href=change, about="whether messages may mention it"))
    return rows
