"""How long people of a council have waited for a conversation, from the day they asked."""

from datetime import datetime

from ambassadors.expecting import LOOKED_BACK, in_words, usual_days
from ambassadors.models import Introduction
from ambassadors.schemes import scheme_of
from councils.clock import hub_now
from enquiries.models import Enquiry, Wish


def expected_wait(case: Enquiry) -> str:
    """A sentence for the enquirer. The council of the case is in scope."""
    return in_words(usual_wait(case.council_id), scheme_of(case.council_id).answer_days)


def usual_wait(council: int) -> int | None:
    return usual_days(waits(council, hub_now()))


def waits(council: int, now: datetime) -> list[int]:
    """Days until each who was in touch with somebody lately was so for the first time since they asked."""
    met = Introduction.objects.filter(council=council, agreed_at__gte=now - LOOKED_BACK, agreed_at__lte=now)
    first: dict[object, datetime] = {}
    for enquiry, agreed_at in met.order_by("-agreed_at").values_list("enquiry_id", "agreed_at"):
        if agreed_at:
            first[enquiry] = agreed_at
    asked = Wish.objects.filter(council=council, enquiry__in=list(first)).values_list("enquiry_id", "since")
    return [(first[enquiry] - since).days for enquiry, since in asked if since <= first[enquiry]]
