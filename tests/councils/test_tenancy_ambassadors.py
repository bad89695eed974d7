"""The scope of an ambassador: their own rows of a few tables, to read, by each of its two layers alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import ProgrammingError

from ambassadors.models import Ambassador, Concern, Introduction, Mentorship, Offer, Offering, Talk
from ambassadors.states import Attribute, TalkBy
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import CouncilOwned, NoScope, OutOfScope, Tenancy, across, as_ambassador, as_council
from councils.tenancy.lists import models_on
from enquiries.models import Enquiry, Wish
from tests import factories

Model = type[CouncilOwned]
OWN_COLUMN: dict[Model, str] = {Ambassador: "id", Offering: "ambassador_id", Offer: "ambassador_id"} | {
    Mentorship: "ambassador_id",
    Talk: "ambassador_id",
}
OTHERS: list[Model] = [
    model for model in models_on(Tenancy.COUNCIL) if issubclass(model, CouncilOwned) and model not in OWN_COLUMN
]


@dataclass(frozen=True)
class Three:
    """Anna and Bea of Kent, Hanna of Hampshire: each is in touch with somebody, mentors them and has logged it."""

    anna: Ambassador
    bea: Ambassador
    hanna: Ambassador


@pytest.fixture
def three(kent: Council, hampshire: Council) -> Three:
    people = (("Anna", kent), ("Bea", kent), ("Hanna", hampshire))
    return Three(*(_with_rows(factories.ambassador(council, first_name=name)) for name, council in people))


def _with_rows(ambassador: Ambassador) -> Ambassador:
    council, now = ambassador.council, hub_now()
    case = factories.enquiry(council)
    factories.introduction(case, ambassador)
    factories.wish(case)
    with as_council(council):
        by = factories.coordinator(council)
        both = {"council": council, "ambassador": ambassador}
        Offering.objects.create(**both, attribute=Attribute.WORKING, version="2026-11")
        Mentorship.objects.create(**both, enquiry=case, begins_on=now.date(), by=by)
        Talk.objects.create(**both, on=now.date() - timedelta(days=1), way=TalkBy.PHONE, minutes=30)
    return ambassador


@pytest.fixture
def as_anna(three: Three) -> Iterator[Three]:
    with as_ambassador(three.anna.pk):
        yield three


def owners_by_sql(model: Model) -> list[object]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {OWN_COLUMN[model]} FROM {model._meta.db_table}")  # noqa: S608  # names of ours
        return [row[0] for row in cursor.fetchall()]


def by_sql(statement: str, model: Model) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(model._meta.db_table))
        return int(cursor.rowcount)


def test_the_tables_of_an_ambassador_are_these() -> None:
    theirs = {model for model in models_on(Tenancy.COUNCIL) if getattr(model, "ambassador_column", "")}
    assert theirs == OWN_COLUMN.keys()


def test_an_ambassador_reads_their_own_rows(as_anna: Three) -> None:
    for model in OWN_COLUMN:
        assert list(model.objects.values_list(OWN_COLUMN[model], flat=True)) == [as_anna.anna.pk]
        assert list(model._base_manager.values_list(OWN_COLUMN[model], flat=True)) == [as_anna.anna.pk]


def test_the_manager_holds_with_row_level_security_wide_open(as_anna: Three, kent: Council, hampshire: Council) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.councils', %s, true)", [f"{kent.pk},{hampshire.pk}"])
    for model in OWN_COLUMN:
        assert len(owners_by_sql(model)) == 3, "the policy alone would let all through"
        assert list(model.objects.values_list(OWN_COLUMN[model], flat=True)) == [as_anna.anna.pk]


def test_row_level_security_holds_with_the_manager_passed_by(as_anna: Three) -> None:
    for model in OWN_COLUMN:
        assert owners_by_sql(model) == [as_anna.anna.pk]


def test_no_other_table_is_theirs_to_read(as_anna: Three) -> None:
    for model in OTHERS:
        with pytest.raises(NoScope, match=f"{model._meta.db_table}: not an ambassador's to read"):
            model.objects.first()
        assert by_sql("SELECT 1 FROM {}", model) == 0
    assert {Enquiry, Wish, Concern, Introduction} <= set(OTHERS)


def test_what_they_may_read_leads_to_nothing_that_they_may_not(as_anna: Three) -> None:
    for rows in (
        Mentorship.objects.select_related("enquiry"),
        Offer.objects.filter(ambassador__kept_apart__isnull=True),
        Offer.objects.filter(pair_id__in=Introduction.objects.values("pair_id")),
    ):
        with pytest.raises(NoScope):
            rows.first()
    with pytest.raises(NoScope):
        _ = Mentorship.objects.get().enquiry


def test_an_ambassadors_scope_writes_nothing(as_anna: Three) -> None:
    for model in OWN_COLUMN:
        row = model.objects.get()
        assert model.objects.filter(pk=row.pk).update(id=row.pk) == 0
        assert model.objects.filter(pk=row.pk).delete()[0] == 0
        for write in (row.save, partial(row.save, force_insert=True), partial(model.objects.bulk_create, [row])):
            with pytest.raises((OutOfScope, DatabaseError)), transaction.atomic():
                write()
        assert model.objects.filter(pk=row.pk).exists()


def test_row_level_security_alone_lets_an_ambassador_write_nothing(as_anna: Three) -> None:
    for model in OWN_COLUMN:
        assert by_sql("UPDATE {} SET id = id", model) == 0
        assert by_sql("DELETE FROM {}", model) == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            by_sql("INSERT INTO {0} SELECT * FROM {0}", model)


def test_an_ambassadors_scope_leads_into_no_council(as_anna: Three, kent: Council) -> None:
    for wider in (as_council(kent), across([kent], reason="test"), as_ambassador(as_anna.bea.pk)):
        with pytest.raises(OutOfScope), wider:
            pass
