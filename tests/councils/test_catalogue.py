"""The migrated database is what the tenancy needs it to be; and each question about it can be answered with no."""

from collections.abc import Iterator

import psycopg2
import pytest
from django.apps import apps
from django.conf import settings
from psycopg2.extensions import cursor as Cursor

from councils.tenancy import council_owned_tables
from tests.councils.catalogue import RULES as OF_COUNCILS
from tests.councils.catalogue import faults, prepare, references, references_without_a_key
from tests.councils.catalogue_figures import FIGURES

RULES = OF_COUNCILS | FIGURES
ROOMS = [{"councils"}, {"outbox"}, {"staff"}, {"enquiries"}, {"ambassadors", "campaigns"}, {"dashboards"}, {"lafse"}]
LEVEL = {app: level for level, apps_there in enumerate(ROOMS) for app in apps_there}


@pytest.fixture
def owner(django_db_setup: None) -> Iterator[Cursor]:
    """The owner in a transaction that is rolled back. Without `db`: a change of tables waits for whoever reads them."""
    to = settings.DATABASES["owner"] | {"NAME": settings.DATABASES["default"]["NAME"]}
    connection = psycopg2.connect(
        host=to["HOST"], port=to["PORT"] or 5432, user=to["USER"], password=to["PASSWORD"], dbname=to["NAME"]
    )
    try:
        with connection.cursor() as cursor:
            prepare(cursor)
            yield cursor
    finally:
        connection.rollback()
        connection.close()


@pytest.mark.parametrize("name", RULES)
def test_the_catalogue_keeps_the_rule(owner: Cursor, name: str) -> None:
    assert faults(owner, RULES[name]) == set()


@pytest.mark.parametrize(
    ("name", "breaker"), [(name, breaker) for name, rule in RULES.items() for breaker in rule.breakers]
)
def test_the_rule_is_seen_to_be_broken(owner: Cursor, name: str, breaker: str) -> None:
    before = faults(owner, RULES[name])
    owner.execute(breaker)
    assert faults(owner, RULES[name]) > before


def test_there_are_council_owned_tables() -> None:
    assert {"councils_event", "councils_todo", "enquiries_enquiry"} <= council_owned_tables()


def test_every_reference_to_a_councils_row_is_guarded_by_the_database(owner: Cursor) -> None:
    assert references_without_a_key(owner) == []


def test_a_reference_that_lost_its_key_is_noticed(owner: Cursor) -> None:
    owner.execute("ALTER TABLE councils_eventdetail DROP CONSTRAINT councils_eventdetail_event_id_council_fk")
    assert references_without_a_key(owner) == ["councils_eventdetail.event_id"]
    assert "councils_eventdetail.event_id" in references()


def test_models_point_into_lower_rooms_only() -> None:
    upward = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if model._meta.app_label in LEVEL and field.is_relation and not field.auto_created
        if field.related_model and not isinstance(field.related_model, str)
        if _points_up(model._meta.app_label, field.related_model._meta.app_label)
    ]
    assert upward == []


def test_rooms_side_by_side_do_not_point_at_each_other() -> None:
    assert _points_up("ambassadors", "campaigns")
    assert _points_up("councils", "enquiries")
    assert not _points_up("enquiries", "councils")
    assert not _points_up("enquiries", "enquiries")


def _points_up(from_app: str, to_app: str) -> bool:
    return to_app != from_app and LEVEL.get(to_app, -1) >= LEVEL[from_app]
