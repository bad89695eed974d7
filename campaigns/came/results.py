"""Reading what worked: journeys with all that brought them, as far as the councils asked for can see."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from campaigns.attribution import Journey, Stage, Touched, furthest
from campaigns.models import Campaign, Click, Code, Mailing, Spend
from councils.models import Event
from enquiries.models import Enquiry, Touch
from enquiries.states import State, Step

# Steps after which somebody has got further, and the one that takes a step back.
STEPS = (Step.VISIT, Step.APPLY, Step.ASSESS, Step.GO_TO_PANEL, Step.AWAIT_DECISION, Step.APPROVE, Step.NOT_APPROVE)
UNDONE = "enquiry.state_undone"
VERBS = (*(f"enquiry.{step.value}" for step in STEPS), UNDONE)
AT_ONCE = 1000
Councils = Collection[int]


@dataclass(frozen=True)
class Marks:
    """By what a campaign is known again: words of its codes and emails, and the emails' own links."""

    codes: frozenset[str]
    mailings: frozenset[UUID]


def marks_of(campaigns: Iterable[UUID], councils: Councils) -> dict[UUID, Marks]:
    keys = list(campaigns)
    codes, mailings = defaultdict[UUID, set[str]](set), defaultdict[UUID, set[UUID]](set)
    for key, code in Code.objects.filter(campaign_key__in=keys).values_list("campaign_key", "code"):
        codes[key or UUID(int=0)].add(code)
    sent = Mailing.objects.filter(council__in=councils, campaign__in=keys).order_by()
    for key, mailing, code in sent.values_list("campaign_id", "pk", "code"):
        mailings[key].add(mailing)
        codes[key] |= {code} if code else set()
    return {key: Marks(frozenset(codes[key]), frozenset(mailings[key])) for key in keys}


def clicks_of(marks: Marks, councils: Councils) -> int:
    own = Click.objects.filter(council__in=councils)
    by_code = own.filter(code__in=marks.codes).count() if marks.codes else 0
    return by_code + (own.filter(mailing_key__in=marks.mailings, code="").count() if marks.mailings else 0)


def journeys_by(codes: Collection[str], councils: Councils) -> list[Journey]:
    """That were touched by one of these codes, each with everything else that touched it."""
    touched = Touch.objects.filter(council__in=councils, code__in=codes)
    return _journeys(councils, touched.values_list("journey_id", flat=True)) if codes else []


def journeys_between(since: datetime, until: datetime, councils: Councils) -> list[Journey]:
    """That began from `since` until before `until`."""
    came = Enquiry.objects.filter(council__in=councils, created_at__gte=since, created_at__lt=until)
    return [
        each for each in _journeys(councils, came.values_list("journey_id", flat=True)) if since <= each.began < until
    ]


def _journeys(councils: Councils, keys: QuerySet[Any, Any]) -> list[Journey]:
    """So many at a time, by their keys: joined in one statement, tables that nobody has looked over since they were
    filled took a minute."""
    wanted = list(keys.order_by().distinct())
    parts = (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))
    return [journey for part in parts for journey in _part(councils, part)]


def _part(councils: Councils, keys: Sequence[UUID]) -> list[Journey]:
    cases = _real(councils, keys).order_by("created_at", "pk")
    rows = list(cases.values_list("pk", "journey_id", "household_id", "created_at", "state", "applied_on"))
    of_cases = [row[0] for row in rows]
    steps, touches = _steps(councils, of_cases), _touches(councils, of_cases)
    found: dict[UUID, Journey] = {}
    for pk, key, household, began, state, applied_on in rows:
        stage = furthest(state, applied=applied_on is not None, steps=steps[pk])
        before = found.get(key)
        found[key] = Journey(
            key=key,
            household=before.household if before else household,
            began=before.began if before else began,
            touches=_together(touches[pk], before.touches if before else ()),
            furthest=max(stage, before.furthest if before else Stage.ENQUIRED),
        )
    return list(found.values())


def _real(councils: Councils, journeys: Sequence[UUID]) -> QuerySet[Enquiry]:
    """Without doubles, and without what nobody has looked at: it may be no enquiry."""
    own = Enquiry.objects.filter(council__in=councils, journey_id__in=journeys, quarantined=False, to_confirm=False)
    return own.exclude(state=State.DUPLICATE)


def _steps(councils: Councils, cases: Sequence[UUID]) -> dict[UUID, set[str]]:
    """Taken and not undone, by case."""
    events = Event.objects.filter(council__in=councils, subject_id__in=cases, verb__in=VERBS)
    rows = list(events.values_list("pk", "subject_id", "verb", "facts"))
    undone = {facts.get("undid") for _, _, verb, facts in rows if verb == UNDONE}
    taken = defaultdict[UUID, set[str]](set)
    for pk, case, verb, _ in rows:
        if verb != UNDONE and str(pk) not in undone:
            taken[case].add(verb.removeprefix("enquiry."))
    return taken


def _touches(councils: Councils, cases: Sequence[UUID]) -> dict[UUID, list[Touched]]:
    """By case."""
    own = Touch.objects.filter(council__in=councils, enquiry__in=cases)
    touches = defaultdict[UUID, list[Touched]](list)
    fields = ("enquiry_id", "at", "source", "code", "detail")
    for case, at, source, code, detail in own.order_by("at", "pk").values_list(*fields):
        touches[case].append(Touched(at, source, code, detail))
    return touches


def _together(touches: Iterable[Touched], before: Iterable[Touched]) -> tuple[Touched, ...]:
    """A handover has copied those of the case that it ended: each once."""
    return tuple(sorted(dict.fromkeys([*before, *touches]), key=lambda touched: touched.at))


@dataclass(frozen=True)
class Paid:
    campaign: UUID
    pence: int
    first_day: date
    last_day: date
    source: str


def paid(councils: Councils, *, since: date, until: date) -> list[Paid]:
    """Whatever counts on one of these days, whole: attribution.spent_within takes its part."""
    spends = Spend.objects.filter(council__in=councils, first_day__lte=until, last_day__gte=since)
    rows = spends.values_list("campaign_id", "pence", "first_day", "last_day", "source")
    return [Paid(*row) for row in rows]


def spent_on(campaigns: Iterable[Campaign], councils: Councils) -> dict[UUID, int]:
    keys = [campaign.pk for campaign in campaigns]
    sums = Spend.objects.filter(council__in=councils, campaign__in=keys).order_by().values_list("campaign_id")
    return dict(sums.annotate(Sum("pence")))


def enquiries_by_code(codes: Collection[str], councils: Councils) -> dict[str, set[UUID]]:
    """Journeys, for a list: without asking how far they went."""
    found = defaultdict[str, set[UUID]](set)
    touched = Touch.objects.filter(council__in=councils, code__in=codes).order_by()
    rows = list(touched.values_list("code", "journey_id").distinct())
    wanted = list({journey for _, journey in rows})
    parts = (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))
    real = {key for part in parts for key in _real(councils, part).values_list("journey_id", flat=True)}
    for code, journey in rows:
        if journey in real:
            found[code].add(journey)
    return found
