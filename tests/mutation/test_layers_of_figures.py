"""Figures are read by a hub or by the council that they count, and each of the two layers says so alone."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from councils.models import Council, CouncilKind, Hub
from councils.tenancy import NoScope, OutOfScope, as_council, as_hub
from dashboards.models import Annotation, Cell
from tests.conftest import Cast


def a_cell(council: Council) -> Cell:
    return Cell(hub=council.hub, council=council, grain="m", on=date(2026, 11, 1), figure="enquiries", n=3)


@pytest.fixture
def elsewhere(db: None) -> Council:
    """Of another hub."""
    hub = Hub.objects.create(slug="beyond", name="Beyond", short_name="Beyond")
    return Council.objects.create(
        pk=1_800_000_001, hub=hub, kind=CouncilKind.COUNCIL, slug="beyond-one", code="BEO", name="Beyond One"
    )


@pytest.fixture
def cells(kent: Council, hampshire: Council, elsewhere: Council) -> dict[str, Cell]:
    made = {}
    for council in (kent, hampshire, elsewhere):
        with as_council(council):
            made[council.slug] = a_cell(council)
            made[council.slug].save()
    return made


@pytest.fixture
def annotated(kent: Council, elsewhere: Council, cast: Cast) -> dict[int, Annotation]:
    made = {}
    for hub in (kent.hub_id, elsewhere.hub_id):
        with as_hub(hub):
            made[hub] = Annotation.objects.create(hub_id=hub, on=date(2026, 11, 2), words="TV", by=cast.rhea)
    return made


def asked(statement: str) -> int:
    """By a statement of our own, so that no manager helps: how many rows it found or changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


def test_counts_are_not_read_without_a_scope(cells: dict[str, Cell], annotated: dict[int, Annotation]) -> None:
    for model in (Cell, Annotation):
        with pytest.raises(NoScope):
            model.objects.count()
        assert asked(f"SELECT 1 FROM {model._meta.db_table}") == 0


def test_row_level_security_alone_shows_a_hub_its_own_counts_and_lets_it_change_none(
    cells: dict[str, Cell], kent: Council
) -> None:
    with as_hub(kent.hub_id):
        assert asked("SELECT 1 FROM dashboards_cell") == 2
        assert asked("DELETE FROM dashboards_cell") == 0
        assert asked("UPDATE dashboards_cell SET n = 9") == 0


def test_row_level_security_alone_shows_a_council_its_own_counts(cells: dict[str, Cell], kent: Council) -> None:
    with as_council(kent):
        assert asked("SELECT 1 FROM dashboards_cell") == 1
        assert asked("UPDATE dashboards_cell SET n = 4") == 1
        assert asked("DELETE FROM dashboards_cell") == 1


def test_row_level_security_alone_refuses_a_count_of_another_council(kent: Council, hampshire: Council) -> None:
    added = (
        'INSERT INTO dashboards_cell (hub_id, council_id, grain, "on", figure, split, value, n)'
        f" VALUES ({kent.hub_id}, {hampshire.pk}, 'm', '2026-11-01', 'enquiries', '', '', 1)"
    )
    for scope in (as_council(kent), as_hub(kent.hub_id)):
        with scope, pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            asked(added)


def test_the_manager_alone_shows_a_hub_its_own_counts_and_lets_it_change_none(
    cells: dict[str, Cell], kent: Council, hampshire: Council, elsewhere: Council
) -> None:
    every = f"{kent.pk},{hampshire.pk},{elsewhere.pk}"
    with as_hub(kent.hub_id), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.councils', %s, true)", [every])
        assert asked("SELECT 1 FROM dashboards_cell") == 3, "the policy alone would let all through"
        assert set(Cell.objects.all()) == {cells["kent"], cells["hampshire"]}
        assert Cell.objects.update(n=9) == 0
        assert cells["kent"].delete()[0] == 0
        with pytest.raises(OutOfScope), transaction.atomic():
            a_cell(kent).save()
        with pytest.raises(Cell.DoesNotExist):
            cells["beyond-one"].refresh_from_db()


def test_the_manager_alone_shows_a_council_its_own_counts(
    cells: dict[str, Cell], kent: Council, hampshire: Council
) -> None:
    with as_council(kent), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.councils', %s, true)", [f"{kent.pk},{hampshire.pk}"])
        assert list(Cell.objects.all()) == [cells["kent"]]
        assert Cell.objects.update(n=9) == 1
        assert cells["hampshire"].delete()[0] == 0
        with pytest.raises(OutOfScope), transaction.atomic():
            a_cell(hampshire).save()


def test_row_level_security_alone_keeps_what_a_hub_shows_to_itself(
    annotated: dict[int, Annotation], kent: Council, elsewhere: Council, cast: Cast
) -> None:
    table = Annotation._meta.db_table
    added = (
        f'INSERT INTO {table} (hub_id, "on", words, by_id, at)'
        f" VALUES ({elsewhere.hub_id}, '2026-11-02', 'x', {cast.rhea.pk}, now())"
    )
    with as_hub(kent.hub_id):
        assert asked(f"SELECT 1 FROM {table}") == asked(f"UPDATE {table} SET words = 'x'") == 1
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            asked(added)
        assert asked(f"DELETE FROM {table}") == 1
    with as_council(kent):
        assert asked(f"SELECT 1 FROM {table}") == 0


def test_the_manager_alone_keeps_what_a_hub_shows_to_itself(
    annotated: dict[int, Annotation], kent: Council, elsewhere: Council, cast: Cast
) -> None:
    with as_hub(kent.hub_id), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.hub', %s, true)", [str(elsewhere.hub_id)])
        assert asked("SELECT 1 FROM dashboards_annotation") == 1, "the policy alone shows the other hub's"
        theirs = annotated[elsewhere.hub_id]
        assert not Annotation.objects.filter(pk=theirs.pk).exists()
        assert theirs.delete()[0] == Annotation.objects.filter(pk=theirs.pk).update(words="x") == 0
        with pytest.raises(OutOfScope), transaction.atomic():
            Annotation.objects.create(hub_id=elsewhere.hub_id, on=date(2026, 11, 2), words="x", by=cast.rhea)
