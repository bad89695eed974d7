"""Counts are read from an index alone, as the app's log-in: whatever row-level security adds must not stand in the way.

With five years of 100,000 enquiries behind them it is some milliseconds or some hundred.
"""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from councils.models import Council, Hub
from councils.tenancy import across, as_council, as_hub
from dashboards import tables
from dashboards.figures import Split
from dashboards.span import Span
from dashboards.states import Grain

FILLED = """
    INSERT INTO dashboards_cell (hub_id, council_id, grain, "on", figure, split, value, n)
    SELECT {hub}, council.id, 'm', day, figure, split, value, 1
    FROM councils_council council, generate_series('2022-01-01'::date, '2025-12-01', interval '1 month') day,
      unnest(array['enquiries', 'approvals', 'first_try']) figure,
      (VALUES ('', ''), ('source', 'search'), ('source', 'print'), ('hours', '4')) AS one(split, value)
    WHERE council.hub_id = {hub}
"""
SPAN = Span(date(2025, 4, 1), date(2025, 9, 1))
DAYS = Span(date(2025, 4, 1), date(2025, 4, 30), Grain.DAY)


@pytest.fixture
def counted(db: None, lafse: Hub) -> Hub:
    with across(lafse.councils.all(), reason="test"), connection.cursor() as cursor:
        cursor.execute(FILLED.format(hub=lafse.pk))
        cursor.execute("SET LOCAL random_page_cost = 1.1")
    return lafse


def scans_of(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
        (plan,) = cursor.fetchone()
    found, waiting = [], [(plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"]]
    while waiting:
        node = waiting.pop()
        waiting += node.get("Plans", [])
        if node.get("Relation Name") == "dashboards_cell":
            found.append(node["Node Type"])
            assert "Index Cond" in node
    return found


@pytest.mark.parametrize("scope", ["hub", "council", "councils"])
def test_counts_are_read_from_an_index_alone(counted: Hub, kent: Council, scope: str) -> None:
    entered = {
        "hub": lambda: as_hub(counted),
        "council": lambda: as_council(kent),
        "councils": lambda: across(counted.councils.all(), reason="test"),
    }
    with entered[scope](), CaptureQueriesContext(connection) as asked:
        tables.read(["enquiries", "approvals"], SPAN)
        tables.read(["enquiries"], DAYS)
        tables.sums(["enquiries"], SPAN, split=Split.SOURCE)
        tables.sums(["first_try"], SPAN, split=Split.HOURS, councils=[kent.pk])
        read = [query["sql"] for query in asked if "dashboards_cell" in query["sql"]]
        assert len(read) == 4
        assert [scans_of(statement) for statement in read] == [["Index Only Scan"]] * 4
