"""Whom somebody would like to talk to. What they wish for stands in no event: only that they said it, and when, and in
which words they were asked. Taken back, the words go at once: they were kept by consent alone."""

from dataclasses import asdict

from django.db.models import QuerySet

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import User
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.actions.changing import changing, on_case
from enquiries.answers import Wished
from enquiries.consents import Consent, newest
from enquiries.models import Enquiry, Wish

EMPTY: dict[str, object] = {"whom": [], "about": [], "detail": "", "languages": [], "ways": []}


def wish(enquiry: Enquiry, wished: Wished, *, by: User | None) -> Wish:
    """Theirs, from their own page. Said again, it says it anew; how long they wait stays. Raises Refused."""
    with on_case(enquiry) as case:
        if not case.is_open:
            raise Refused("This enquiry is closed. Tell us first that you would like to go on.")
        return wish_on(case, wished, by=by)


def write_wish_down(enquiry: Enquiry, wished: Wished, *, by: Access) -> Wish:
    """As staff heard it. Raises Refused."""
    with changing(enquiry, Permission.MATCH, by) as case:
        return wish_on(case, wished, by=by.user, consent=Consent.SPOKEN_WISH)


def wish_on(case: Enquiry, wished: Wished, *, by: User | None, consent: Consent = Consent.AMBASSADOR) -> Wish:
    """The case is locked, and its council in scope."""
    said = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(wished).items()}
    before = Wish.objects.filter(council=case.council_id, enquiry=case).first()
    again = {"since": hub_now()} if before and before.taken_back_at else {}
    standing = said | again | {"changed_at": hub_now(), "taken_back_at": None}
    stands, _ = Wish.objects.update_or_create(council_id=case.council_id, enquiry=case, defaults=standing)
    note_wants(case, wants=True)
    record("enquiry.wished", subject=case, by=by, again=before is not None, words=f"{consent.value} {newest(consent)}")
    return stands


def take_wish_back(enquiry: Enquiry, *, by: User | None) -> None:
    """Harmless when there is none."""
    with on_case(enquiry) as case:
        end_wish(case, by=by)


def take_heard_wish_back(enquiry: Enquiry, *, by: Access) -> None:
    """They said so to staff. Raises Refused."""
    with changing(enquiry, Permission.MATCH, by, closed_too=True) as case:
        end_wish(case, by=by.user)


def end_wish(case: Enquiry, *, by: User | None) -> None:
    """The case is locked, and its council in scope."""
    if standing_on(case).update(**EMPTY, taken_back_at=hub_now(), changed_at=hub_now()):
        note_wants(case, wants=False)
        record("enquiry.wish_taken_back", subject=case, by=by)


def standing_on(case: Enquiry) -> "QuerySet[Wish]":
    """One or none."""
    return Wish.objects.filter(council=case.council_id, enquiry=case, taken_back_at=None)


def note_wants(case: Enquiry, *, wants: bool) -> None:
    """What everybody who works on the case may know."""
    case.wants_ambassador = wants
    case.save(update_fields=["wants_ambassador"])
