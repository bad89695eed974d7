"""What ambassadors' own pages add to the rooms below: an end by age."""

from ambassadors.retention import clear_ambassadors
from councils.retention_names import Kept
from enquiries.rights.by_age import goes_by_age


def register() -> None:
    goes_by_age(Kept.AMBASSADOR, clear_ambassadors)
