"""The two rows of an introduction agree, whichever councils they lie in, and nobody has more of them than seats.

Both rows are written in one transaction and read in one statement, so that a commit in between cannot look like a
fault.
"""

from collections import Counter, defaultdict
from typing import Any
from uuid import UUID

from django.db.models import F, Value

from ambassadors.introduction_states import OPEN
from ambassadors.models import Introduction, Offer
from lafse.verification.finding import Finding, named

_ENQUIRERS, _AMBASSADORS = "enquirer's", "ambassador's"
_Row = tuple[Any, ...]


def both_rows_of_every_introduction_agree() -> Finding:
    pairs: dict[UUID, list[_Row]] = defaultdict(list)
    for pair, *row in _theirs().union(_ambassadors(), all=True):
        pairs[pair].append(tuple(row))
    wrong = sorted(pair for pair, rows in pairs.items() if not _agree(rows))
    return Finding("both rows of every introduction agree", len(pairs), named("introduction", wrong))


def _theirs() -> Any:
    councils = {"own": F("council_id"), "other": F("ambassador_council_id"), "whom": F("ambassador_key")}
    rows = Introduction.objects.order_by().annotate(side=Value(_ENQUIRERS), **councils)
    return rows.values_list("pair_id", "side", "own", "other", "whom", "state", "ended_at")


def _ambassadors() -> Any:
    councils = {"own": F("enquirer_council_id"), "other": F("council_id"), "whom": F("ambassador_id")}
    rows = Offer.objects.order_by().annotate(side=Value(_AMBASSADORS), **councils)
    return rows.values_list("pair_id", "side", "own", "other", "whom", "state", "ended_at")


def _agree(rows: list[_Row]) -> bool:
    """One on each side, of the same councils and ambassador, in the same state; ended where that state is an end."""
    if sorted(row[0] for row in rows) != sorted((_ENQUIRERS, _AMBASSADORS)):
        return False
    one, other = (row[1:] for row in rows)
    *_, state, ended_at = one
    return bool(one == other and (ended_at is None) == (state in OPEN))


def nobody_has_two_conversations_in_one_seat() -> Finding:
    taken = Counter(Offer.objects.filter(state__in=sorted(OPEN)).values_list("ambassador_id", "seat"))
    twice = sorted({ambassador for (ambassador, _), count in taken.items() if count > 1})
    return Finding("nobody has two conversations in one seat", taken.total(), named("ambassador", twice))
