"""The rules as a query: subscribers, each with their newest case if they have one, and cases without a subscriber.

Under row-level security an array operator is not leakproof and no index serves it: that of interests runs over what the
other conditions left. Whatever a rule names, the councils are those of the caller: a name from elsewhere finds nobody.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from campaigns.audiences.rules import GOES_ON_ELSEWHERE, Attended, Case, Rules
from campaigns.models import Attendance, Subscriber
from campaigns.models.subscribers import SubscriberQuerySet
from campaigns.states import BookingState
from councils.clock import hub_now
from enquiries.models import Enquiry
from enquiries.models.enquiry import EnquiryQuerySet
from enquiries.models.touches import Touch
from enquiries.states import State

_BOOKED: Mapping[Attended, Sequence[str]] = {
    Attended.BOOKED: [BookingState.BOOKED, BookingState.WAITING, BookingState.CAME, BookingState.MISSED],
    Attended.CAME: [BookingState.CAME],
    Attended.MISSED: [BookingState.MISSED],
    Attended.NEVER: BookingState.values,
}


def people(rules: Rules, councils: Collection[int]) -> SubscriberQuerySet:
    """Subscribers of every state: who of them may be written to is another question (`reasons`)."""
    subscribers = Subscriber.objects.exclude(address_hash="").exclude(enquiry__state__in=GOES_ON_ELSEWHERE)
    found: SubscriberQuerySet = subscribers.filter(
        _here(rules, councils), *_of_case(rules, "enquiry__"), *_of_anybody(rules)
    )
    return found


def silent(rules: Rules, councils: Collection[int]) -> EnquiryQuerySet:
    """The newest case of each household that the rules find and behind which nobody subscribed. They are counted,
    never written to: no row is made of them."""
    households = Subscriber.objects.filter(
        council=OuterRef("council"), enquiry__household_id=OuterRef("household_id")
    ).exclude(address_hash="")
    newer = Enquiry.objects.filter(
        council=OuterRef("council"), household_id=OuterRef("household_id"), created_at__gt=OuterRef("created_at")
    )
    cases = Enquiry.objects.filter(erased_at=None).exclude(state__in=GOES_ON_ELSEWHERE)
    found: EnquiryQuerySet = cases.filter(_here(rules, councils), *_of_case(rules, ""), *_of_silent(rules))
    return found.filter(~Exists(newer.exclude(state__in=GOES_ON_ELSEWHERE)), ~Exists(households))


def _here(rules: Rules, councils: Collection[int]) -> Q:
    here = Q(council__in=sorted(councils))
    return here & Q(council__slug__in=rules.councils) if rules.councils else here


def _of_case(rules: Rules, case: str) -> Iterator[Q]:
    """`case`: how the case is reached from the row."""
    if rules.wanted_states:
        yield Q(**{f"{case}state__in": rules.wanted_states})
    if rules.reasons:
        yield ~Q(**{f"{case}state": State.NOT_YET}) | Q(**{f"{case}close_reason__in": rules.reasons})
    if rules.sources:
        touches = Touch.objects.filter(journey_id=OuterRef(f"{case}journey_id"), source__in=rules.sources)
        yield Q(Exists(touches))
    yield from _of_days(rules, case, hub_now())
    yield from _of_events(rules, case)


def _of_days(rules: Rules, case: str, now: datetime) -> Iterator[Q]:
    if rules.asked_before is not None:
        yield Q(**{f"{case}created_at__lte": now - timedelta(days=rules.asked_before)})
    if rules.asked_within is not None:
        yield Q(**{f"{case}created_at__gte": now - timedelta(days=rules.asked_within)})
    if rules.unheard is not None:
        since = now - timedelta(days=rules.unheard)
        for at in ("heard_at", "reached_at"):
            yield Q(**{f"{case}{at}": None}) | Q(**{f"{case}{at}__lte": since})
        yield Q(**{f"{case}created_at__lte": since})


def _of_events(rules: Rules, case: str) -> Iterator[Q]:
    if rules.attended is Attended.EITHER:
        return
    there = Attendance.objects.filter(
        enquiry__journey_id=OuterRef(f"{case}journey_id"), state__in=_BOOKED[rules.attended]
    )
    yield ~Q(Exists(there)) if rules.attended is Attended.NEVER else Q(Exists(there))


def _of_anybody(rules: Rules) -> Iterator[Q]:
    """What a subscriber may have told without an enquiry; with one, the case counts."""
    if rules.case is not Case.EITHER:
        yield Q(enquiry__isnull=rules.case is Case.WITHOUT)
    if rules.areas:
        yield Q(enquiry__area_code__in=rules.areas) | Q(enquiry=None, area_code__in=rules.areas)
    if rules.interests:
        wanted = list(rules.interests)
        yield Q(enquiry__care_kinds__overlap=wanted) | Q(enquiry=None, interests__overlap=wanted)
    if rules.unmailed is not None:
        yield Q(last_mailed_at=None) | Q(last_mailed_at__lte=hub_now() - timedelta(days=rules.unmailed))


def _of_silent(rules: Rules) -> Iterator[Q]:
    if rules.case is Case.WITHOUT:
        yield Q(pk__in=[])
    if rules.areas:
        yield Q(area_code__in=rules.areas)
    if rules.interests:
        yield Q(care_kinds__overlap=list(rules.interests))
