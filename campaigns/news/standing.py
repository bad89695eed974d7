"""Who may be written to now. Asked when an audience is counted, when it is fixed and when a message leaves.

Everything here reads rows of councils in scope. Agreement is one thing (`agreed`), an address that is spared in the
whole region another (`spared`, outbox.Suppression): `why_not` and `may_be_written_to` ask both.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.models import Agreement, Refusal, Subscriber
from campaigns.models.subscribers import SubscriberQuerySet
from campaigns.states import By, Excluded, Purpose, SubscriberState
from councils.models import Council
from councils.tenancy import current_scope
from enquiries.models import Enquiry
from outbox.models import Suppression
from outbox.states import Cover
from outbox.suppressions import address_hash


def agreed(councils: Iterable[int], purpose: Purpose) -> SubscriberQuerySet:
    """Who has agreed to this by email, and has not taken it back in any way."""
    found: SubscriberQuerySet = Subscriber.objects.filter(council__in=list(councils)).active()
    return found.exclude(address="").filter(_says_yes(purpose))


def may_be_written_to(subscribers: Collection[UUID], purpose: Purpose) -> set[UUID]:
    """Of these, in the councils in scope. One query.

    What must hold is asked of each row that was found, and joined with nothing: the planner began with the agreements
    of everybody, for each batch anew (4.6 s instead of 20 ms at 40,000 subscribers)."""
    here = Subscriber.objects.filter(council__in=_in_scope(), pk__in=list(subscribers)).active().exclude(address="")
    asked = here.annotate(may=_says_yes(purpose) & ~Exists(spared()))
    return {key for key, may in asked.values_list("pk", "may") if may}


def why_not(subscribers: Collection[UUID], purpose: Purpose) -> dict[UUID, Excluded]:
    """Those of these who may not, each with the first reason that holds. Two queries, and one where all may."""
    kept = may_be_written_to(subscribers, purpose)
    left = [key for key in subscribers if key not in kept]
    if not left:
        return {}
    known = _reasons(left)
    return {key: known.get(key, Excluded.NO_CONSENT) for key in left}


def _says_yes(purpose: Purpose) -> Q:
    return Q(Exists(_agreements(purpose))) & ~Exists(refusals()) & case_says_yes()


def refusals() -> QuerySet[Refusal]:
    """Of a subscriber in an outer query: said no to this council."""
    return Refusal.objects.filter(council=OuterRef("council"), address_hash=OuterRef("address_hash"))


def spared(*covers: Cover) -> QuerySet[Suppression]:
    """Of a subscriber in an outer query: the address gets no news in the whole region. Without `covers`, for any
    reason; PROMOTIONAL: they said no or complained; EVERYTHING: mail came back."""
    return Suppression.objects.filter(
        hub=OuterRef("council__hub"), address_hash=OuterRef("address_hash"), cover__in=covers or tuple(Cover)
    )


def has_said_no(council: Council, address: str) -> bool:
    """To this council or to all, or mail to it came back. Whoever brings the address from elsewhere asks first."""
    hashed = address_hash(address)
    if Refusal.objects.filter(council=council, address_hash=hashed).exists():
        return True
    return Suppression.objects.filter(hub=council.hub_id, address_hash=hashed).exists()


def case_says_yes() -> Q:
    """Whoever has a case here is asked there as well: yes to news, at this address. One that was joined with another
    tells nothing any more: until the other is looked at, no."""
    own = Enquiry.objects.filter(
        council=OuterRef("council"),
        pk=OuterRef("enquiry"),
        email=OuterRef("address"),
        news_by_email=True,
        erased_at=None,
        merged_into=None,
    )
    return Q(enquiry=None) | Q(Exists(own))


def _agreements(purpose: Purpose) -> QuerySet[Agreement]:
    return Agreement.objects.filter(
        council=OuterRef("council"), subscriber=OuterRef("pk"), purpose=purpose, channel=By.EMAIL, ended_at=None
    )


def _reasons(subscribers: Collection[UUID]) -> dict[UUID, Excluded]:
    found = Subscriber.objects.filter(council__in=_in_scope(), pk__in=list(subscribers)).annotate(
        bounced=Exists(spared(Cover.EVERYTHING)), said_no=Q(Exists(spared(Cover.PROMOTIONAL))) | Exists(refusals())
    )
    rows = found.values_list("pk", "state", "address", "bounced", "said_no")
    return {key: _reason(*row) for key, *row in rows}


def _reason(state: str, address: str, bounced: bool, said_no: bool) -> Excluded:
    if said_no:
        return Excluded.SUPPRESSED
    if bounced:
        return Excluded.BOUNCED
    return Excluded.NO_ADDRESS if state == SubscriberState.ACTIVE and not address else Excluded.NO_CONSENT


def _in_scope() -> list[int]:
    scope = current_scope()
    return sorted(scope.councils) if scope else []
