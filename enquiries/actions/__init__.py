"""Everything that changes an enquiry: one transaction each, with its event inside."""

from enquiries.actions.asking import ask_still_interested
from enquiries.actions.assigning import assign
from enquiries.actions.attempts import log_attempt, withdraw_attempt
from enquiries.actions.bulk import assign_many, close_many
from enquiries.actions.casework import add_note, claim, mark_seen, release, write_case_number
from enquiries.actions.direct import confirm_enquiry, not_an_enquiry
from enquiries.actions.follow_ups import run_due
from enquiries.actions.intake import Receipt, submit
from enquiries.actions.preparing import prepare
from enquiries.actions.skipping import skip
from enquiries.actions.steps import correct_day, take_step
from enquiries.actions.undoing import undo_step
from enquiries.actions.visits import change_visit
from enquiries.actions.watch import tell_hub_of_unseen

__all__ = [
    "Receipt",
    "add_note",
    "ask_still_interested",
    "assign",
    "assign_many",
    "change_visit",
    "claim",
    "close_many",
    "confirm_enquiry",
    "correct_day",
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
    "undo_step",
    "withdraw_attempt",
    "write_case_number",
]
