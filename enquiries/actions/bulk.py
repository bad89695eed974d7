"""Many cases at once: each is changed, or refused, by itself.

The rules are those of one case. Whatever is refused is told with its reference and its sentence, and the others are
done. Sent twice, the second changes nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from councils.access import Access
from councils.models import User
from councils.refusals import Refused, RoleRefused
from enquiries.actions.assigning import ANYBODY, assign
from enquiries.actions.refusals import record_refusal
from enquiries.actions.steps import take_step
from enquiries.models import Enquiry
from enquiries.states import CloseReason, Step
from enquiries.workflow import WORKFLOW, StepRefused

MOST = 200  # a page of the list has 50; more is an import's work
CLOSING_STEPS = (Step.WITHDRAW, Step.DECLINE, Step.GIVE_UP)  # the others ask for a day, another case or a council
_NOT_THERE = "There is no such enquiry in your councils."


@dataclass(frozen=True)
class NotDone:
    """`reference` is empty where the case is none of theirs: nothing is told about it."""

    reference: str
    why: str


@dataclass(frozen=True)
class Done:
    """`unchanged`: they were so already."""

    changed: int
    unchanged: int
    refused: tuple[NotDone, ...]


def assign_many(
    ids: Iterable[UUID], *, to: User | None, seen: Mapping[UUID, int | None] | None = None, by: Access
) -> Done:
    """`seen`: whose each case was on the page; one that somebody else took since is refused, not taken away."""
    owners = seen or {}

    def give(case: Enquiry) -> bool:
        after = assign(case, to=to, instead_of=owners.get(case.pk, ANYBODY), by=by)
        return after.version != case.version

    return _each(ids, give, tried="assign", by=by)


def close_many(ids: Iterable[UUID], *, step: Step, reason: CloseReason | None = None, by: Access) -> Done:
    """Raises Refused for a step that does not close a case, or that needs more than a reason."""
    if step not in CLOSING_STEPS:
        raise Refused("Choose how they end: withdrawn, declined or no reply.")
    ends_in = {move.to for move in WORKFLOW if move.step == step}

    def close(case: Enquiry) -> bool:
        if case.state in ends_in:
            return False
        try:
            take_step(case, step, reason=reason, by=by)
        except StepRefused:
            # Closed since it was read: a second click waits for the first one's lock.
            if Enquiry.objects.filter(council=case.council_id, pk=case.pk, state__in=ends_in).exists():
                return False
            raise
        return True

    return _each(ids, close, tried=f"close: {step.value}", by=by)


def _each(ids: Iterable[UUID], do: Callable[[Enquiry], bool], *, tried: str, by: Access) -> Done:
    wanted = set(ids)
    if len(wanted) > MOST:
        raise Refused(f"Choose at most {MOST} enquiries at once.")
    # In one order for everybody: two who do this at the same moment must not wait for each other in a circle.
    cases = list(Enquiry.objects.filter(council__in=by.councils, pk__in=wanted).order_by("pk"))
    changed, refused = 0, [NotDone("", _NOT_THERE)] * (len(wanted) - len(cases))
    for case in cases:
        try:
            changed += do(case)
        except Refused as refusal:  # its savepoint was rolled back
            refused.append(NotDone(case.reference, str(refusal)))
            if isinstance(refusal, RoleRefused | StepRefused):
                record_refusal(case, tried, by=by)
    return Done(changed, len(wanted) - changed - len(refused), tuple(refused))
