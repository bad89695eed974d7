"""“Write to them” on the page of a case: the letters to start from, and what can still be called back."""

from dataclasses import dataclass

from councils.access import Access
from councils.roles import Permission
from enquiries.letters.ways import why_no_letter
from enquiries.letters.writing import KIND
from enquiries.models import Enquiry, LetterTemplate
from enquiries.models.letters import LetterTemplateQuerySet
from outbox.models import Message
from outbox.states import State


@dataclass(frozen=True)
class WritePanel:
    """`why_not` is a sentence where nobody can be written to."""

    why_not: str
    letters: list[LetterTemplate]
    waiting: list[Message]


def write_panel(case: Enquiry, access: Access) -> WritePanel | None:
    """Two queries, and none for whoever only looks."""
    if not access.may(Permission.WORK_CASES, case.council_id):
        return None
    why_not = why_no_letter(case)
    return WritePanel(why_not, [] if why_not else list(letters_of(case.council_id)), _waiting(case))


def letters_of(council_id: int) -> LetterTemplateQuerySet:
    """Those in use."""
    found: LetterTemplateQuerySet = LetterTemplate.objects.filter(council=council_id).in_use()
    return found


def _waiting(case: Enquiry) -> list[Message]:
    held = Message.objects.filter(council=case.council_id, subject_id=case.pk, kind=KIND, state=State.QUEUED)
    return list(held.filter(attempts=0).defer("mime", "text").order_by("created_at"))
