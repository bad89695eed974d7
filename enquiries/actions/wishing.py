"""Whom somebody would like to talk to. What they wish for stands in no event: only that they said it, and when."""

from dataclasses import asdict

from councils.clock import hub_now
from councils.events import record
from councils.models import User
from enquiries.actions.changing import on_case
from enquiries.answers import Wished
from enquiries.models import Enquiry, Wish


def wish(enquiry: Enquiry, wished: Wished, *, by: User | None) -> Wish:
    """Theirs from their own page, or as staff heard it. Said again, it says it anew; how long they wait stays."""
    with on_case(enquiry) as case:
        return wish_on(case, wished, by=by)


def wish_on(case: Enquiry, wished: Wished, *, by: User | None) -> Wish:
    """The case is locked, and its council in scope."""
    said = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(wished).items()}
    before = Wish.objects.filter(council=case.council_id, enquiry=case).first()
    again = {"since": hub_now()} if before and before.taken_back_at else {}
    standing = said | again | {"changed_at": hub_now(), "taken_back_at": None}
    stands, _ = Wish.objects.update_or_create(council_id=case.council_id, enquiry=case, defaults=standing)
    case.wants_ambassador = True
    case.save(update_fields=["wants_ambassador"])
    record("enquiry.wished", subject=case, by=by, again=before is not None)
    return stands


def take_wish_back(enquiry: Enquiry, *, by: User | None) -> None:
    """Harmless when there is none."""
    with on_case(enquiry) as case:
        standing = Wish.objects.filter(council=case.council_id, enquiry=case, taken_back_at=None)
        if standing.update(taken_back_at=hub_now(), changed_at=hub_now()):
            case.wants_ambassador = False
            case.save(update_fields=["wants_ambassador"])
            record("enquiry.wish_taken_back", subject=case, by=by)
