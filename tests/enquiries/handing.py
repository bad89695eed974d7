"""Short words for tests of handovers."""

from typing import Any

from councils.access import Access, access_of
from councils.models import Council, Event, ToDo, User
from councils.models.todos import ToDoKind
from councils.tenancy import across, as_council
from enquiries.actions import handovers
from enquiries.handover_states import HandoverReason, RefusalReason, Side
from enquiries.models import Enquiry, Handover
from outbox.models import Message
from tests.in_order import as_written


def ask(case: Enquiry, to: Council, by: User, **said: Any) -> Handover:
    """The row of the council that is asked."""
    sent = handovers.offer(case, to=to, by=access_of(by), **{"reason": HandoverReason.LIVES_THERE} | said)
    return received(sent)


def received(sent: Handover) -> Handover:
    with as_council(sent.other_id):
        return Handover.objects.select_related("council").get(pair_id=sent.pair_id, side=Side.RECEIVED)


def own(handover: Handover) -> Handover:
    """The other row of the pair: the sender's."""
    with as_council(handover.other_id):
        return Handover.objects.get(pair_id=handover.pair_id, side=Side.SENT)


def accept(handover: Handover, by: User) -> Enquiry:
    new = handovers.answer(handover, accept=True, by=access_of(by))
    assert new
    with as_council(handover.council_id):
        return Enquiry.objects.get(pk=new)


def refuse(handover: Handover, by: User, why: RefusalReason = RefusalReason.NOT_OURS, words: str = "") -> None:
    handovers.answer(handover, accept=False, refusal=why, answer=words, by=access_of(by))


def passed_on(case: Enquiry, to: Council, by: User, taker: User) -> Enquiry:
    return accept(ask(case, to, by), taker)


def fresh(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.select_related("owner").get(pk=case.pk)


def again(handover: Handover) -> Handover:
    with as_council(handover.council_id):
        return Handover.objects.get(pk=handover.pk)


def todos(council: Council) -> list[ToDoKind]:
    """Open ones."""
    with as_council(council):
        return sorted(ToDoKind(kind) for kind in ToDo.objects.filter(done_at=None).values_list("kind", flat=True))


def verbs(subject: Enquiry | Handover) -> list[str]:
    with as_council(subject.council_id):
        return list(as_written(Event.objects.filter(subject_id=subject.pk)).values_list("verb", flat=True))


def mail(council: Council, kind: str) -> list[Message]:
    with as_council(council):
        return list(Message.objects.filter(kind=kind).order_by("created_at"))


def open_cases(case: Enquiry, *councils: Council) -> list[int]:
    """Councils with an open case of this journey."""
    with across(councils, reason="test"):
        cases = Enquiry.objects.open().filter(journey_id=case.journey_id)
        return sorted(cases.values_list("council_id", flat=True))


def as_access(user: User) -> Access:
    return access_of(user)
