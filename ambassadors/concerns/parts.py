"""What concerns add to the rooms below: a link on "Your enquiry", and mails that nobody else sees."""

from ambassadors.concerns.sources import conversations_of
from ambassadors.concerns.telling import KINDS
from enquiries.models import Enquiry
from enquiries.more_parts import Part, on_own_page
from outbox.confidential import keep_confidential


def register() -> None:
    on_own_page(own_part)
    keep_confidential(*KINDS)


def own_part(case: Enquiry) -> Part | None:
    return Part("ambassadors/concern_link.html", {}) if conversations_of(case) else None
