"""What a process holds, when it looks again, and the two commands."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from councils import routing
from councils.context import year_of_postcodes
from councils.models import Council, CouncilArea, Hub, PostcodeOverride, PostcodeRelease, RoutingVersion
from councils.routing import NoDirectory, Outcome, route
from tests.councils.test_postcodes_directory import TABLE, zip_of

pytestmark = pytest.mark.django_db
WINCHESTER = "E07000094"


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    routing.forget()
    yield
    routing.forget()


def test_a_second_question_asks_the_database_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    assert route("SO23 8UJ").outcome == Outcome.EXACT
    with django_assert_num_queries(0):
        route("KT1 1EU")


def test_looking_for_changes_takes_one_query_when_there_are_none(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    route("SO23 8UJ")
    routing.recheck()
    with django_assert_num_queries(1):
        route("SO23 8UJ")


def test_a_change_of_areas_is_followed(kent: Council) -> None:
    before = route("SO23 8UJ")
    CouncilArea.objects.filter(area_code=WINCHESTER).update(council=kent)
    routing.recheck()
    after = route("SO23 8UJ")
    assert (before.council and before.council.slug, after.council_id) == ("hampshire", kent.pk)
    assert after.version > before.version


def test_a_change_that_was_rolled_back_is_forgotten_although_the_next_has_its_number(
    kent: Council, hampshire: Council
) -> None:
    undone = transaction.atomic()
    undone.__enter__()
    CouncilArea.objects.filter(area_code=WINCHESTER).update(council=kent)
    routing.recheck()
    assert route("SO23 8UJ").council_id == kent.pk
    number = RoutingVersion.objects.get().version
    transaction.set_rollback(True)
    undone.__exit__(None, None, None)
    PostcodeOverride.objects.create(postcode="SL41AA", council=kent, reason="another change")
    assert RoutingVersion.objects.get().version == number
    routing.recheck()
    assert route("SO23 8UJ").council_id == hampshire.pk


def test_today_is_the_day_in_london(kent: Council, move_clock: Callable[[datetime], None]) -> None:
    day = date(2027, 4, 1)
    CouncilArea.objects.filter(area_code=WINCHESTER).update(valid_to=day)
    CouncilArea.objects.create(area_code=WINCHESTER, council=kent, valid_from=day)
    found = []
    for minute in (59, 0):
        hour = 22 if minute else 23  # British Summer Time has begun
        routing.forget()
        move_clock(datetime(2027, 3, 31, hour, minute, tzinfo=UTC))
        answer = route("SO23 8UJ")
        found.append(answer.council and answer.council.slug)
    assert found == ["hampshire", "kent"]


def test_hub_offices_are_never_candidates(office: Council) -> None:
    CouncilArea.objects.filter(area_code=WINCHESTER).update(council=office)
    assert route("SO23 8UJ").council is None


def test_without_a_directory_the_cure_is_in_the_message(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    with pytest.raises(NoDirectory, match="load_postcodes"):
        route("SO23 8UJ")


def test_a_machine_without_the_new_release_goes_on_with_the_old() -> None:
    release = route("SO23 8UJ").release
    PostcodeRelease.objects.update(path="postcodes/elsewhere.index")
    routing.recheck()
    assert route("SO23 8UJ").release == release


def test_loading_again_changes_nothing_and_says_so() -> None:
    version = RoutingVersion.objects.get().version
    assert _said("load_postcodes") == (
        "Postcodes: ONSPD November 2025, 2,720,556 rows, index is current, in use already.\n"
    )
    assert RoutingVersion.objects.get().version == version


def test_a_newer_release_from_a_zip_is_used_at_once_and_stays(settings: Settings, tmp_path: Path) -> None:
    route("SO23 8UJ")
    settings.DATA_DIR = tmp_path
    newer = zip_of(tmp_path / "ONSPD_FEB_2026.zip", TABLE)
    assert "ONSPD February 2026, 4 rows, index built" in _said("load_postcodes", "--zip", str(newer.path))
    routing.recheck()
    assert route("SO23 8UJ").release == "ONSPD February 2026"
    assert year_of_postcodes() == "2026"
    assert "ONSPD February 2026, 4 rows, is newer than the package and stays" in _said("load_postcodes")
    shutil.rmtree(tmp_path / "postcodes")
    with pytest.raises(CommandError, match="is active but not here"):
        call_command("load_postcodes")


def test_the_copyright_line_has_the_year_of_the_release_and_not_todays(move_clock: Callable[[datetime], None]) -> None:
    move_clock(datetime(2031, 1, 1, tzinfo=UTC))
    assert "database right 2025." in Client().get("/").content.decode()


def test_a_zip_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ONSPD_FEB_2026.zip").write_text("moved")
    with pytest.raises(CommandError, match="not a zip"):
        call_command("load_postcodes", "--zip", str(tmp_path / "ONSPD_FEB_2026.zip"))
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_postcodes", "--zip", str(tmp_path / "nothing.zip"))


@pytest.mark.parametrize(
    "order", [["--json", "{}"], ["{}", "--json"], ["--json", "--hub", "lafse", "{}", "--on", "2026-11-22"]]
)
def test_the_command_answers_every_argument_in_order_on_a_line_of_its_own(order: list[str]) -> None:
    typed = ["SO23 8UJ", "", "rg48aa", "nonsense", "EH1 1YZ"]
    arguments = [word for option in order for word in (typed if option == "{}" else [option])]
    lines = [json.loads(line) for line in _said("route", *arguments).splitlines()]
    assert [line["postcode"] for line in lines] == ["SO23 8UJ", "", "RG4 8AA", "nonsense", "EH1 1YZ"]
    keys = ["postcode", "outcome", "council", "candidates", "authority", "reason", "release"]
    assert all(list(line) == keys for line in lines)
    assert [line["outcome"] for line in lines[:2]] == ["exact", "not_a_postcode"]
    assert (lines[0]["council"], lines[0]["authority"], lines[1]["council"]) == ("hampshire", "E10000014", None)


def test_after_two_dashes_an_argument_may_begin_with_one() -> None:
    lines = [json.loads(line) for line in _said("route", "--json", "--", "SO23 8UJ", "-x").splitlines()]
    assert [line["postcode"] for line in lines] == ["SO23 8UJ", "-x"]


def test_the_command_reads_well_without_json() -> None:
    said = _said("route", "SO23 8UJ", "RG4 7ZZ")
    assert "Hampshire County Council" in said and "Ask who sends the council tax bill" in said


def test_the_command_names_an_unknown_hub_and_a_wrong_date() -> None:
    with pytest.raises(CommandError, match="no hub called 'nowhere'"):
        call_command("route", "SO23 8UJ", "--hub", "nowhere")
    with pytest.raises(CommandError, match="not a day like 2027-04-01"):
        call_command("route", "SO23 8UJ", "--on", "tomorrow")


def test_every_hub_of_the_data_can_ask() -> None:
    for hub in Hub.objects.values_list("slug", flat=True):
        assert route("SO23 8UJ", hub=hub).outcome in {Outcome.EXACT, Outcome.ELSEWHERE_IN_ENGLAND}


def _said(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()
