"""Under row-level security an index serves a query only where the operator is leakproof. Read from EXPLAIN."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from councils.models import Council, User
from councils.tenancy import across, as_council, council_owned_tables
from enquiries import actions
from enquiries.answers import Answers, RouteSnapshot
from enquiries.board import DueFilter, OwnerFilter, SpecialFilter
from enquiries.states import Channel, RouteChoice, State, Way
from tests.conftest import Cast

ROWS = 20_000
WATCHED = {"enquiries_enquiry", "enquiries_searchkey", "councils_event"}
LEAKY = re.compile(r"\b(I?LIKE|LOWER|UPPER|SIMILAR)\b|::citext|@@|~\*?\s|->>?|@>", re.IGNORECASE)
COPIES = """
    INSERT INTO enquiries_enquiry SELECT copy.* FROM enquiries_enquiry original, generate_series(1, %s) AS n,
    LATERAL jsonb_populate_record(original, jsonb_build_object(
        'id', gen_random_uuid(), 'reference', 'R' || n, 'next_due_at', hub_now() + n * interval '1 minute',
        'created_at', hub_now() - n * interval '1 minute', 'state', CASE n %% 8 WHEN 0 THEN 'new' ELSE 'withdrawn' END,
        'closed_at', CASE n %% 8 WHEN 0 THEN NULL ELSE hub_now() END)) AS copy
"""
KEYS = """
    INSERT INTO enquiries_searchkey (id, council_id, enquiry_id, kind, key)
    SELECT gen_random_uuid(), council_id, id, kind.name, md5(id::text || kind.name)
    FROM enquiries_enquiry, (VALUES ('name'), ('phone')) AS kind(name)
    WHERE reference LIKE 'R%%'
"""
LISTS: list[dict[str, str]] = [
    {},
    {"state": "closed"},
    {"state": State.NEW.value},
    {"kind": "new"},
    *({"due": due} for due in DueFilter.values),
    *({"owner": owner} for owner in OwnerFilter.values),
    *({"special": special} for special in SpecialFilter.values),
]
SEARCHES = ["zeb", "zebedee quill", "zebedee@exam", "07700 900", "SO23 8", "KEN-4PX9M2"]


@pytest.fixture
def many(kent: Council, hampshire: Council, cast: Cast) -> Iterator[None]:
    """Rolled back here: the end of the test would check each row's foreign keys, by plans made for empty tables."""
    with transaction.atomic():
        fill(kent, hampshire)
        yield
        transaction.set_rollback(True)


def fill(*councils: Council) -> None:
    for council in councils:
        actions.submit(an_enquiry(council), token=f"token of {council.slug}", channel=Channel.WEB)
        with as_council(council), connection.cursor() as cursor:
            cursor.execute(COPIES, [ROWS // 2])
            cursor.execute(KEYS)


def an_enquiry(council: Council) -> Answers:
    return Answers(
        hub_id=council.hub_id,
        council_id=council.pk,
        route=RouteSnapshot(),
        route_choice=RouteChoice.NO_POSTCODE,
        name="Zebedee Quill",
        email="zebedee@example.org",
        phone="+447700900431",
        way=Way.EMAIL,
        notice_version="2026-11",
    )


def statements(ask: Callable[[], object]) -> list[str]:
    """What a page asked of the councils' tables."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    asked = [query["sql"] for query in captured.captured_queries if query["sql"].startswith("SELECT")]
    return [sql for sql in asked if any(f'"{table}"' in sql for table in council_owned_tables())]


def scans(plan: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Tables read, each with the condition that its index answers; the empty string where it is read whole."""
    for part in plan.get("Plans", []):
        yield from scans(part)
    if plan.get("Relation Name") in WATCHED:
        yield plan["Relation Name"], plan.get("Index Cond") or plan.get("Recheck Cond") or ""


def explained(sql: str, councils: list[Council]) -> list[tuple[str, str]]:
    with across(councils, reason="explain"), connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql.replace("%", "%%"), [])
        ((plans,),) = cursor.fetchall()
    return list(scans(plans[0]["Plan"]))


def read_whole(sql: str, councils: list[Council]) -> list[str]:
    return [table for table, condition in explained(sql, councils) if not condition]


def searched_without_the_key(sql: str, councils: list[Council]) -> list[str]:
    """Where of an index only the council is used, every key of the council is read."""
    conditions = [condition for table, condition in explained(sql, councils) if table == "enquiries_searchkey"]
    return [condition for condition in conditions if not re.search(r"key >=|enquiry_id =", condition)]


def without_values(sql: str) -> str:
    return re.sub(r"'[^']*'", "''", sql)


def test_every_list_of_an_officer_uses_an_index(
    many: None, cast: Cast, kent: Council, as_user: Callable[[User], Client]
) -> None:
    client = as_user(cast.kate)
    for wish in LISTS:
        asked = statements(partial(client.get, reverse("admin:enquiries_enquiry_changelist"), wish))
        assert asked
        assert [sql for sql in asked if LEAKY.search(without_values(sql)) or read_whole(sql, [kent])] == [], wish


def test_every_search_of_an_officer_uses_the_key(
    many: None, cast: Cast, kent: Council, as_user: Callable[[User], Client]
) -> None:
    client = as_user(cast.kate)
    for typed in SEARCHES:
        asked = statements(partial(client.post, reverse("admin:enquiries_enquiry_changelist"), {"typed": typed}))
        assert any("enquiries_searchkey" in sql for sql in asked)
        assert [sql for sql in asked if LEAKY.search(without_values(sql)) or read_whole(sql, [kent])] == [], typed
        assert [sql for sql in asked if searched_without_the_key(sql, [kent])] == [], typed


def test_a_search_over_the_whole_hub_uses_the_key(
    many: None, cast: Cast, kent: Council, hampshire: Council, as_user: Callable[[User], Client]
) -> None:
    client = as_user(cast.olu)
    asked = statements(lambda: client.post(reverse("admin:enquiries_enquiry_changelist"), {"typed": "zebedee quill"}))
    assert any("enquiries_searchkey" in sql for sql in asked)
    assert [sql for sql in asked if searched_without_the_key(sql, [kent, hampshire])] == []


def test_a_case_page_uses_indexes(many: None, cast: Cast, kent: Council, as_user: Callable[[User], Client]) -> None:
    with as_council(kent), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM enquiries_enquiry LIMIT 1")
        case = cursor.fetchone()[0]
    client = as_user(cast.kate)
    asked = statements(lambda: client.get(reverse("admin:enquiries_enquiry_change", args=[case])))
    assert [sql for sql in asked if LEAKY.search(without_values(sql)) or read_whole(sql, [kent])] == []


def test_a_leaky_search_would_be_noticed(many: None, kent: Council) -> None:
    sql = "SELECT 1 FROM enquiries_searchkey WHERE kind = 'name' AND key LIKE 'zebedee%'"
    assert searched_without_the_key(sql, [kent])
    assert LEAKY.search(without_values(sql))
    assert not searched_without_the_key(sql.replace("LIKE 'zebedee%'", ">= 'zebedee'"), [kent])


def test_a_table_read_whole_would_be_noticed(many: None, kent: Council) -> None:
    with as_council(kent), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    assert read_whole("SELECT 1 FROM enquiries_enquiry WHERE email = 'zebedee@example.org'", [kent])
