"""The legal hold on the page of a case, for whoever answers for people's rights there."""

from dataclasses import dataclass

from councils.access import Access
from councils.models import LegalHold
from councils.roles import Permission
from enquiries.forms.retention import HoldForm
from enquiries.models import Enquiry
from enquiries.retention.page import hold_on


@dataclass(frozen=True)
class HoldPanel:
    hold: LegalHold | None
    form: HoldForm


def hold_panel(case: Enquiry, access: Access, typed: object = None) -> HoldPanel | None:
    if case.erased_at or not access.may(Permission.ANSWER_RIGHTS, case.council_id):
        return None
    was_typed = isinstance(typed, dict) and "hold_reason" in typed
    return HoldPanel(hold_on(case), HoldForm(typed if was_typed else None))
