"""Nothing is held on anybody without a word about it; and what the eraser may do is what the models say."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import isolate_apps

from councils.holdings import Personal, Whose, emptied, held_by_case, nothing_personal, personal_of, removed
from councils.holdings_checks import every_personal_field_is_told_of, faults_of
from councils.retention_names import Kept
from councils.tenancy.lists import Tenancy


def test_every_model_has_said_what_it_holds() -> None:
    assert every_personal_field_is_told_of(None) == []
    assert sum(1 for _ in held_by_case()) > 10


@isolate_apps("councils")
def broken(personal: Personal | None) -> list[str]:
    class Diary(models.Model):
        tenancy = Tenancy.COUNCIL
        text = models.TextField()
        born = models.DateField()
        state = models.CharField(max_length=4, choices=[("new", "New")])
        at = models.DateTimeField()

        class Meta:
            app_label = "councils"

        def __str__(self) -> str:
            return "diary"

    if personal:
        Diary.personal = personal  # type: ignore[attr-defined]  # a model of this test
    return sorted(str(fault.id).removeprefix("holdings.") for fault in faults_of(Diary))


@pytest.mark.parametrize(
    ("personal", "faults"),
    [
        (None, ["E001"]),
        (removed("text", "born"), []),
        (removed("text", stays=("born",)), []),
        (removed("text"), ["E002"]),
        (nothing_personal("text"), ["E002"]),
        (emptied({"text": "", "born": None, "colour": ""}), ["E003"]),
        (removed("text", "born", stays=("text",)), ["E003"]),
        (Personal(Whose.ENQUIRER, Kept.FOREVER, {"text": ""}, ("born",)), ["E004"]),
        (removed("text", "born", by=()), ["E005"]),
    ],
)
def test_a_field_that_nobody_spoke_of_is_found(personal: Personal | None, faults: list[str]) -> None:
    assert broken(personal) == faults


def granted(table: str) -> Iterator[tuple[str, str]]:
    """Privilege and column; an empty column is the whole table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p, '' FROM unnest(ARRAY['INSERT', 'DELETE', 'UPDATE']) p"
            " WHERE has_table_privilege('lafse_eraser', %(t)s, p) UNION ALL"
            " SELECT 'UPDATE', attname FROM pg_attribute WHERE attrelid = %(t)s::regclass AND attnum > 0"
            " AND NOT attisdropped AND has_column_privilege('lafse_eraser', %(t)s, attname, 'UPDATE')",
            {"t": table},
        )
        yield from cursor.fetchall()


@pytest.mark.django_db
def test_the_eraser_may_empty_what_is_personal_and_remove_what_goes() -> None:
    for model, told in held_by_case():
        may = set(granted(model._meta.db_table))
        if told.removed:
            assert may == {("DELETE", "")}, model
        else:
            columns = {model._meta.get_field(name).column for name in told.fields}  # type: ignore[union-attr]  # a column
            assert {("UPDATE", column) for column in columns} <= may, model
            assert not {("DELETE", ""), ("INSERT", ""), ("UPDATE", "")} & may, model


@pytest.mark.django_db
def test_the_eraser_touches_no_other_table() -> None:
    held = {model._meta.db_table for model, _ in held_by_case()}
    others = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} - held
    told = {table: {privilege for privilege, _ in granted(table)} for table in others}
    assert {table: may for table, may in told.items() if may} == {
        **{f"ambassadors_{table}": {"UPDATE"} for table in ("ambassador", "mentorship", "offer", "talk")},
        **{f"ambassadors_{table}": {"DELETE"} for table in ("concern", "keptapart", "loginaddress", "offering")},
        "campaigns_booking": {"UPDATE"},
        "campaigns_recipient": {"DELETE"},
        "councils_event": {"INSERT"},
        "councils_erasure": {"INSERT"},
        "councils_erasurerequest": {"UPDATE", "DELETE"},
        "councils_householdkey": {"DELETE"},
        "councils_todo": {"UPDATE"},
        "dashboards_tofold": {"INSERT"},
    }


def test_third_parties_models_are_told_of_too() -> None:
    sessions = apps.get_model("sessions", "Session")
    told = personal_of(sessions)
    assert told
    assert "session_data" in told.fields
