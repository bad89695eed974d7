"""What a report by email says: counts and shares alone, read as the pages read them. With the hub in scope."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse

from councils.models import Council, Hub
from dashboards.beside import Middle, region_beside
from dashboards.counted import numbers_of
from dashboards.days import days_of
from dashboards.measures import MEASURES, Measure, Numbers, added
from dashboards.models import Report
from dashboards.pages.reach import councils_of
from dashboards.reports.times import in_words, told_of
from dashboards.states import Every
from dashboards.tables import as_of

# By days there are whole counts alone.
OF_A_WEEK = ("enquiries", "promise", "promise_missed", "visits", "applications", "approvals", "wishes", "conversations")
BY_COUNCIL = ("enquiries", "promise", "promise_missed")


@dataclass(frozen=True)
class Line:
    name: str
    now: str
    before: str
    region: str = ""


@dataclass(frozen=True)
class Letter:
    subject: str
    context: Mapping[str, object]


def letter_of(report: Report, hub: Hub, *, today: date) -> Letter:
    span, before = told_of(report.every, today)
    council = report.council
    councils = [council] if council else councils_of(hub)
    held, was = (numbers_of(each, [each.pk for each in councils]) for each in (span, before))
    region = region_beside(council, span) if council else {}
    name = council.name if council else hub.name
    context = {
        "hub": hub,
        "name": report.to.name,
        "whose": name,
        "when": in_words(span),
        "before": in_words(before),
        "lines": _lines(_measures(report.every), added(held.values()), added(was.values()), region),
        "councils": [] if council else [_of_council(each, held[each.pk]) for each in councils],
        "days": days_of(hub.pk, span),
        "weekly": report.every == Every.WEEK,
        "as_of": as_of(hub.pk),
        "link": _link(council),
    }
    whose = council.name if council else hub.short_name
    return Letter(f"{whose}: figures of {in_words(span)}", context)


def _measures(every: str) -> Sequence[Measure]:
    return [MEASURES[code] for code in OF_A_WEEK] if every == Every.WEEK else list(MEASURES.values())


def _lines(measures: Sequence[Measure], held: Numbers, was: Numbers, region: Mapping[str, Middle]) -> list[Line]:
    middles = {code: middle.middle for code, middle in region.items()}
    return [Line(each.name, each.of(held).words, each.of(was).words, middles.get(each.code, "")) for each in measures]


def _of_council(council: Council, held: Numbers) -> tuple[str, list[str]]:
    return council.name, [MEASURES[code].of(held).words for code in BY_COUNCIL]


def _link(council: Council | None) -> str:
    page = reverse("admin:dashboards_cell_council", args=[council.slug]) if council else None
    return settings.BASE_URL + (page or reverse("admin:dashboards_cell_changelist"))
