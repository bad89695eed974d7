"""Why somebody whom the rules find is not written to. Each person stands under one reason: the first that holds.

The order is fixed, and goes from what stands whatever is done to what passes by itself:

1. erasure: their case is about to be erased
2. suppressed: they said no to news, here or in the whole region
3. bounced: mail to their address came back
4. no_address: their case has none
5. no_consent: they have not agreed to this purpose, have not confirmed it, or have taken it back
6. in_conversation: somebody is in touch with them, or owes them a first contact
7. recent: a campaign email went to them within the days of rest
8. twice: the same address stands on the list already (`choosing`)
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from campaigns.models import Look
from campaigns.models.subscribers import SubscriberQuerySet
from campaigns.news.standing import agreed, refusals, spared
from campaigns.states import Excluded, Purpose
from councils.clock import hub_now
from councils.models import ErasureRequest
from councils.models.rights import ErasureState
from enquiries.models.enquiry import EnquiryQuerySet
from outbox.states import Cover

QUIET_AFTER = timedelta(days=14)  # since the last word of either side
NOTHING = ""  # speaks against them
ORDER = (
    Excluded.ERASURE,
    Excluded.SUPPRESSED,
    Excluded.BOUNCED,
    Excluded.NO_ADDRESS,
    Excluded.NO_CONSENT,
    Excluded.IN_CONVERSATION,
    Excluded.RECENT,
    Excluded.TWICE,
)


def judged(people: SubscriberQuerySet, councils: Collection[int], purpose: Purpose, look: Look) -> QuerySet[Any]:
    """Each with `reason`: one of ORDER, or empty where nothing speaks against them. Ended ones have no address."""
    agreeing = agreed(sorted(councils), purpose).filter(council=OuterRef("council"), pk=OuterRef("pk"))
    return people.annotate(
        reason=_first(
            {
                Excluded.ERASURE: Q(Exists(_erasures("enquiry"))),
                Excluded.SUPPRESSED: Q(Exists(refusals())) | Q(Exists(spared(Cover.PROMOTIONAL))),
                Excluded.BOUNCED: Q(enquiry__email_fails=True) | Q(Exists(spared(Cover.EVERYTHING))),
                Excluded.NO_CONSENT: ~Q(Exists(agreeing)),
                Excluded.IN_CONVERSATION: _in_conversation(hub_now()),
                Excluded.RECENT: Q(last_mailed_at__gt=hub_now() - timedelta(days=look.rest_days)),
            }
        )
    )


def judged_silent(cases: EnquiryQuerySet) -> QuerySet[Any]:
    """Those who never subscribed. Nobody keeps hashes of their addresses, so no refusal is looked for."""
    return cases.annotate(
        reason=_first(
            {
                Excluded.ERASURE: Q(Exists(_erasures("pk"))),
                Excluded.BOUNCED: Q(email_fails=True),
                Excluded.NO_ADDRESS: Q(email=""),
                Excluded.NO_CONSENT: Q(erased_at=None),
            }
        )
    )


def _first(reasons: Mapping[Excluded, Q]) -> Case:
    """Of those that hold, by ORDER."""
    named = [When(reasons[each], then=Value(str(each))) for each in ORDER if each in reasons]
    return Case(*named, default=Value(NOTHING), output_field=CharField())


def _erasures(case: str) -> QuerySet[ErasureRequest]:
    waiting = ErasureRequest.objects.filter(state=ErasureState.WAITING)
    return waiting.filter(council=OuterRef("council"), subject_id=OuterRef(case))


def _in_conversation(now: datetime) -> Q:
    """By what stands on the case: a first contact is owed, a visit is ahead, or either side said something lately."""
    open_case = Q(enquiry__isnull=False, enquiry__closed_at=None)
    lately = now - QUIET_AFTER
    said = Q(enquiry__heard_at__gt=lately) | Q(enquiry__reached_at__gt=lately)
    return open_case & (Q(enquiry__promise_kept_at=None) | said | Q(enquiry__visit_at__gt=now))
