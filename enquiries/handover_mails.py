"""What tells staff of a handover: without a name, with a link to the page that asks for log-in."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import crossing
from councils.working_time import in_london
from enquiries.handover_states import HandoverReason, RefusalReason
from enquiries.models import Enquiry, Handover
from enquiries.promise import day_in_words, hour_in_words
from enquiries.recipients import duty_of, office_of, officer_of
from outbox.actions import enqueue_template

TELL_WITHIN = timedelta(hours=24)


def ask(received: Handover) -> None:
    """The council that is asked: its duty mailbox, else its people."""
    council = Council.objects.select_related("hub").get(pk=received.council_id)
    until = f"Please answer by {_moment(received.answer_due_at)}."
    said = {
        "what": f"{received.other.name} asks you to take an enquiry.",
        "why": HandoverReason(received.reason).label,
        "until": f"{until} Until you accept, {received.other.name} answers it.",
        "link": _page(),
    }
    subject = f"{received.other.name} asks you to take {received.reference}"
    _mail("handover_offered", received, council, duty_of(council, hub_now()), subject, said)


def tell_of_refusal(case: Enquiry, council: Council, sent: Handover) -> None:
    """Whoever has the case, for the clock has run meanwhile."""
    who = "The hub manager decided that you answer it" if sent.decided_by_hub else f"{sent.other.name} does not take it"
    said = {
        "what": f"{who}: the enquiry is still yours.",
        "why": RefusalReason(sent.refusal).label if sent.refusal else "",
        "until": f"It is due by {_moment(case.next_due_at)}." if case.next_due_at else "",
        "link": settings.BASE_URL + reverse("admin:enquiries_enquiry_change", args=[case.pk]),
    }
    key = "handover_decided" if sent.decided_by_hub else "handover_refused"
    _mail(key, sent, council, officer_of(case, council, hub_now()), f"{case.reference} is still yours", said)


def tell_hub(case: Enquiry, council: Council, sent: Handover) -> None:
    office = office_of(council)
    said = {
        "what": f"{council.name} and {sent.other.name} do not agree who answers an enquiry, or nobody has answered.",
        "why": HandoverReason(sent.reason).label,
        "until": f"It is due by {_moment(case.next_due_at)}. The hub manager decides." if case.next_due_at else "",
        "link": _page(),
    }
    if office.pk == council.pk:
        _mail("handover_stuck", sent, office, duty_of(office, hub_now()), f"{case.reference}: please decide", said)
        return
    with crossing("tell_hub_office", to=[office]):
        _mail("handover_stuck", sent, office, duty_of(office, hub_now()), f"{case.reference}: please decide", said)


def _mail(kind: str, row: Handover, council: Council, addresses: list[str], subject: str, said: dict[str, str]) -> None:
    for number, address in enumerate(addresses):
        enqueue_template(
            template="handover",
            context={"reference": row.reference, "council": council, "hub": council.hub, **said},
            council=council,
            kind=kind,
            to=address,
            subject=subject,
            dedupe_key=f"{kind}:{row.pair_id}:{number}",
            to_staff=True,
            expires_at=hub_now() + TELL_WITHIN,
            subject_kind="handover",
            subject_id=row.pk,
        )


def _page() -> str:
    return settings.BASE_URL + reverse("admin:enquiries_handover_changelist")


def _moment(moment: datetime) -> str:
    here = in_london(moment)
    return f"{hour_in_words(here.time())} on {day_in_words(here.date())}"
