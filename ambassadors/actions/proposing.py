"""What a round says of whoever waits is written down: whom to, or why nobody. Nothing happens by it; staff confirm."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from ambassadors.models import Proposal
from councils.access import Access
from councils.clock import hub_now
from councils.roles import Permission
from councils.tenancy import across

EVERY = timedelta(minutes=15)
_MOST_WORDS, _MOST_WHY = 500, 300


@dataclass(frozen=True, slots=True)
class Proposed:
    """`ambassador`: None where there is nobody, and `why_not` says why."""

    case: UUID
    council: int
    ambassador: UUID | None = None
    ambassador_council: int | None = None
    name: str = ""
    score: float | None = None
    words: str = ""
    why_not: str = ""


def write_proposals(made: Sequence[Proposed], councils: Collection[int]) -> None:
    """One for each who waits in these councils, which are in scope; those of who waits no longer go. Safe beside
    itself: rows are written in one order."""
    kept = [each.case for each in made]
    Proposal.objects.filter(council__in=councils).exclude(enquiry__in=kept).delete()
    Proposal.objects.bulk_create(
        [_row(each) for each in sorted(made, key=lambda each: each.case)],
        update_conflicts=True,
        unique_fields=["council", "enquiry"],
        update_fields=[
            *("ambassador_key", "ambassador_council", "ambassador_name"),
            *("score", "words", "why_not", "made_at"),
        ],
    )


def _row(made: Proposed) -> Proposal:
    return Proposal(
        council_id=made.council,
        enquiry_id=made.case,
        ambassador_key=made.ambassador,
        ambassador_council_id=made.ambassador_council,
        ambassador_name=made.name,
        score=made.score,
        words=made.words[:_MOST_WORDS],
        why_not=made.why_not[:_MOST_WHY],
        made_at=hub_now(),
    )


def ask_for_round(*, by: Access) -> None:
    """Within a minute: what was proposed counts as old. It is no news of anybody, so there is no event."""
    councils = by.where(Permission.MATCH)
    with across(councils, reason="ask for a round"):
        Proposal.objects.filter(council__in=councils).update(made_at=hub_now() - EVERY)
