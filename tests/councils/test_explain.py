"""Under row-level security an index serves a query only where the operator is leakproof. Read from EXPLAIN."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ambassadors.matched.rounds import due_groups
from councils.models import Assignment, Council, User
from councils.roles import Role
from councils.tenancy import across, as_council, council_owned_tables
from enquiries import actions
from enquiries.actions.incoming import receive
from enquiries.answers import Answers, RouteSnapshot
from enquiries.board import DueFilter, OwnerFilter, SpecialFilter
from enquiries.models import Enquiry, Submission
from enquiries.states import Channel, RouteChoice, State, Way
from outbox.incoming import parse
from tests import databases, factories
from tests.factories import user

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

ROWS = 20_000
WATCHED = {"enquiries_enquiry", "enquiries_searchkey", "outbox_message", "councils_event", "councils_todo"}
LEAKY = re.compile(r"\b(I?LIKE|LOWER|UPPER|SIMILAR)\b|::citext|@@|~\*?\s|->>?|@>", re.IGNORECASE)
COPIES = """
    INSERT INTO enquiries_enquiry SELECT copy.* FROM enquiries_enquiry original, generate_series(1, %s) AS n,
    LATERAL jsonb_populate_record(original, jsonb_build_object(
        'id', gen_random_uuid(), 'reference', 'R' || n, 'next_due_at', hub_now() + n * interval '1 minute',
        'created_at', hub_now() - n * interval '1 minute', 'state', CASE n %% 32 WHEN 0 THEN 'new' ELSE 'withdrawn' END,
        'closed_at', CASE n %% 32 WHEN 0 THEN NULL ELSE hub_now() END)) AS copy
"""
KEYS = """
    INSERT INTO enquiries_searchkey (id, council_id, enquiry_id, kind, key)
    SELECT gen_random_uuid(), council_id, id, kind.name, md5(id::text || kind.name)
    FROM enquiries_enquiry, (VALUES ('name'), ('phone')) AS kind(name)
    WHERE reference LIKE 'R%%'
"""
TODOS = """
    INSERT INTO councils_todo (id, council_id, about_council_id, kind, subject_kind, subject_id, done_at)
    SELECT gen_random_uuid(), council_id, council_id, kind.name, 'enquiry', id,
        CASE hashtext(id::text) %% 400 WHEN 0 THEN NULL ELSE hub_now() END
    FROM enquiries_enquiry, (VALUES ('replied'), ('wake_up')) AS kind(name)
    WHERE reference LIKE 'R%%'
"""
EVENTS = """
    INSERT INTO councils_event (id, council_id, at, verb, subject_kind, subject_id, rule_version, facts)
    SELECT gen_random_uuid(), council_id, created_at, 'enquiry.noted', 'enquiry', id, '', '{}'
    FROM enquiries_enquiry WHERE reference LIKE 'R%%'
"""
MESSAGES = """
    INSERT INTO outbox_message SELECT copy.* FROM outbox_message original, generate_series(1, %s) AS n,
    LATERAL jsonb_populate_record(original, jsonb_build_object(
        'id', gen_random_uuid(), 'dedupe_key', 'copy ' || n, 'created_at', hub_now() - n * interval '1 minute',
        'subject_id', gen_random_uuid())) AS copy
    WHERE original.kind = 'confirmation'
"""
LISTS: list[dict[str, str]] = [
    {},
    {"state": "closed"},
    {"state": State.NEW.value},
    {"state": "all"},
    {"kind": "new"},
    *({"due": due} for due in DueFilter.values),
    *({"owner": owner} for owner in OwnerFilter.values),
    *({"special": special} for special in SpecialFilter.values),
]
SEARCHES = ["zeb", "zebedee quill", "zebedee@exam", "07700 900", "SO23 8", "KEN-4PX9M2"]


@dataclass(frozen=True)
class Site:
    kent: Council
    hampshire: Council
    kate: Client
    olu: Client
    mina: Client


@pytest.fixture(scope="module")
def many(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[Site]:
    """Committed, because PostgreSQL must count the rows before it plans as it would in a year."""
    name = str(settings.DATABASES["default"]["NAME"])
    with django_db_blocker.unblock():
        kent, hampshire, office = (Council.objects.get(slug=slug) for slug in ("kent", "hampshire", "lafse-office"))
        kate, olu = user("Kate", kent, Role.OFFICER), user("Olu", office, Role.HUB_OFFICER)
        mina = user("Mina", kent, Role.MANAGER)
        for council in (kent, hampshire):
            fill(council)
        databases.as_owner(name, "ANALYZE")
        yield Site(kent, hampshire, client_of(kate), client_of(olu), client_of(mina))
        connection.close()
        databases.empty(name)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def fill(council: Council) -> None:
    actions.submit(an_enquiry(council), token=f"token of {council.slug}", channel=Channel.WEB)
    with as_council(council), connection.cursor() as cursor:
        cursor.execute(COPIES, [ROWS // 2])
        cursor.execute(KEYS)
        cursor.execute(TODOS, [])
        cursor.execute(EVENTS, [])
        cursor.execute(MESSAGES, [ROWS // 2])
        # At the commit the foreign keys of each row are checked: by plans that other tests had made for empty tables,
        # this took minutes.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("DISCARD PLANS")


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
    return [condition for condition in conditions if not re.search(r"key\W+(::text )?>=|enquiry_id =", condition)]


def without_values(sql: str) -> str:
    return re.sub(r"'[^']*'", "''", sql)


def asked_of(client: Client, *, by: str = "", wish: dict[str, str] | None = None) -> list[str]:
    board = reverse("admin:enquiries_enquiry_changelist")
    asked = statements(lambda: client.post(board, {"typed": by}) if by else client.get(board, wish))
    assert asked
    return asked


@pytest.mark.parametrize("wish", LISTS, ids=str)
def test_every_list_of_an_officer_uses_an_index(many: Site, wish: dict[str, str]) -> None:
    asked = asked_of(many.kate, wish=wish)
    assert [sql for sql in asked if LEAKY.search(without_values(sql)) or read_whole(sql, [many.kent])] == []


@pytest.mark.parametrize("wish", LISTS, ids=str)
def test_every_list_of_a_hub_officer_uses_an_index(many: Site, wish: dict[str, str]) -> None:
    """Only of a thousand closed cases of any council each row will do, so that counting reads them as they lie."""
    asked = [sql for sql in asked_of(many.olu, wish=wish) if "state" not in wish or not sql.startswith("SELECT COUNT")]
    assert [sql for sql in asked if LEAKY.search(without_values(sql)) or read_whole(sql, everywhere(many))] == []


@pytest.mark.parametrize("wish", LISTS, ids=str)
def test_the_second_page_uses_the_index_of_the_first(many: Site, wish: dict[str, str]) -> None:
    page = many.kate.get(reverse("admin:enquiries_enquiry_changelist"), wish).context["page"]
    asked = asked_of(many.kate, wish=wish | {"after": page.after})
    assert [sql for sql in asked if LEAKY.search(without_values(sql)) or read_whole(sql, [many.kent])] == []


def test_the_counts_of_the_first_page_use_indexes(many: Site) -> None:
    for client, councils in ((many.kate, [many.kent]), (many.olu, everywhere(many))):
        asked = statements(lambda client=client: client.get(reverse("admin:index")))  # type: ignore[misc]  # mypy cannot infer a lambda's default
        assert any("COUNT" in sql for sql in asked)
        assert [sql for sql in asked if LEAKY.search(without_values(sql)) or read_whole(sql, councils)] == []


def everywhere(many: Site) -> list[Council]:
    return list(Council.objects.filter(hub=many.kent.hub_id))


@pytest.mark.parametrize("typed", SEARCHES)
def test_every_search_uses_the_key(many: Site, typed: str) -> None:
    for client, councils in ((many.kate, [many.kent]), (many.olu, [many.kent, many.hampshire])):
        asked = asked_of(client, by=typed)
        assert any("enquiries_searchkey" in sql for sql in asked)
        assert [sql for sql in asked if LEAKY.search(without_values(sql)) or read_whole(sql, councils)] == []
        assert [sql for sql in asked if searched_without_the_key(sql, councils)] == []


def test_a_case_page_uses_indexes(many: Site) -> None:
    with as_council(many.kent):
        case = Submission.objects.filter(council=many.kent).values_list("enquiry", flat=True)[0]  # copies have none
    asked = statements(lambda: many.kate.get(reverse("admin:enquiries_enquiry_change", args=[case])))
    assert [sql for sql in asked if LEAKY.search(without_values(sql)) or read_whole(sql, [many.kent])] == []


@pytest.mark.parametrize("wish", [{}, {"show": "needs_a_look"}, {"state": "dead", "kind": "tried"}], ids=str)
def test_every_list_of_messages_uses_an_index(many: Site, wish: dict[str, str]) -> None:
    asked = statements(lambda: many.mina.get(reverse("admin:outbox_message_changelist"), wish))
    assert any("outbox_message" in sql for sql in asked)
    assert [sql for sql in asked if LEAKY.search(without_values(sql)) or read_whole(sql, [many.kent])] == []


def test_mail_that_comes_in_is_matched_by_the_key(many: Site) -> None:
    letter = parse(b"From: zebedee@example.org\r\nMessage-ID: <1@example.org>\r\n\r\nHello")
    asked = statements(lambda: receive(letter, to="kent@localhost"))
    assert any("enquiries_searchkey" in sql for sql in asked)
    assert [sql for sql in asked if LEAKY.search(without_values(sql)) or read_whole(sql, [many.kent])] == []


def test_a_leaky_search_would_be_noticed(many: Site) -> None:
    sql = "SELECT 1 FROM enquiries_searchkey WHERE kind = 'name' AND key LIKE 'zebedee%'"
    assert searched_without_the_key(sql, [many.kent])
    assert LEAKY.search(without_values(sql))
    assert not searched_without_the_key(sql.replace("LIKE 'zebedee%'", ">= 'zebedee'"), [many.kent])


def test_a_table_read_whole_would_be_noticed(many: Site) -> None:
    assert read_whole(
        "SELECT 1 FROM enquiries_enquiry WHERE email = 'zebedee@example.org'", [many.kent, many.hampshire]
    )


def test_what_is_due_each_minute_is_found_by_an_index(many: Site) -> None:
    asked = statements(actions.run_due)
    assert any("next_follow_up_at" in sql for sql in asked)
    councils = [many.kent, many.hampshire]
    assert [sql for sql in asked if LEAKY.search(without_values(sql)) or read_whole(sql, councils)] == []


def test_who_gets_a_new_case_is_found_by_an_index(many: Site) -> None:
    """By load: it is asked while somebody waits for the answer to their form."""
    Council.objects.filter(pk=many.kent.pk).update(assignment=Assignment.BY_LOAD)
    try:
        asked = statements(lambda: factories.enquiry(many.kent))
    finally:
        Council.objects.filter(pk=many.kent.pk).update(assignment=Assignment.NOBODY)  # councils outlive a test
    assert any('"owner_id" IN' in sql for sql in asked)
    assert [sql for sql in asked if LEAKY.search(without_values(sql)) or read_whole(sql, [many.kent])] == []


def test_who_waits_for_a_conversation_is_found_by_an_index(many: Site) -> None:
    """The list, and what is asked each minute of all councils at once."""
    with as_council(many.kent):
        factories.wish(Enquiry.objects.get(council=many.kent, name="Zebedee Quill", reference__startswith="KEN"))
    page = statements(lambda: many.mina.get(reverse("admin:ambassadors_introduction_changelist")))
    due = statements(due_groups)
    for asked, councils in ((page, [many.kent]), (due, [many.kent, many.hampshire])):
        assert any('"enquiries_wish"' in sql for sql in asked)
        assert [sql for sql in asked if LEAKY.search(without_values(sql)) or read_whole(sql, councils)] == []
