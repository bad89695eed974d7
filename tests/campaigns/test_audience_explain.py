"""Under row-level security an index serves a query only where the operator is leakproof. With reading whole tables made
dear, whatever is still read whole is what no index could answer."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F

from campaigns.audiences.finding import people, silent
from campaigns.audiences.reasons import judged, judged_silent
from campaigns.audiences.rules import read
from campaigns.models import Look, Subscriber
from campaigns.states import Purpose
from councils.models import Council
from councils.tenancy import across
from outbox.models import Suppression
from tests import databases, factories

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

EVERY_RULE: dict[str, Any] = {
    "councils": ["kent"],
    "areas": ["E07000110"],
    "states": ["not_yet"],
    "reasons": ["health"],
    "interests": ["siblings"],
    "sources": ["print"],
    "attended": "came",
    "asked_before": 7,
    "unmailed": 30,
    "unheard": 14,
}
LEAKY = re.compile(r"\b(I?LIKE|LOWER|UPPER|SIMILAR)\b|::citext|@@|~\*?\s|->>?|@>", re.IGNORECASE)
WATCHED = ("campaigns_", "enquiries_", "outbox_", "councils_erasurerequest")


def scans(plan: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Tables read, each with what its index was asked; empty where it is read whole."""
    for part in plan.get("Plans", []):
        yield from scans(part)
    if plan.get("Relation Name", "").startswith(WATCHED):
        yield plan["Relation Name"], plan.get("Index Cond") or plan.get("Recheck Cond") or ""


def explained(query: Any) -> list[tuple[str, str]]:
    sql, params = query.order_by().query.sql_with_params()
    assert not LEAKY.search(sql)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        ((plans,),) = cursor.fetchall()
    return list(scans(plans[0]["Plan"]))


@pytest.fixture(scope="module")
def two(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[tuple[Council, Council]]:
    """With cases, committed and counted, as the planner would find them in a year."""
    name = str(settings.DATABASES["default"]["NAME"])
    with django_db_blocker.unblock():
        kent, hampshire = (Council.objects.get(slug=slug) for slug in ("kent", "hampshire"))
        for council in (kent, hampshire):
            for number in range(40):
                factories.enquiry(council, email=f"{council.slug}{number}@example.org")
        databases.as_owner(name, "ANALYZE")
        yield kent, hampshire
        connection.close()
        databases.empty(name)


@pytest.mark.parametrize("rules", [{}, EVERY_RULE], ids=["no rules", "every rule"])
def test_an_audience_is_found_by_indexes(two: tuple[Council, Council], rules: dict[str, Any]) -> None:
    kent, hampshire = two
    councils, look = [kent.pk, hampshire.pk], Look(council=kent)
    with across(councils, reason="explain"):
        subscribers = explained(
            judged(people(read(rules), councils), councils, Purpose.NEWS, look).values_list("reason")
        )
        cases = explained(judged_silent(silent(read(rules), councils)).values_list("reason"))
    for table in ("campaigns_subscriber", "campaigns_agreement", "outbox_suppression", "enquiries_enquiry"):
        assert any(each == table for each, _ in subscribers)
    assert [table for table, asked in (*subscribers, *cases) if not asked] == []


def test_hundreds_of_addresses_are_looked_up_by_their_index(two: tuple[Council, Council]) -> None:
    with across([each.pk for each in two], reason="explain"):
        found = Subscriber.objects.filter(council__in=two).with_addresses(f"{number:064x}" for number in range(500))
        ((table, asked),) = explained(found)
    assert table == "campaigns_subscriber"
    assert "address_hash" in asked


def test_a_condition_that_no_index_serves_would_be_noticed(two: tuple[Council, Council]) -> None:
    kent, _ = two
    with across([kent], reason="explain"):
        found = Suppression.objects.annotate(reason_=F("reason")).filter(reason="hard_bounce").values_list("reason_")
        assert explained(found) == [("outbox_suppression", "")]
    assert LEAKY.search("upper(first_name) = 'ERIN'")
