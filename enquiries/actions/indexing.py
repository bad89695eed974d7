"""What a case is found by, written anew whenever it changes."""

from enquiries.models import Enquiry, SearchKey
from enquiries.search import keys


def index_again(enquiry: Enquiry) -> None:
    SearchKey.objects.filter(council=enquiry.council_id, enquiry=enquiry).delete()
    index(enquiry)


def index(enquiry: Enquiry) -> None:
    """A new case, which has no keys yet."""
    found = keys(
        reference=enquiry.reference,
        name=f"{enquiry.name} {enquiry.second_adult}",
        email=enquiry.email,
        phone=enquiry.phone,
        postcode=enquiry.postcode,
    )
    SearchKey.objects.bulk_create(
        SearchKey(council_id=enquiry.council_id, enquiry=enquiry, kind=kind, key=key) for kind, key in sorted(found)
    )
