"""How somebody came, in words for staff: the first and the last time."""

from collections.abc import Sequence

from enquiries.came_states import Source
from enquiries.models import Enquiry, Touch


def came_words(case: Enquiry) -> str:
    """Empty where nobody wrote it down."""
    rows = list(Touch.objects.filter(council=case.council_id, enquiry=case).order_by("at", "pk"))
    return in_words(rows)


def in_words(touches: Sequence[Touch]) -> str:
    """In the order of time."""
    if not touches:
        return ""
    first, last = _of(touches[0]), _of(touches[-1])
    return first if first == last else f"{first}, first; {last[0].lower()}{last[1:]}, last"


def _of(touch: Touch) -> str:
    named = ": ".join(part for part in (str(Source(touch.source).label), touch.detail) if part)
    told = ", ".join(dict.fromkeys(part for part in (touch.code, touch.campaign) if part))
    return f"{named} ({told})" if told else named
