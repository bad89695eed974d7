"""What concerns add to the rooms below: a link on "Your enquiry", mails that nobody else sees, and an end by age."""

from ambassadors.concerns.retention import clear_concerns
from ambassadors.concerns.sources import conversations_of
from ambassadors.concerns.telling import KINDS
from councils.retention_names import Kept
from enquiries.models import Enquiry
from enquiries.more_parts import Part, on_own_page
from enquiries.rights.by_age import goes_by_age
from outbox.confidential import keep_confidential


def register() -> None:
    on_own_page(own_part)
    keep_confidential(*KINDS)
    goes_by_age(Kept.CONCERN, clear_concerns)


def own_part(case: Enquiry) -> Part | None:
    return Part("ambassadors/concern_link.html", {}) if conversations_of(case) else None
