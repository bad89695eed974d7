"""What the pages about keeping show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from councils.models import Council, LegalHold, RetentionRule
from councils.models.people import User
from enquiries.models import Enquiry
from enquiries.retention.endings import RULES, Ending, Rule
from enquiries.retention.months import last_day_of_next_month
from enquiries.retention.reading import Kept, whose_time_comes


@dataclass(frozen=True)
class Line:
    """`own`: the council's number, where it has one of its own."""

    ending: Ending
    rule: Rule
    own: RetentionRule | None

    @property
    def months(self) -> int:
        return self.own.months if self.own else self.rule.months


@dataclass(frozen=True)
class Group:
    """Enquiries that go in the same month for the same reason."""

    ending: Ending
    month: date
    enquiries: list[Kept]


@dataclass(frozen=True)
class Foretold:
    """`waiting`: their time has come, and something keeps them."""

    until: date
    going: list[Group]
    waiting: list[Kept]

    @property
    def count(self) -> int:
        return sum(len(group.enquiries) for group in self.going)


@dataclass(frozen=True)
class Held:
    """`case` is None where there is none any more."""

    hold: LegalHold
    council: Council
    placed_by: User
    case: Enquiry | None


def lines_of(council: Council) -> list[Line]:
    rules = RetentionRule.objects.filter(council=council).select_related("changed_by")
    own = {rule.outcome: rule for rule in rules}
    return [Line(ending, rule, own.get(ending.value)) for ending, rule in RULES.items()]


def foretold(council: Council, today: date) -> Foretold:
    """Whose time has come, or comes by the end of next month."""
    until = last_day_of_next_month(today)
    found = whose_time_comes(council.pk, by=until)
    going = [each for each in found if each.waits is None]
    return Foretold(until, _grouped(going), [each for each in found if each.waits])


def _grouped(going: Iterable[Kept]) -> list[Group]:
    def heading(each: Kept) -> tuple[date, str]:
        return each.on.replace(day=1), each.ending.value

    groups = groupby(sorted(going, key=lambda each: (*heading(each), each.on)), key=heading)
    return [Group(Ending(ending), month, list(each)) for (month, ending), each in groups]


def holds_in(councils: Iterable[int]) -> list[Held]:
    """Those that stand, the oldest first."""
    holds = list(
        LegalHold.objects.filter(council__in=councils, lifted_at=None)
        .select_related("council", "placed_by")
        .order_by("placed_at", "pk")
    )
    cases = Enquiry.objects.filter(council__in=councils).in_bulk({hold.subject_id for hold in holds})
    return [Held(hold, hold.council, hold.placed_by, cases.get(hold.subject_id)) for hold in holds]


def hold_on(case: Enquiry) -> LegalHold | None:
    standing = LegalHold.objects.filter(council=case.council_id, subject_id=case.pk, lifted_at=None)
    return standing.select_related("placed_by").first()
