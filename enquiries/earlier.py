"""Who asked before: cases in scope that the phone, the email or the name finds."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from councils.access import Access
from councils.working_time import in_london
from enquiries.models import Enquiry
from enquiries.search import digits

MOST = 5
ENOUGH_DIGITS = 6
ENOUGH_LETTERS = 3


@dataclass(frozen=True)
class Earlier:
    reference: str
    name: str
    council: str
    state: str
    day: str
    url: str

    def __str__(self) -> str:
        return f"{self.name}, {self.reference}: {self.state}, {self.council}, {self.day}"


def earlier(*, name: str, phone: str, email: str, access: Access) -> list[Earlier]:
    """At most five, phone and email first: two people may share a name."""
    found: dict[object, Enquiry] = {}
    for typed in _worth_asking(name.strip(), phone.strip(), email.strip()):
        cases = Enquiry.objects.filter(council__in=access.councils).matching(typed)
        found |= {case.pk: case for case in cases.select_related("council").order_by("-created_at")[:MOST]}
    return [_told(case) for case in list(found.values())[:MOST]]


def _worth_asking(name: str, phone: str, email: str) -> Iterator[str]:
    if len(digits(phone)) >= ENOUGH_DIGITS:
        yield digits(phone)
    if "@" in email:
        yield email
    if len(name) >= ENOUGH_LETTERS and "@" not in name:
        yield name


def _told(case: Enquiry) -> Earlier:
    day = in_london(case.created_at)
    return Earlier(
        case.reference,
        case.name,
        case.council.name,
        case.get_state_display(),
        f"{day.day} {day:%B %Y}",
        reverse("admin:enquiries_enquiry_change", args=[case.pk]),
    )
