"""When a council may ask another to take a case, and what it has to say. Each refusal is a sentence for staff."""

from councils.access import Access
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from councils.working_time import in_london
from enquiries.handover_history import History
from enquiries.handover_rules import Person, tells_who_it_is
from enquiries.handover_states import HandoverReason
from enquiries.models import Enquiry
from enquiries.promise import day_in_words
from enquiries.states import State, Step
from enquiries.workflow import next_move


def require_offerable(case: Enquiry, to: Council, history: History, by: Access) -> None:
    next_move(State(case.state), Step.PASS_ON, roles=by.roles.get(case.council_id, frozenset()))
    if case.to_confirm:
        raise Refused("Say first whether it is an enquiry. Then you can pass it on.")
    if case.quarantined:
        raise Refused("Release it first: perhaps it is spam. Then you can pass it on.")
    if to.pk == case.council_id:
        raise Refused("This council has the enquiry already. Choose another one.")
    if to.hub_id != case.council.hub_id:
        raise Refused("That council belongs to another hub. Tell the person whom to ask instead.")
    if history.open_offer:
        raise Refused(f"{history.open_offer.other.name} is asked already. Take that back first.")
    if history.undecided:
        raise Refused("It was refused twice. The hub manager decides who answers it.")
    _require_not_decided(history, case, by)


def _require_not_decided(history: History, case: Enquiry, by: Access) -> None:
    """For good means until whoever decided says otherwise: people do move."""
    decided = history.decided
    if decided is None or by.may(Permission.DECIDE_HANDOVERS, case.council_id):
        return
    day = day_in_words(in_london(decided.answered_at).date()) if decided.answered_at else "an earlier day"
    raise Refused(
        f"The hub manager decided on {day} that {case.council.name} answers this enquiry. "
        "Ask the hub manager if something has changed since."
    )


def require_explained(case: Enquiry, reason: HandoverReason, explanation: str) -> None:
    if reason == HandoverReason.OTHER and not explanation.strip():
        raise Refused("Say in words why you pass the enquiry on.")
    person = Person(name=case.name, email=case.email, phone=case.phone, postcode=case.postcode)
    if tells_who_it_is(explanation, person):
        raise Refused(
            "Leave the name, the address, the number and the postcode out of the explanation: "
            "the other council sees them only once it has accepted."
        )
