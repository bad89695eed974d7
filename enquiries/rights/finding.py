"""All cases of a person: by reference, email or phone, then everything of the same journey or household.

For whoever runs the commands, who may see every council of a hub; a page never asks here.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from councils.models import Council, EventDetail
from councils.tenancy import as_council
from enquiries.models import Enquiry, Reply, SearchKey
from enquiries.reference import parse_reference
from enquiries.search import SearchKind, compact, digits
from outbox.models import Message


def cases_of_reference(reference: str, councils: Iterable[Council] | None = None) -> list[Enquiry]:
    """Found by the reference that it has or had: at most one a council."""
    key = compact(parse_reference(reference) or reference)
    return [case for council in _all(councils) for case in _keyed(council, SearchKind.REFERENCE, key)]


def cases_of_person(
    *, reference: str = "", email: str = "", phone: str = "", councils: Iterable[Council] | None = None
) -> list[Enquiry]:
    """Nobody is found twice. Who is found by one address is found with all cases of that household and journey."""
    searched = list(_all(councils))
    found = {case.pk: case for council in searched for case in _named(council, reference, email, phone)}
    households, journeys = {case.household_id for case in found.values()}, {case.journey_id for case in found.values()}
    for council in searched:
        with as_council(council):
            own = Enquiry.objects.filter(council=council).standing()
            for case in own.filter(household_id__in=households) | own.filter(journey_id__in=journeys):
                found.setdefault(case.pk, case)
    return sorted(found.values(), key=lambda case: (case.council_id, case.created_at))


def _named(council: Council, reference: str, email: str, phone: str) -> Iterator[Enquiry]:
    if reference:
        yield from _keyed(council, SearchKind.REFERENCE, compact(parse_reference(reference) or reference))
    if email:
        yield from _keyed(council, SearchKind.EMAIL, email.strip().casefold())
        yield from _mentioned(council, email.strip())
    if phone:
        yield from _keyed(council, SearchKind.PHONE, digits(phone))


def _keyed(council: Council, kind: SearchKind, key: str) -> list[Enquiry]:
    with as_council(council):
        named = SearchKey.objects.filter(council=council, kind=kind, key=key)
        return list(Enquiry.objects.filter(council=council, pk__in=named.values("enquiry")))


def _mentioned(council: Council, email: str) -> list[Enquiry]:
    """Where it was once their address, or somebody wrote from it: no index serves, and nobody waits for it."""
    with as_council(council):
        keys: set[UUID | None] = set()
        keys |= set(Message.objects.filter(council=council, to_address=email).values_list("subject_id", flat=True))
        keys |= set(Reply.objects.filter(council=council, from_address=email).values_list("enquiry", flat=True))
        old = EventDetail.objects.filter(council=council, old=email)
        keys |= set(old.values_list("event__subject_id", flat=True))
        return list(Enquiry.objects.filter(council=council, pk__in=[key for key in keys if key]))


def _all(councils: Iterable[Council] | None) -> Iterable[Council]:
    return Council.objects.all() if councils is None else councils
