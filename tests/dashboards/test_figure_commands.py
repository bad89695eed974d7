"""Figures made anew and compared from the command line; the page of their definitions."""

import io
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from councils.models import Council, Hub
from councils.tenancy import as_council
from dashboards.actions.folding import LOCK, fold_hub
from dashboards.exports.documented import written_anew
from dashboards.exports.households import COLUMNS
from dashboards.exports.published import ABOUT, PUBLISHED
from dashboards.figures import FIGURES, RULES
from dashboards.models import Cell
from enquiries.states import APPLICATION_REASONS
from tests import factories

DOCUMENT = settings.BASE_DIR / "docs" / "figures.md"


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("rebuild_figures", "--hub", "lafse", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def spoilt(council: Council) -> None:
    fold_hub(council.hub)
    with as_council(council):
        Cell.objects.filter(council=council, figure="enquiries", split="", grain="m").update(n=7)


def test_a_check_says_what_differs_and_writes_nothing(kent: Council) -> None:
    factories.enquiry(kent)
    spoilt(kent)
    out = io.StringIO()
    for _ in range(2):
        with pytest.raises(CommandError, match=r"The figures of lafse are not what they should be"):
            call_command("rebuild_figures", "--check", "--hub", "lafse", stdout=out, stderr=io.StringIO())
    assert out.getvalue().count("1 counts differ") == 2
    assert "enquiries: 7 stand, 1 should" in out.getvalue()


def test_made_anew_they_agree(kent: Council) -> None:
    factories.enquiry(kent)
    with as_council(kent):
        Cell.objects.filter(council=kent).delete()
    assert "made by rules" in run()
    assert "as they should be" in run("--check")


def test_what_only_waits_to_be_counted_is_no_difference(kent: Council) -> None:
    factories.enquiry(kent)
    assert "as they should be" in run("--check")


def test_every_list_of_the_page_says_what_the_code_says() -> None:
    document = DOCUMENT.read_text()
    assert document == written_anew(document), "run manage.py document_figures"


def test_each_column_and_each_figure_is_on_the_page() -> None:
    document = DOCUMENT.read_text()
    columns = [*ABOUT, *(each.column for each in PUBLISHED), *(column.column for column in COLUMNS)]
    assert [name for name in (*columns, *FIGURES) if f"| `{name}` |" not in document] == []
    assert [each.code for each in FIGURES.values() if each.definition not in document] == []
    assert f"**{RULES}**" in document


def test_a_changed_definition_is_noticed(tmp_path: Path) -> None:
    document = DOCUMENT.read_text()
    changed = document.replace("First visits made", "Visits made")
    assert changed != document == written_anew(changed)
    with pytest.raises(KeyError, match="year"):
        written_anew(document.replace("<!-- begin: year -->", ""))


def test_columns_are_called_once_and_their_figures_exist() -> None:
    names = [*ABOUT, *(each.column for each in PUBLISHED)]
    assert len(set(names)) == len(names)
    assert {each.figure for each in PUBLISHED} <= set(FIGURES)


def test_ofsteds_reasons_are_word_for_word() -> None:
    named = {each.column: each.ofsted for each in PUBLISHED if each.ofsted}
    assert {named[f"applications_withdrawn_{reason}"] for reason in APPLICATION_REASONS} == {
        reason.label for reason in APPLICATION_REASONS
    }
    assert named.keys() - {f"applications_withdrawn_{reason}" for reason in APPLICATION_REASONS} == {
        *("initial_enquiries", "applications", "approvals")
    }


def test_while_somebody_makes_them_one_is_asked_to_wait(lafse: Hub) -> None:
    with closing(psycopg2.connect(**connection.get_connection_params())) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK, lafse.pk])
        for arguments in ([], ["--check"]):
            with pytest.raises(CommandError, match=r"are being made just now. Try again in a minute"):
                run(*arguments)


def test_a_hub_that_is_none_is_told(db: None) -> None:
    with pytest.raises(CommandError, match="There is no hub nowhere"):
        call_command("rebuild_figures", "--hub", "nowhere")
