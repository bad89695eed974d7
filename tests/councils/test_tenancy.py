"""The scope: what it lets through, what it refuses, and that each of its two layers holds alone."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Count
from django.db.utils import ProgrammingError
from django.utils import timezone

from councils.models import Council, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import NoScope, OutOfScope, across, as_council, as_hub, crossing, current_scope


def a_todo(council: Council) -> ToDo:
    return ToDo(
        council=council,
        kind=ToDoKind.UNSEEN,
        subject_kind="enquiry",
        subject_id="7c6f1e1e-0000-4000-8000-000000000001",
        about_council=council,
    )


@pytest.fixture
def todos(kent: Council, hampshire: Council) -> dict[str, ToDo]:
    made = {}
    for council in (kent, hampshire):
        with as_council(council):
            made[council.slug] = a_todo(council)
            made[council.slug].save()
    return made


def rows_by_sql() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM councils_todo")
        return int(cursor.fetchone()[0])


def test_a_query_without_a_scope_is_refused(todos: dict[str, ToDo]) -> None:
    with pytest.raises(NoScope):
        ToDo.objects.count()


def test_a_query_without_a_scope_may_be_printed(db: None) -> None:
    assert "councils_todo" in str(ToDo.objects.all().query)


def test_sql_without_a_scope_sees_no_rows(todos: dict[str, ToDo]) -> None:
    with transaction.atomic():
        assert rows_by_sql() == 0


WAYS_TO_A_ROW: dict[str, Callable[[ToDo], object]] = {
    "base manager": lambda todo: ToDo._base_manager.filter(pk=todo.pk).first(),
    "subquery": lambda _: Council.objects.filter(pk__in=ToDo.objects.values("council")).first(),
    "union": lambda _: ToDo.objects.all().union(ToDo.objects.all()).first(),
    "aggregate": lambda _: ToDo.objects.aggregate(n=Count("pk")),
    "existence": lambda _: ToDo.objects.exists(),
    "refresh": lambda todo: todo.refresh_from_db(),
    "delete": lambda todo: todo.delete(),
    "save": lambda todo: todo.save(),
    "update": lambda _: ToDo.objects.update(due_at=None),
    "insert": lambda todo: ToDo.objects.bulk_create([todo]),
}


@pytest.mark.parametrize("way", WAYS_TO_A_ROW)
def test_every_way_to_a_row_needs_a_scope(todos: dict[str, ToDo], way: str) -> None:
    with pytest.raises(NoScope), transaction.atomic():
        WAYS_TO_A_ROW[way](todos["kent"])


def test_a_scope_sees_its_council_only(todos: dict[str, ToDo], kent: Council) -> None:
    with as_council(kent):
        assert list(ToDo.objects.all()) == [todos["kent"]]
        assert rows_by_sql() == 1


def test_across_sees_the_councils_named(todos: dict[str, ToDo], kent: Council, hampshire: Council) -> None:
    with across([kent, hampshire], reason="test"):
        assert ToDo.objects.count() == rows_by_sql() == 2


def test_the_manager_holds_with_row_level_security_wide_open(
    todos: dict[str, ToDo], kent: Council, hampshire: Council
) -> None:
    with as_council(kent), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.councils', %s, true)", [f"{kent.pk},{hampshire.pk}"])
        assert rows_by_sql() == 2, "the policy alone would let both through"
        assert list(ToDo.objects.all()) == [todos["kent"]]
        assert ToDo._base_manager.filter(pk=todos["hampshire"].pk).delete()[0] == 0
        assert todos["hampshire"].delete()[0] == 0
        assert ToDo.objects.filter(pk=todos["hampshire"].pk).update(due_at=timezone.now()) == 0
        with pytest.raises(ToDo.DoesNotExist):
            todos["hampshire"].refresh_from_db()
        with pytest.raises(OutOfScope), transaction.atomic():
            a_todo(hampshire).save()


def test_row_level_security_holds_with_the_manager_switched_off(todos: dict[str, ToDo], hampshire: Council) -> None:
    with as_council(hampshire), connection.cursor() as cursor:
        cursor.execute("UPDATE councils_todo SET due_at = now()")
        assert cursor.rowcount == 1
        cursor.execute("DELETE FROM councils_todo WHERE id = %s", [todos["kent"].pk])
        assert cursor.rowcount == 0


def test_row_level_security_refuses_a_row_for_another_council(
    todos: dict[str, ToDo], kent: Council, hampshire: Council
) -> None:
    added = (
        "INSERT INTO councils_todo (id, council_id, kind, subject_kind, subject_id, about_council_id)"
        " VALUES (gen_random_uuid(), %s, 'x', 'x', gen_random_uuid(), %s)"
    )
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with as_council(kent), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(added, [hampshire.pk, kent.pk])


def test_a_row_never_changes_its_council(todos: dict[str, ToDo], kent: Council, hampshire: Council) -> None:
    with across([kent, hampshire], reason="test"), pytest.raises(IntegrityError), transaction.atomic():
        ToDo.objects.filter(pk=todos["kent"].pk).update(council=hampshire)


def test_a_scope_can_only_be_narrowed(kent: Council, hampshire: Council, lafse: object) -> None:
    with across([kent, hampshire], reason="test"), as_council(kent):
        with pytest.raises(OutOfScope), as_council(hampshire):
            pass
        with pytest.raises(OutOfScope), across([kent, hampshire], reason="test"):
            pass


def test_a_lead_reads_no_councils_row(todos: dict[str, ToDo], kent: Council) -> None:
    with as_hub(kent.hub_id):
        assert ToDo.objects.count() == rows_by_sql() == 0
        with pytest.raises(OutOfScope), as_council(kent):
            pass


def test_leaving_a_scope_brings_the_outer_one_back(todos: dict[str, ToDo], kent: Council, hampshire: Council) -> None:
    with across([kent, hampshire], reason="test"):
        with as_council(kent):
            assert rows_by_sql() == 1
        assert rows_by_sql() == ToDo.objects.count() == 2
        with pytest.raises(RuntimeError, match="stop"), as_council(kent):
            raise RuntimeError("stop")
        assert rows_by_sql() == ToDo.objects.count() == 2
    assert current_scope() is None
    assert rows_by_sql() == 0


def test_an_unreviewed_crossing_is_refused(kent: Council) -> None:
    with pytest.raises(KeyError):
        crossing("because_i_say_so", to=[kent])


def test_a_crossing_adds_the_councils_named_and_no_others(
    todos: dict[str, ToDo], kent: Council, hampshire: Council
) -> None:
    with as_council(kent):
        with crossing("enter_for_another_council", to=[hampshire]) as scope:
            assert scope.councils == {kent.pk, hampshire.pk}
            assert ToDo.objects.count() == 2
        assert ToDo.objects.count() == 1
