"""Passing a case on, as its page shows it: how it came here, who is asked, who refused, and the form to ask."""

from dataclasses import dataclass
from datetime import datetime

from councils.access import Access
from councils.models import Council
from councils.roles import Permission
from enquiries.forms.handover import OfferForm
from enquiries.handover_history import History, history_of, is_the_hubs
from enquiries.handover_states import HandoverState
from enquiries.handover_summary import home_of
from enquiries.models import Enquiry, Handover, Submission
from enquiries.states import RouteChoice


@dataclass(frozen=True)
class HandoverPanel:
    """`form` is None where nobody can be asked now, and `why_not` says why. `home`: where they live, if elsewhere."""

    came_by: Handover | None
    asked: tuple[Handover, ...]
    open_offer: Handover | None
    is_the_hubs: bool
    may_work: bool
    form: OfferForm | None
    why_not: str
    home: Council | None
    chose_us: bool


def handover_panel(case: Enquiry, *, access: Access, now: datetime, typed: object = None) -> HandoverPanel | None:
    """Two queries; one where nobody can be asked any more."""
    history, may_work = history_of(case), access.may(Permission.WORK_CASES, case.council_id) and case.is_open
    why_not = _why_not(case, history, access)
    councils = _councils(case) if may_work else []
    if not may_work and not history.asked and history.came_by is None:
        return None
    home, offered = home_of(case, councils), history.open_offer
    return HandoverPanel(
        came_by=history.came_by,
        asked=history.asked,
        open_offer=offered,
        is_the_hubs=offered is not None and is_the_hubs(offered, now),
        may_work=may_work,
        form=_form(case, councils, home, typed) if may_work and not (why_not or offered) else None,
        why_not=why_not if may_work else "",
        home=home,
        chose_us=case.route_choice == RouteChoice.CHOSE_COUNCIL,
    )


def _why_not(case: Enquiry, history: History, access: Access) -> str:
    if case.to_confirm or case.quarantined:
        return "Say first whether it is an enquiry. Then it can be passed on."
    if history.undecided:
        return "It was refused twice. The hub manager decides who answers it; until then it is yours."
    if history.decided and not access.may(Permission.DECIDE_HANDOVERS, case.council_id):
        return "The hub manager has decided that it stays here. Ask the hub manager if something has changed."
    return ""


def _councils(case: Enquiry) -> list[Council]:
    """Of the same hub, and its office."""
    return list(Council.objects.filter(hub=case.council.hub_id).order_by("kind", "name"))


def _form(case: Enquiry, councils: list[Council], home: Council | None, typed: object) -> OfferForm:
    others = [council for council in councils if council.pk != case.council_id]
    named = _named_since(case) if case.check_council else None
    suggested = next((council for council in others if council.pk == named), None)
    if suggested is None and case.route_choice != RouteChoice.CHOSE_COUNCIL:
        suggested = home
    sent = typed if isinstance(typed, dict) and "explanation" in typed else None
    return OfferForm(sent, councils=others, suggested=suggested)


def _named_since(case: Enquiry) -> int | None:
    """The council that the last sending of their form names."""
    sent = Submission.objects.filter(council=case.council_id, enquiry=case).order_by("-number").first()
    return sent.answers.get("council_id") if sent else None


def answered(handover: Handover) -> bool:
    return handover.state != HandoverState.OFFERED
