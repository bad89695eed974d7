"""The reviewed list of actions that may leave their scope for named councils.

Each checks permission in its own scope first, then widens, writes an event in each council it touched, returns ids
only, and has an isolation test of its own. Anything else that tries to widen raises OutOfScope.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager

from django.db import DEFAULT_DB_ALIAS

from councils.tenancy.scope import NOWHERE, HasKey, Scope, _key, current_scope, enter

CROSSINGS = {
    "enter_for_another_council": "the phone team writes down a call for the council that its postcode names",
    "offer_handover": "a council asks another to take an enquiry: the question is written down there",
    "answer_handover": "the answer goes back; accepted, the case begins in the receiving council and ends in the other",
    "withdraw_handover": "the question is taken back",
    "decide_handover": "the hub manager decides where two councils do not agree",
    "follow_handover": "what still arrives for a case that was passed on finds the case in which it goes on",
    "propose_household": "households of two councils that share a surname and a postcode: on the hub office's list",
    "join_households": "somebody of the hub office says that two households are one: their cases carry one id",
    "look_across_border": "which ambassadors of another council somebody here may talk to, where both allow it",
    "pair_across_border": "an introduction of two councils: one row in each, which change together",
    "tell_both_councils": "a concern about an introduction of two councils is read by the safeguarding group of each",
    "take_booking": "whoever books for an event enquires in the council where they live, perhaps another one",
    "tell_of_attendance": "whether somebody came to another council's event stands on the case that theirs has",
    "tell_hub_office": "a case that nobody in its council can look at goes on the hub office's list",
}


def crossing(name: str, *, to: Iterable[int | HasKey], using: str = DEFAULT_DB_ALIAS) -> AbstractContextManager[Scope]:
    """The present scope and the councils named; KeyError for a crossing that is not on the list."""
    CROSSINGS[name]
    present = current_scope(using) or NOWHERE
    return enter(Scope(present.councils | frozenset(map(_key, to)), reason=name), using=using, widen=True)
