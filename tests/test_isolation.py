"""Every address, asked as everybody; with both layers of the tenancy, with each alone, and with none."""

from collections.abc import Container, Iterator
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg2
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import override_settings

from councils.models import Hub
from councils.tenancy import council_owned_tables
from lafse.isolation import Part, check, faults_of
from lafse.isolation.actors import ACTORS
from lafse.isolation.asking import METHODS
from lafse.isolation.expected import EXPECTED, case
from lafse.isolation.expected_ambassadors import own
from lafse.isolation.expected_campaigns import CAMPAIGNS

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

# They ask for no role, so whoever sees the case may post.
CARELESS = dict.fromkeys(("careless", "reckless", "curious", "meddling"), replace(case(200, 200), needs=None)) | {
    "forgetful": own(200, 200)
}
# Who sees a council's rows, each by another way, or their own alone. Who sees none, or as one of these does (an officer
# sees less than a manager), is asked with both layers.
SEEING = ("manager", "hub officer", "operator", "ambassador")
# HEAD runs what GET runs, and other methods are refused before anybody is asked who they are: three ask them.
ASKING_ALL = ("anonymous", "officer", "hub officer")
OF_COUNCILS = {"careless", "forgetful"} | {
    name for name, expected in EXPECTED.items() if expected.about or expected.to_ambassadors
}
# Of the pages on campaigns an officer sees those on events alone.
ALONE = [*((actor, OF_COUNCILS) for actor in SEEING), ("officer", OF_COUNCILS & CAMPAIGNS.keys())]
alone = pytest.mark.parametrize(("actor", "names"), ALONE, ids=[actor for actor, _ in ALONE])


@pytest.fixture
def database(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """Without a transaction around the test: the check has its own, and a change of tables would wait for ours."""
    with django_db_blocker.unblock():
        yield
        connections["default"].close()


@pytest.fixture
def no_policies(database: None) -> Iterator[None]:
    switch_policies("DISABLE")
    yield
    connections["default"].close()
    switch_policies("ENABLE")


def switch_policies(to: str) -> None:
    owner = settings.DATABASES["owner"] | {"NAME": settings.DATABASES["default"]["NAME"]}
    address = {"host": owner["HOST"], "port": owner["PORT"] or 5432, "dbname": owner["NAME"]}
    with closing(psycopg2.connect(**address, user=owner["USER"], password=owner["PASSWORD"])) as connection:
        for table in council_owned_tables():
            connection.cursor().execute(f"ALTER TABLE {table} {to} ROW LEVEL SECURITY")
        connection.commit()


@pytest.fixture
def no_filters(database: None) -> Iterator[None]:
    switch_engine("tests.unfiltered")
    yield
    switch_engine("councils.database")


def switch_engine(to: str) -> None:
    connections["default"].close()
    connections.settings["default"]["ENGINE"] = to
    del connections["default"]


def one_layer_alone(actor: str, names: Container[str]) -> list[str]:
    """The own and the other columns: whether a page comes up at all for its method was asked with both layers."""
    with override_settings(ROOT_URLCONF="tests.careless"):
        return faults_of(check(EXPECTED | CARELESS, Part(names, {actor}, ("GET", "POST"))).cells)


@pytest.mark.parametrize("actor", ACTORS)
def test_nobody_reaches_into_another_council(database: None, actor: str) -> None:
    methods = METHODS if actor in ASKING_ALL else ("GET", "POST")
    report = check(part=Part(actors={actor}, methods=methods))
    assert faults_of(report.cells) == []
    assert {cell.actor for cell in report.cells} == {actor}
    assert len(report.cells) == len({(cell.address, cell.method) for cell in report.cells}) > 150 * len(methods)
    assert not Hub.objects.filter(slug__startswith="isolation").exists(), "nothing of the check stays behind"


def test_every_address_is_in_the_reviewed_table(database: None) -> None:
    assert check(part=Part(())).faults == []


def test_everybody_is_asked(database: None) -> None:
    report = check(part=Part(addresses={"pages:home"}, methods=("GET",)))
    assert sorted(cell.actor for cell in report.cells) == sorted(ACTORS)


@alone
def test_the_filters_hold_without_the_policies(no_policies: None, actor: str, names: Container[str]) -> None:
    assert one_layer_alone(actor, names) == []


@alone
def test_the_policies_hold_without_the_filters(no_filters: None, actor: str, names: Container[str]) -> None:
    assert one_layer_alone(actor, names) == []


def test_without_both_layers_a_careless_page_leaks_and_is_found(no_policies: None, no_filters: None) -> None:
    faults = one_layer_alone("officer", {"careless", "admin:enquiries_enquiry_change"})
    assert "GET careless" in {" ".join(fault.split()[:2]) for fault in faults}
    assert any("shows a row of" in fault for fault in faults)


def test_without_both_layers_a_forgetful_page_shows_an_ambassador_others_words(
    no_policies: None, no_filters: None
) -> None:
    faults = one_layer_alone("ambassador", {"forgetful"})
    assert any("what is not theirs" in fault for fault in faults)
    assert any("shows a row of Council ISR" in fault for fault in faults)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("reckless", "shows a row of"),
        ("curious", "answers unlike none"),
        ("meddling", "changes a row of"),
    ],
)
@override_settings(ROOT_URLCONF="tests.careless")
def test_a_page_that_steps_out_of_its_scope_is_found(database: None, name: str, told: str) -> None:
    faults = check(EXPECTED | CARELESS, Part({name}, {"officer"})).faults
    assert any(told in fault for fault in faults)


@override_settings(ROOT_URLCONF="tests.careless")
def test_an_address_that_nobody_reviewed_is_a_fault(database: None) -> None:
    assert check(part=Part(())).faults == [f"{name}: not in the reviewed table" for name in sorted(CARELESS)]


def test_a_line_of_the_table_without_an_address_is_a_fault(database: None) -> None:
    assert check(EXPECTED | {"gone": case(200)}, Part(())).faults == ["gone: in the reviewed table, but no address"]


def test_the_command_prints_the_matrix(database: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_isolation", only=["admin:councils_council_change"])
    assert "cells, no fault" in capsys.readouterr().out


@override_settings(ROOT_URLCONF="tests.careless")
def test_the_command_fails_on_a_fault(database: None) -> None:
    with pytest.raises(CommandError, match="curious: not in the reviewed table"):
        call_command("check_isolation", only=["pages:home"])
