"""On the page of a case: to whom it can be given."""

from dataclasses import dataclass
from datetime import datetime

from councils.access import Access
from enquiries.actions.assigning import may_give
from enquiries.assign_people import Colleague, with_notes, workers_of
from enquiries.forms.assigning import NOBODY
from enquiries.models import Enquiry


@dataclass(frozen=True)
class AssignPanel:
    """`owner`: whose it is on this page, as the form sends it back."""

    owner: str
    may_give_back: bool
    groups: list[tuple[str, list[Colleague]]]


def assign_panel(case: Enquiry, access: Access, now: datetime) -> AssignPanel | None:
    """Two queries; none for whoever may not give it away."""
    if not may_give(case, access):
        return None
    people = [each for each in workers_of(case.council) if each.user.pk != case.owner_id]
    colleagues = with_notes(people, due_at=case.next_due_at, now=now)
    groups = [
        (case.council.name, [each for each in colleagues if not each.of_hub]),
        ("Hub office", [each for each in colleagues if each.of_hub]),
    ]
    return AssignPanel(
        owner=str(case.owner_id or NOBODY),
        may_give_back=case.owner_id is not None,
        groups=[(name, people) for name, people in groups if people],
    )
