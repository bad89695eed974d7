"""Whoever ticked the box of the form, or of a booking, gets news: their case says so, and this follows what it says.

It runs beside the form and never inside it: an enquiry is sent, whatever becomes of the news. Safe to do twice. Each
sending of a form counts once: what somebody ended since is not begun again by the same tick.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from campaigns.actions.leaving import CASE, MOVED, PASSED_ON, end, end_agreements, locked
from campaigns.actions.subscribing import Asked, agree, ask_to_confirm, stand_on
from campaigns.models import Agreement, Subscriber
from campaigns.news.standing import case_says_yes, has_said_no
from campaigns.states import Origin, Purpose, SubscriberState
from councils.models import Council, Event
from councils.tenancy import as_council
from enquiries.consents import Consent
from enquiries.models import Enquiry, Submission
from enquiries.models.enquiry import EnquiryQuerySet
from enquiries.states import Channel, State
from outbox.suppressions import address_hash

_FROM_A_BOX = (Origin.FORM, Origin.BOOKING)
_WITHOUT_A_NO = (PASSED_ON, MOVED)  # if the case comes back, so does the news


@dataclass(frozen=True)
class Ticked:
    """When, with which words beside the box, and on which page."""

    at: datetime
    version: str
    origin: Origin


def take_in(council: Council) -> int:
    """Every case of a council that may be out of step. How many changed something."""
    with as_council(council):
        theirs = Subscriber.objects.filter(council=council, enquiry=OuterRef("pk"), address=OuterRef("email")).active()
        keys = set(_wanting(council.pk).filter(~Exists(theirs)).values_list("pk", flat=True))
        alone = Subscriber.objects.filter(council=council, enquiry=None, address=OuterRef("email")).active()
        keys |= set(_sure(council.pk).filter(Exists(alone)).values_list("pk", flat=True))
        linked = Subscriber.objects.filter(council=council, enquiry__isnull=False).active()
        keys |= set(linked.filter(~case_says_yes()).values_list("enquiry", flat=True))
        elsewhere = Enquiry.objects.filter(council=council, pk=OuterRef("enquiry"), state=State.PASSED_ON)
        of_a_box = Agreement.objects.filter(
            council=council, subscriber=OuterRef("pk"), origin__in=_FROM_A_BOX, ended_at=None
        )
        keys |= set(linked.filter(Exists(elsewhere), Exists(of_a_box)).values_list("enquiry", flat=True))
    return take_in_cases(council.pk, keys)


def take_in_lately(council_id: int, keys: Collection[UUID], *, since: datetime) -> int:
    """Of these cases, to which something happened, those that news are anything to: most are looked at in two queries,
    however many come at once. `since`: whoever ticked the box again after that is one of them."""
    with as_council(council_id):
        linked = Subscriber.objects.filter(council=council_id, enquiry=OuterRef("pk"))
        ticked = Submission.objects.filter(
            council=council_id, enquiry=OuterRef("pk"), created_at__gte=since, answers__news_by_email=True
        )
        news = Q(news_by_email=True) | Q(Exists(linked)) | Q(Exists(ticked))
        cases = Enquiry.objects.filter(council=council_id, pk__in=keys).annotate(news=news)
        found = list(cases.values_list("pk", "email", "news"))
        hashes = {key: address_hash(email) for key, email, is_concerned in found if email and not is_concerned}
        alone = Subscriber.objects.filter(council=council_id, enquiry=None).with_addresses(hashes.values())
        signed_up = set(alone.values_list("address_hash", flat=True))
    concerned = {key for key, _, is_concerned in found if is_concerned or hashes.get(key) in signed_up}
    return take_in_cases(council_id, concerned)


def take_in_cases(council_id: int, keys: Iterable[UUID]) -> int:
    """One transaction a case."""
    return sum(_follow(council_id, key) for key in keys)


def _sure(council_id: int) -> EnquiryQuerySet:
    """A person for sure, and this council's."""
    found: EnquiryQuerySet = Enquiry.objects.filter(council=council_id, erased_at=None, merged_into=None)
    return found.filter(quarantined=False, to_confirm=False).exclude(email="").exclude(state=State.PASSED_ON)


def _wanting(council_id: int) -> EnquiryQuerySet:
    return _sure(council_id).filter(news_by_email=True)


def _follow(council_id: int, key: UUID) -> bool:
    with as_council(council_id):
        case = Enquiry.objects.standing().filter(council=council_id, pk=key).first()
        if case is None:
            return False
        own = Subscriber.objects.filter(council=council_id, enquiry=case)
        changed = [_follow_no(each, case) for each in own.order_by("pk").select_for_update()]
        if _sure(council_id).filter(pk=key).exists():
            changed.append(_follow_subscriber(case))
            case.refresh_from_db()
            changed.append(_follow_yes(case) if case.news_by_email else _ask_who_ticked_again(case))
        return any(changed)


def _follow_no(own: Subscriber, case: Enquiry) -> bool:
    """It is locked."""
    if own.state != SubscriberState.ACTIVE:
        return False
    if case.merged_into_id:
        own.enquiry_id = case.merged_into_id
        own.save(update_fields=["enquiry"])
        return True
    if case.state == State.PASSED_ON:
        return _follow_elsewhere(own)
    if not case.news_by_email:
        return end(own, how=CASE)
    return own.address != case.email and end(own, how=MOVED)


def _follow_elsewhere(own: Subscriber) -> bool:
    """The council that answers now follows its own case. What they asked of this one on its page stays."""
    given = Agreement.objects.filter(council=own.council_id, subscriber=own, ended_at=None)
    if given.exclude(origin__in=_FROM_A_BOX).exists():
        return bool(end_agreements(own, Purpose, how=PASSED_ON, origins=_FROM_A_BOX))
    return end(own, how=PASSED_ON)


def _follow_subscriber(case: Enquiry) -> bool:
    """Whoever subscribed before they enquired: a box that was left empty takes nothing back."""
    found = Subscriber.objects.filter(council=case.council_id, address_hash=address_hash(case.email), enquiry=None)
    own = found.active().select_for_update().first()
    if own:
        stand_on(case, own)
    return own is not None


def _follow_yes(case: Enquiry) -> bool:
    ticked = _ticked(case)
    if ticked is None:  # nothing is on record that they agreed to
        return False
    own = _of(case)
    if own is None:
        return False
    purposes = [purpose for purpose in Purpose if not _counted(own, purpose, ticked)]
    if not purposes:
        return False
    return bool(agree(own, purposes, origin=ticked.origin, version=ticked.version, given_at=ticked.at))


def _ask_who_ticked_again(case: Enquiry) -> bool:
    """A form that joined a case changes nothing that stands there, since anybody can type an address. So a tick on the
    newest is a question to the address of the case, once, and its owner answers."""
    ticked = _ticked(case)
    if ticked is None or case.stopped_at or has_said_no(case.council, case.email):
        return False
    if Submission.objects.filter(council=case.council_id, enquiry=case, created_at__gt=ticked.at).exists():
        return False
    hashed = address_hash(case.email)
    own = Subscriber.objects.filter(council=case.council_id, address_hash=hashed).first()
    if own and (own.state != SubscriberState.PENDING or _asked_since(own, ticked.at)):
        return False
    ask_to_confirm(case.council, Asked(email=case.email, purposes=tuple(Purpose)))
    return True


def _asked_since(own: Subscriber, moment: datetime) -> bool:
    asked = Event.objects.filter(council=own.council_id, subject_id=own.pk, verb="subscriber.asked", at__gte=moment)
    return asked.exists()


def _of(case: Enquiry) -> Subscriber | None:
    """Their row, locked, with what the case knows. None where the owner of the address has said no, or it does not
    work: anybody can type it into a form."""
    told = {
        "enquiry": case,
        "address": case.email,
        "first_name": case.name.partition(" ")[0][:60],
        "area_code": case.area_code,
        "interests": case.care_kinds,
    }
    if has_said_no(case.council, case.email):
        return None
    own, _ = Subscriber.objects.get_or_create(
        council_id=case.council_id,
        address_hash=address_hash(case.email),
        defaults={**told, "origin": Origin.FORM},
    )
    own = locked(own)
    if any(getattr(own, name) != value for name, value in told.items()):
        Subscriber.objects.filter(council=own.council_id, pk=own.pk).update(**told)
        own.refresh_from_db()
    return own


def _ticked(case: Enquiry) -> Ticked | None:
    """The newest sending that said yes."""
    sent = Submission.objects.filter(council=case.council_id, enquiry=case, answers__news_by_email=True)
    for each in sent.order_by("-number"):
        if version := each.consents.get(Consent.NEWS_EMAIL.value):
            origin = Origin.BOOKING if each.channel == Channel.GATHERING else Origin.FORM
            return Ticked(each.created_at, version, origin)
    return None


def _counted(own: Subscriber, purpose: Purpose, ticked: Ticked) -> bool:
    before = Agreement.objects.filter(council=own.council_id, subscriber=own, purpose=purpose, origin__in=_FROM_A_BOX)
    return before.filter(given_at__gte=ticked.at).exclude(how_ended__in=_WITHOUT_A_NO).exists()
