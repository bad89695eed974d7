"""The log as a manager sees it: what waits, and a month with its sums. No enquirer is named in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from ambassadors.actions.logging import as_seen
from ambassadors.log.amounts import Sums, rates_missing, sums_of
from ambassadors.log.months import Month
from ambassadors.models import Talk, TalkState
from ambassadors.schemes import scheme_of
from councils.access import Access
from councils.models import Council
from councils.roles import Permission

MOST = 500


@dataclass(frozen=True)
class Line:
    talk: Talk

    @property
    def ticked(self) -> str:
        """What a tick sends: which, and as it is now."""
        return f"{self.talk.pk}/{as_seen(self.talk)}"

    @property
    def what(self) -> str:
        return "Mentoring" if self.talk.mentorship_id else "Conversation"


@dataclass(frozen=True)
class CouncilSums:
    council: Council
    sums: Sums
    missing: list[str]


@dataclass(frozen=True)
class LogPage:
    waiting: list[Line]
    more: bool
    month: Month
    decided: list[Line]
    sums: list[CouncilSums]
    missing: list[CouncilSums]


def log_page(access: Access, month: Month) -> LogPage:
    theirs = Talk.objects.filter(council__in=access.where(Permission.APPROVE_TALKS))
    theirs = theirs.select_related("ambassador", "council", "decided_by")
    waiting = list(theirs.filter(state=TalkState.LOGGED).order_by("on", "logged_at")[: MOST + 1])
    in_month = theirs.filter(on__gte=month.first, on__lt=month.after).exclude(state=TalkState.LOGGED)
    decided = list(in_month.order_by("council__name", "on", "pk"))
    sums = list(_sums(each for each in decided if each.state == TalkState.APPROVED))
    return LogPage(
        waiting=[Line(talk) for talk in waiting[:MOST]],
        more=len(waiting) > MOST,
        month=month,
        decided=[Line(talk) for talk in decided],
        sums=sums,
        missing=[each for each in sums if each.missing],
    )


def _sums(approved: Iterable[Talk]) -> Iterable[CouncilSums]:
    for council, talks in groupby(approved, key=lambda talk: talk.council):
        scheme = scheme_of(council)
        yield CouncilSums(council, sums_of(talks, scheme), rates_missing(scheme))
