"""One screen for an ambassador who leaves: everything of theirs that is open, and who could take over each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ambassadors.actions.leaving import Successors, open_mentorships, open_offers
from ambassadors.introduction_states import State
from ambassadors.mentors.telling import first_name
from ambassadors.models import Ambassador, Offer
from ambassadors.models.mentors import can_mentor
from ambassadors.pairs import pair_at, where_of_offer
from ambassadors.people.reading import Which, lines_of
from councils.models import Council


@dataclass(frozen=True)
class Choice:
    """`name`: of the field that says who takes over. `others`: who could, by key and first name."""

    key: UUID
    who: str
    what: str
    otherwise: str
    others: list[tuple[UUID, str]]

    @property
    def name(self) -> str:
        return f"to-{self.key}"


def choices_for(row: Ambassador, today: date) -> list[Choice]:
    askable = lines_of([row.council_id], today, which=Which.ASKABLE)
    others = [(line.row.pk, line.row.first_name) for line in askable if line.row.pk != row.pk]
    mentors = can_mentor(row.council_id, today).exclude(pk=row.pk).order_by("first_name")
    named = list(mentors.values_list("pk", "first_name"))
    talks = [Choice(offer.pk, *_who(offer), "Back to the waiting list", others) for offer in open_offers(row)]
    mentees = [
        Choice(each.pk, first_name(each.enquiry), "Mentor through the assessment", "Nobody for now", named)
        for each in open_mentorships(row)
    ]
    return [*talks, *mentees]


def _who(offer: Offer) -> tuple[str, str]:
    """And how it stands. An enquirer of our own with what can be checked; of another council as the ambassador knows
    them: the name is read on the page where that one is confirmed."""
    state = State(offer.state).label
    with pair_at(where_of_offer(offer)) as pair:
        if pair.where.enquirer_council == offer.council_id:
            case = pair.introduction.enquiry
            return f"{case.name}, {case.reference}", state
        other = Council.objects.get(pk=pair.where.enquirer_council).name
        who = f"{pair.introduction.shared_name}, of {other}" if offer.offered_at else f"Somebody, of {other}"
        return who, f"{state}. Whoever takes over is confirmed on a page of its own"


def chosen(choices: list[Choice], sent: Mapping[str, object]) -> Successors:
    """`sent`: the form. Whatever is not among the others is nobody."""
    given: dict[UUID, UUID | None] = {}
    for choice in choices:
        typed = str(sent.get(choice.name, ""))
        given[choice.key] = next((key for key, _ in choice.others if str(key) == typed), None)
    return given
