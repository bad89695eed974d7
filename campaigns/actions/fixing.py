"""An audience is fixed: from now on these, and nobody else, get the email, unless something speaks against them by
then. One statement chooses, counts and writes, so that the number is that of one moment and no row passes through
Python, however many they are.
"""

from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from campaigns.audiences import Changed
from campaigns.audiences.choosing import Tally, councils_for, never_subscribed, summed
from campaigns.audiences.finding import people
from campaigns.audiences.reasons import NOTHING, judged
from campaigns.audiences.rules import Rules, read
from campaigns.content.look import look_of
from campaigns.models import Mailing, Recipient
from campaigns.states import MailingState, Purpose, RecipientState, moved
from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import across, as_council

_READ = ("pk", "council_id", "address_hash", "created_at", "reason")
_PUT = "put"
# A version 7 UUID (RFC 9562) with the place as its counter: who is written to next lies beside who was written to last,
# in the table and in every index by key or address. In any other order each took a page of its own of each of them. The
# places are spread over all 32 bits, so that nobody reads from one how many there are.
_KEY = """
    (lpad(to_hex((extract(epoch FROM hub_now()) * 1000)::bigint), 12, '0') || '7' || left(place, 3)
     || '8' || right(place, 5) || right(gen_random_uuid()::text, 10))::uuid
"""
# Of one address it is the row that stands longest: its council is where "no more news" leads.
_FIX = """
    WITH judged (id, council_id, address_hash, created_at, reason) AS MATERIALIZED ({judged}),
    put AS (
        INSERT INTO campaigns_recipient
            (id, council_id, mailing_id, address_hash, source_id, subscriber_key, state, reason, message_key)
        SELECT {key}, %s, %s, address_hash, council_id, id, %s, '', NULL
        FROM (SELECT *, lpad(to_hex(row_number() OVER (ORDER BY address_hash) * 4294967295 / count(*) OVER ()), 8, '0')
                  AS place
              FROM (SELECT DISTINCT ON (address_hash) * FROM judged WHERE reason = %s
                    ORDER BY address_hash, created_at, id) AS each) AS once
        RETURNING 1
    )
    SELECT reason, count(*) FROM judged GROUP BY reason UNION ALL SELECT %s, count(*) FROM put
"""


def fix(mailing: Mailing, shown: int, *, by: Access) -> Tally:
    """`shown`: how many whoever fixes it has seen. Raises Changed where it is another number by now, Refused where
    there is nobody. In no scope, or in one as wide as `by`: the owner's alone is narrower than a region's audience.
    The mailing stays a draft: what follows from its size is for `mailings` to say."""
    by.require(Permission.EDIT_CAMPAIGNS, mailing.council_id)
    with across(by.where(Permission.EDIT_CAMPAIGNS), reason="fix an audience"):
        locked = _draft(mailing)
        rules = _rules_of(locked)
        _empty(locked)
        tally = _put(locked, rules, councils_for(locked.council, by))
        _require(tally, shown)
        _keep(locked, rules, tally, by)
    return tally


def loosen(mailing: Mailing, *, by: Access) -> None:
    """A draft again, for nobody in particular. Raises Refused once somebody has been written to."""
    by.require(Permission.EDIT_CAMPAIGNS, mailing.council_id)
    with as_council(mailing.council_id):
        locked = _locked(mailing)
        written_to = _recipients(locked).exclude(state=RecipientState.WAITING)
        if not _goes_back(locked) or written_to.exists():
            raise Refused("This email is on its way already: its audience stays as it is.")
        _empty(locked)
        Mailing.objects.filter(council=locked.council_id, pk=locked.pk).update(
            state=MailingState.DRAFT, fixed=None, fixed_at=None, rules={}, excluded={}
        )
        record("mailing.loosened", subject=locked, by=by.user)


def _locked(mailing: Mailing) -> Mailing:
    mine = Mailing.objects.select_for_update(of=("self",)).select_related("council", "segment")
    return mine.get(council=mailing.council_id, pk=mailing.pk)


def _goes_back(mailing: Mailing) -> bool:
    return mailing.state == MailingState.DRAFT or moved(mailing.state, "back") is not None


def _draft(mailing: Mailing) -> Mailing:
    locked = _locked(mailing)
    if locked.state != MailingState.DRAFT:
        raise Refused("The audience of this email is fixed already. Make it a draft again to change it.")
    return locked


def _rules_of(mailing: Mailing) -> Rules:
    if mailing.segment is None:
        raise Refused("Choose an audience first: it says whom the email goes to.")
    return read(mailing.segment.rules)


def _recipients(mailing: Mailing) -> QuerySet[Recipient]:
    return Recipient.objects.filter(council=mailing.council_id, mailing=mailing.pk)


def _empty(mailing: Mailing) -> None:
    _recipients(mailing).delete()


def _put(mailing: Mailing, rules: Rules, councils: Collection[int]) -> Tally:
    found = judged(people(rules, councils), councils, Purpose(mailing.purpose), look_of(mailing.council))
    chosen, params = found.order_by().values_list(*_READ).query.sql_with_params()
    written: list[Any] = [mailing.council_id, mailing.pk, RecipientState.WAITING, NOTHING, _PUT]
    with connection.cursor() as cursor:
        cursor.execute(_FIX.format(judged=chosen, key=_KEY), [*params, *written])
        sums: dict[str, int] = dict(cursor.fetchall())
    return summed(sums, sums.pop(_PUT), never_subscribed(rules, councils))


def _require(tally: Tally, shown: int) -> None:
    """What was written goes with the transaction."""
    if tally.included != shown:
        raise Changed(tally.included)
    if not tally.included:
        raise Refused("There is nobody to write to.")


def _keep(mailing: Mailing, rules: Rules, tally: Tally, by: Access) -> None:
    excluded = {str(reason): count for reason, count in tally.excluded.items()}
    Mailing.objects.filter(council=mailing.council_id, pk=mailing.pk).update(
        fixed=tally.included, fixed_at=hub_now(), rules=rules.as_json(), excluded=excluded
    )
    record("mailing.fixed", subject=mailing, by=by.user, included=tally.included, excluded=excluded)
