"""What happens by itself here, each minute; safe to run twice and beside itself.

Cases to which something happened lately are followed at once. Nothing remembers how far that went: each minute one
council is compared as a whole, in turn, so whatever was missed is put right within the half hour.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from campaigns.actions.ending import end_the_spared, end_the_spared_of
from campaigns.actions.taking_in import take_in, take_in_lately
from councils.clock import hub_now
from councils.models import Council, Event
from councils.tenancy import across
from outbox.rounds import one_by_one

LATELY = timedelta(minutes=15)


def follow_cases() -> int:
    since = hub_now() - LATELY
    return one_by_one(
        _lately(since), lambda each: take_in_lately(*each, since=since), name=lambda each: f"council {each[0]}"
    )


def _lately(since: datetime) -> Iterator[tuple[int, set[UUID]]]:
    cases: dict[int, set[UUID]] = defaultdict(set)
    everywhere = list(Council.objects.values_list("pk", flat=True))
    with across(everywhere, reason="follow news"):
        happened = Event.objects.filter(council__in=everywhere, at__gte=since, verb__startswith="enquiry.")
        for council, key in happened.values_list("council", "subject_id").distinct():
            cases[council].add(key)
    yield from cases.items()


def follow_suppressions() -> int:
    return end_the_spared(since=hub_now() - LATELY)


def compare_one_council() -> int:
    councils = list(Council.objects.order_by("pk"))
    turn = councils[int(hub_now().timestamp() // 60) % len(councils)]
    return take_in(turn) + end_the_spared_of(turn)


JOBS: tuple[Callable[[], object], ...] = (follow_cases, follow_suppressions, compare_one_council)
