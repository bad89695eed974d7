"""What was joined with another enquiry goes on in one that is an enquiry itself."""

from uuid import UUID

from councils.models import Door
from enquiries.models import Enquiry, Merge
from enquiries.states import State
from lafse.verification.finding import Finding, named


def what_was_joined_goes_on() -> Finding:
    """A duplicate that says where it goes on, by a merge that stands; never in a circle; and no link leads to it."""
    merges = dict(Merge.objects.filter(undone_at=None).values_list("merged_id", "kept_id"))
    joined = Enquiry.objects.exclude(merged_into=None).values_list("pk", "merged_into_id", "state")
    cases = {case: (into, state) for case, into, state in joined}
    wrong = [case for case, (into, state) in cases.items() if state != State.DUPLICATE or merges.get(case) != into]
    wrong += [case for case in merges if case not in cases]
    wrong += [case for case in cases if _is_circle(case, {one: into for one, (into, _) in cases.items()})]
    doors = Door.objects.filter(subject_id__in=list(cases)).values_list("pk", flat=True)
    offending = named("enquiry", dict.fromkeys(wrong)) + named("door", doors)
    return Finding("what was joined goes on in another enquiry", len(cases), offending)


def _is_circle(case: UUID, goes_on: dict[UUID, UUID | None]) -> bool:
    seen = {case}
    while into := goes_on.get(case):
        if into in seen:
            return True
        seen.add(into)
        case = into
    return False
