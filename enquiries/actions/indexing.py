"""What a case is found by, written anew whenever it changes."""

from councils.models import Council
from enquiries.actions.homes import propose_homes
from enquiries.actions.suggesting import suggest
from enquiries.answers import Answers
from enquiries.merged import merged_into
from enquiries.models import Enquiry, SearchKey, Submission
from enquiries.reference import new_reference
from enquiries.search import SearchKind, compact, keys


def index_again(enquiry: Enquiry) -> None:
    """With what every sending said, and by what every enquiry said that went into it: whoever rings may give the old
    number or the new one."""
    SearchKey.objects.filter(council=enquiry.council_id, enquiry=enquiry).delete()
    if enquiry.merged_into_id is None:
        cases = [enquiry, *merged_into(enquiry)]
        sent = Submission.objects.filter(council=enquiry.council_id, enquiry__in=cases)
        _add(enquiry, set().union(*map(keys_of, cases), *map(keys_sent, sent)))


def free_reference(council: Council) -> str:
    """19**6 references a council: one that finds a case already is rare, and tried again."""
    while True:
        reference = new_reference(council.code)
        known = SearchKey.objects.filter(council=council, kind=SearchKind.REFERENCE, key=compact(reference))
        if not known.exists():
            return reference


def index(enquiry: Enquiry) -> None:
    """A new case, which has no keys yet."""
    _add(enquiry, keys_of(enquiry))


def keys_of(enquiry: Enquiry) -> set[tuple[SearchKind, str]]:
    """Also by the references that it had in other councils, or under which a duplicate of it came."""
    earlier = {(SearchKind.REFERENCE, compact(reference)) for reference in enquiry.earlier_references}
    return earlier | keys(
        reference=enquiry.reference,
        name=f"{enquiry.name} {enquiry.second_adult}",
        email=enquiry.email,
        phone=enquiry.phone,
        postcode=enquiry.postcode,
    )


def keys_sent(submission: Submission) -> set[tuple[SearchKind, str]]:
    sent = Answers.from_json(submission.answers)
    return keys(
        reference="",
        name=sent.name,
        email=sent.email,
        phone=sent.phone,
        postcode=sent.route.postcode or sent.route.typed,
    )


def _add(enquiry: Enquiry, found: set[tuple[SearchKind, str]]) -> None:
    """And whoever else is found by the same may be the same people."""
    SearchKey.objects.bulk_create(
        SearchKey(council_id=enquiry.council_id, enquiry=enquiry, kind=kind, key=key) for kind, key in sorted(found)
    )
    suggest(enquiry, found)
    propose_homes(enquiry)
