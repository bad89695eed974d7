"""What rooms above add to the page of a case and to "Your enquiry". They register in `AppConfig.ready`; nothing down
here knows them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from councils.access import Access
from enquiries.models import Enquiry


@dataclass(frozen=True)
class Part:
    """`template` is included with `part` for what it shows."""

    template: str
    shown: Mapping[str, object]


OfCase = Callable[[Enquiry, Access], Part | None]
OfOwnPage = Callable[[Enquiry], Part | None]
_of_case: list[OfCase] = []
_of_own_page: list[OfOwnPage] = []


def on_case_page(make: OfCase) -> None:
    """`make` answers None where this person has no use for it."""
    _of_case.append(make)


def on_own_page(make: OfOwnPage) -> None:
    _of_own_page.append(make)


def parts_of_case(case: Enquiry, access: Access) -> list[Part]:
    return [part for make in _of_case if (part := make(case, access))]


def parts_of_own_page(case: Enquiry) -> list[Part]:
    return [part for make in _of_own_page if (part := make(case))]
