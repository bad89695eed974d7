"""What was kept as long as it may be: asked to be erased, a few at a time, and taken back where somebody came again.

Nothing is erased here. The request is a row; `erase --pending` carries it out as a log-in of its own, and asks once
more before it does (enquiries.retention.reading.still_due). Safe to stop and to begin again anywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from uuid import UUID

from councils.clock import hub_now
from councils.events import record
from councils.models import Council, ErasureRequest
from councils.models.rights import ErasureCause
from councils.tenancy import as_council
from councils.working_time import in_london
from enquiries.actions.clearing import CLEARED, clear
from enquiries.models import Enquiry
from enquiries.retention.endings import RULES_VERSION
from enquiries.retention.reading import UNDONE, still_due, whose_time_comes, with_joined
from outbox.rounds import one_by_one

BATCH = 100  # rows locked at once
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Done:
    asked: int
    taken_back: int


def keep_no_longer() -> int:
    """All councils, and what is no enquiry. Raises outbox.rounds.SomeFailed at the end."""
    now = hub_now()
    councils = list(Council.objects.order_by("pk"))
    asked = one_by_one(
        councils, lambda each: ask_for_erasure(each, today=in_london(now).date()).asked, name=attrgetter("slug")
    )
    return asked + one_by_one(CLEARED, lambda kept: clear(kept, now=now), name=str)


def ask_for_erasure(council: Council, *, today: date, tell: Tell | None = None) -> Done:
    """`tell` hears after each batch how many of how many were looked at."""
    with as_council(council):
        due = [each for each in whose_time_comes(council.pk, by=today) if each.waits is None]
        keys, endings = with_joined(due, council.pk), {each.pk: each.ending.value for each in due}
    asked = 0
    for first in range(0, len(keys), BATCH):
        asked += _ask(council, keys[first : first + BATCH], endings, today)
        if tell:
            tell(min(first + BATCH, len(keys)), len(keys))
    return Done(asked, _take_back(council, today))


def _ask(council: Council, keys: list[UUID], endings: dict[UUID, str], today: date) -> int:
    """The rows are locked first: whoever opens one again comes before this, or after it, and is asked about again."""
    with as_council(council):
        rows = Enquiry.objects.select_for_update().filter(council=council, pk__in=keys, closed_at__isnull=False)
        cases = list(rows.order_by("pk"))
        due = still_due([case.pk for case in cases], council.pk, today=today) - _waiting(council, keys)
        for case in cases:
            if case.pk in due:
                ErasureRequest.objects.create(council=council, subject_id=case.pk, cause=ErasureCause.RETENTION)
                ending = endings.get(case.pk, "joined")
                record("enquiry.kept_long_enough", subject=case, by=None, rule_version=RULES_VERSION, ending=ending)
    return len(due)


def _waiting(council: Council, keys: list[UUID]) -> set[UUID]:
    here = ErasureRequest.objects.filter(council=council, subject_id__in=keys, state__in=UNDONE)
    return set(here.values_list("subject_id", flat=True))


def _take_back(council: Council, today: date) -> int:
    """Opened again, held, or kept longer by a new rule since it was asked for."""
    with as_council(council):
        asked = ErasureRequest.objects.select_for_update().filter(
            council=council, cause=ErasureCause.RETENTION, state__in=UNDONE
        )
        keys = set(asked.values_list("subject_id", flat=True))
        stays = keys - still_due(keys, council.pk, today=today) if keys else set()
        for case in Enquiry.objects.filter(council=council, pk__in=stays):
            record("enquiry.kept_after_all", subject=case, by=None, rule_version=RULES_VERSION)
        asked.filter(subject_id__in=stays).delete()
    return len(stays)
