"""What two councils know of a handover agrees, and nobody's journey is open in two places because of one.

Both rows are written in one transaction and read in one statement; the cases after them, so that a commit in between
cannot look like a fault.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from enquiries.handover_states import HandoverState, Side
from enquiries.models import Enquiry, Handover
from enquiries.states import OPEN_STATES, State
from lafse.verification.finding import Finding, named

_AGREED = ("state", "decided_by_hub", "journey_id", "reference", "reason", "refusal")


def every_handover_is_known_alike_to_both_councils() -> Finding:
    pairs: dict[UUID, list[Handover]] = defaultdict(list)
    for row in Handover.objects.defer("summary", "explanation", "answer"):
        pairs[row.pair_id].append(row)
    wrong = [key for key, rows in pairs.items() if not _agree(rows)]
    return Finding("every handover is known alike to both councils", len(pairs), named("handover", sorted(wrong)))


def _agree(rows: list[Handover]) -> bool:
    if sorted(row.side for row in rows) != sorted(Side):
        return False
    one, other = rows
    crossed = (one.council_id, one.other_id) == (other.other_id, other.council_id)
    return crossed and all(getattr(one, name) == getattr(other, name) for name in _AGREED)


def every_accepted_handover_goes_on_in_one_case() -> Finding:
    """The sender's is closed, the receiver's is of the same journey, and of all that it led to one at most is open."""
    accepted = list(Handover.objects.filter(state=HandoverState.ACCEPTED).defer("summary", "explanation", "answer"))
    journeys = {row.journey_id for row in accepted}
    cases = Enquiry.objects.filter(journey_id__in=journeys).values_list("pk", "journey_id", "state")
    known = {pk: (journey, state) for pk, journey, state in cases}
    wrong = named("handover", sorted(row.pk for row in accepted if not _leads_on(row, known)))
    wrong += named("journey", sorted(_open_twice(_tied(accepted), known)))
    return Finding("every accepted handover goes on in one case", len(accepted), wrong)


def _leads_on(row: Handover, known: dict[UUID, tuple[UUID, str]]) -> bool:
    journey, state = known.get(row.enquiry_id or row.pk, (None, ""))
    return journey == row.journey_id and (row.side == Side.RECEIVED or state == State.PASSED_ON)


def _tied(accepted: Iterable[Handover]) -> set[UUID]:
    return {row.enquiry_id for row in accepted if row.enquiry_id}


def _open_twice(tied: set[UUID], known: dict[UUID, tuple[UUID, str]]) -> Iterator[UUID]:
    running = Counter(journey for pk, (journey, state) in known.items() if pk in tied and state in OPEN_STATES)
    return (journey for journey, count in running.items() if count > 1)
