"""What ambassadors' own pages add to the rooms below: an end by age, and mail that nobody else reads."""

from ambassadors.mentors.telling import KIND as TO_MENTOR
from ambassadors.retention import clear_ambassadors
from councils.retention_names import Kept
from enquiries.rights.by_age import goes_by_age
from outbox.confidential import opens_own_pages


def register() -> None:
    goes_by_age(Kept.AMBASSADOR, clear_ambassadors)
    opens_own_pages("ambassador", TO_MENTOR)
