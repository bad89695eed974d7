"""What is done about who works where. Each writes its event in the council that it is about."""

from staff.people.actions.factors import reset_for_nobody_else_can, reset_second_factor
from staff.people.actions.inviting import invite, invite_first, send_again, withdraw
from staff.people.actions.joining import join, join_anew
from staff.people.actions.leaving import change_role, remove
from staff.people.actions.recording import record_refused, record_refused_role

__all__ = [
    "change_role",
    "invite",
    "invite_first",
    "join",
    "join_anew",
    "record_refused",
    "record_refused_role",
    "remove",
    "reset_for_nobody_else_can",
    "reset_second_factor",
    "send_again",
    "withdraw",
]
