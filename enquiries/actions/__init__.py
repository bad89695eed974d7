"""Everything that changes an enquiry: one transaction each, with its event inside."""

from enquiries.actions.asking import ask_still_interested
from enquiries.actions.casework import add_note, claim, log_attempt, mark_seen, release, take_step
from enquiries.actions.direct import confirm_enquiry, not_an_enquiry
from enquiries.actions.follow_ups import run_due
from enquiries.actions.intake import Receipt, prepare, submit
from enquiries.actions.skipping import skip
from enquiries.actions.visits import change_visit
from enquiries.actions.watch import tell_hub_of_unseen

__all__ = [
    "Receipt",
    "add_note",
    "ask_still_interested",
    "change_visit",
    "claim",
    "confirm_enquiry",
    "log_attempt",
    "mark_seen",
    "not_an_enquiry",
    "prepare",
    "release",
    "run_due",
    "skip",
    "submit",
    "take_step",
    "tell_hub_of_unseen",
]
