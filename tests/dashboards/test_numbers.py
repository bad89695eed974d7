"""The numbers: one table on the page, in both files and on the command line; what it says; who sees whose."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from openpyxl import load_workbook

from councils.models import Council, Hub, User
from councils.tenancy import as_hub
from dashboards.exports.chosen import By, Part, span_of, span_of_year
from dashboards.exports.columns import columns_of, columns_of_figure, figures_of
from dashboards.exports.numbers import numbers
from dashboards.exports.yearly import statistical_file
from dashboards.figures import FIGURES, RULES, Figure, Split, Unit
from enquiries.exports import Cell, Table
from tests.dashboards.small_hub import SmallHub, small_hub, sown

__all__ = ["small_hub", "sown"]

AsUser = Callable[[User], Client]
PAGE, YEAR_FILE = reverse("admin:dashboards_cell_numbers"), reverse("admin:dashboards_cell_year_file")
ASKED = {"since": "2026-04", "until": "2026-11", "part": "all"}
Told = dict[str, list[str]]  # the first cell of a row, and the others as digits


def digits(cell: object) -> str:
    """Without what only makes it easier to read: commas, a point with nothing behind it, a dash for nothing."""
    text = "" if cell is None else str(cell).strip().replace(",", "").replace("–", "").lstrip("'")
    return format(Decimal(text).normalize(), "f") if text.replace(".", "").isdigit() else text


def of_page(answer: Any) -> Told:
    table = answer.content.decode().partition("staff-table--figures")[2].partition("</table>")[0]
    lines = [line for line in table.partition("<tbody>")[2].split("</tr>") if "<td" in line]
    rows = [[unescape(strip_tags(cell)) for cell in line.replace("<td", "\0<td").split("\0")] for line in lines]
    return {label.strip(): [digits(cell) for cell in cells] for label, *cells in rows}


def of_csv(content: bytes) -> Told:
    _, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return {month(label): [digits(cell) for cell in cells] for label, *cells in rows}


def of_xlsx(content: bytes) -> Told:
    _, *rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)  # type: ignore[union-attr]  # has one
    return {month(label): [digits(cell) for cell in cells] for label, *cells in rows}


def of_terminal(text: str) -> Told:
    lines = iter(text.splitlines())
    names = sum(1 for _ in iter(lambda: next(lines), ""))
    next(lines)
    rows = (line.rsplit(maxsplit=names) for line in lines)
    return {label: [digits(cell) for cell in cells] for label, *cells in rows}


def month(label: object) -> str:
    if isinstance(label, datetime):
        return f"{label:%B %Y}"
    text = str(label).lstrip("'")
    return f"{date.fromisoformat(text):%B %Y}" if text[:2] == "20" and len(text) == 10 else text


def stats(*arguments: str) -> str:
    out = io.StringIO()
    call_command("stats", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.mark.parametrize("year", ["0", "-5", "9999", "26", "2026-27"])
def test_a_year_that_is_none_is_told(lafse: Hub, year: str) -> None:
    with pytest.raises(CommandError, match=r"is no year. Write the one in which it began, like 2026"):
        stats(f"--year={year}")


@pytest.mark.parametrize("by", ["council", "month", "source", "code", "stage"])
def test_page_both_files_and_command_agree_to_the_digit(small_hub: SmallHub, as_user: AsUser, by: str) -> None:
    rhea = as_user(small_hub.cast.rhea)
    page = of_page(rhea.get(PAGE, ASKED | {"by": by}))
    files = {kind: rhea.get(PAGE, ASKED | {"by": by, "file": kind}).content for kind in ("csv", "xlsx")}
    terminal = of_terminal(stats("--from", "2026-04", "--to", "2026-11", "--by", by))
    assert any(any(cell not in ("", "0") for cell in cells) for cells in page.values())
    assert page == of_csv(files["csv"]) == of_xlsx(files["xlsx"]) == terminal


def whole(hub: Hub, councils: list[Council], by: By) -> Iterator[tuple[object, dict[str, object]]]:
    with as_hub(hub):
        made = numbers(councils, span_of_year(2026), by)
    for row in made.rows:
        yield row[0], dict(zip(made.columns[1:], row[1:], strict=True))


def test_the_numbers_are_those_of_the_small_hub(small_hub: SmallHub) -> None:
    rows = dict(whole(small_hub.hub, [small_hub.kent, small_hub.hampshire], By.COUNCIL))
    ours, theirs, both = rows[small_hub.kent.name], rows[small_hub.hampshire.name], rows["All"]
    assert (ours["Enquiries received"], theirs["Enquiries received"], both["Enquiries received"]) == (3, 2, 5)
    assert (ours["Initial enquiries"], theirs["Initial enquiries"], both["Initial enquiries"]) == (3, 1, 4)
    assert (ours["Enquiries of other kinds"], ours["Applications"], ours["Approvals"]) == (1, 2, 1)
    assert (ours["How far they got: Applied"], ours["How far they got: Approved"]) == (2, 1)
    assert (ours["Taken over"], theirs["Passed on"]) == (1, 1)
    assert (ours["Promises kept"], ours["Promises kept late"]) == (1, 1)
    assert ours["Promises kept (%)"] == both["Promises kept (%)"] == Decimal("50.0")
    assert theirs["Promises kept (%)"] is None
    assert ours["Working hours to the first try, median"] == both["Working hours to the first try, median"]
    assert ours["Days in a stage: Applied, median"] == 8


def test_each_month_stands_there_and_the_last_row_is_of_all(small_hub: SmallHub) -> None:
    rows = dict(whole(small_hub.hub, [small_hub.kent], By.MONTH))
    assert len(rows) == 12 + 1
    assert [rows[date(2026, n, 1)]["Initial enquiries"] for n in (4, 5, 6)] == [0, 2, 1]
    assert (rows[date(2026, 5, 1)]["Visits"], rows[date(2026, 6, 1)]["Applications"]) == (2, 2)
    assert rows["All"]["Initial enquiries"] == 3


def test_sources_are_words_in_the_order_of_their_list(small_hub: SmallHub) -> None:
    rows = dict(whole(small_hub.hub, [small_hub.kent, small_hub.hampshire], By.SOURCE))
    assert list(rows) == ["Search, unpaid", "Posters, leaflets, newspapers", "Came by themselves", "All"]
    print_ = rows["Posters, leaflets, newspapers"]
    assert (print_["Initial enquiries"], print_["Approvals"], print_["How far they got, by source: Approved"]) == (
        2,
        1,
        1,
    )


def test_what_looks_like_a_formula_is_a_text(small_hub: SmallHub, as_user: AsUser) -> None:
    rhea, asked = as_user(small_hub.cast.rhea), ASKED | {"by": "code"}
    assert b"'=teens" in rhea.get(PAGE, asked | {"file": "csv"}).content
    sheet = load_workbook(io.BytesIO(rhea.get(PAGE, asked | {"file": "xlsx"}).content)).active
    cell = next(row[0] for row in sheet.iter_rows() if row[0].value == "=teens")  # type: ignore[union-attr]  # has one
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_wishes_are_no_breakdown_of_the_numbers() -> None:
    assert "about" not in By.values


def test_a_council_reads_its_own_numbers_and_nobody_elses(small_hub: SmallHub, as_user: AsUser) -> None:
    kate = as_user(small_hub.cast.kate)
    own = reverse("admin:dashboards_cell_council_numbers", args=[small_hub.kent.slug])
    answer = kate.get(own, ASKED | {"by": "month"})
    assert of_page(answer)["All"][1] == "3"
    assert small_hub.hampshire.name not in answer.content.decode().partition("<main")[2]
    assert kate.get(own, ASKED | {"by": "council"}).status_code == 422, "there is but one"
    for name in ("council_numbers", "council_year_file"):
        assert kate.get(reverse(f"admin:dashboards_cell_{name}", args=[small_hub.hampshire.slug])).status_code == 404
    assert kate.get(PAGE).status_code == kate.get(YEAR_FILE).status_code == 403


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"since": "2026-11", "until": "2026-04", "by": "month"}, "The last month is before the first."),
        ({"since": "never", "until": "2026-04", "by": "month"}, "From: choose a month from the list."),
        ({"since": "2026-04", "until": "2026-11", "by": "about"}, "A row for each: choose from the list."),
    ],
)
def test_what_cannot_be_counted_is_said_and_nothing_shown(
    small_hub: SmallHub, as_user: AsUser, asked: dict[str, str], words: str
) -> None:
    answer = as_user(small_hub.cast.rhea).get(PAGE, asked | {"file": "csv"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert b"staff-table--figures" not in answer.content


def test_the_page_reads_counts_in_few_queries(
    small_hub: SmallHub, as_user: AsUser, django_assert_max_num_queries: Any
) -> None:
    rhea = as_user(small_hub.cast.rhea)
    rhea.get(PAGE)  # what is read once a process is read now
    with django_assert_max_num_queries(17):
        rhea.get(PAGE, ASKED | {"by": "council"})


def told_of(made: Table, council: str) -> dict[str, Cell]:
    return next(told for row in made.rows if (told := dict(zip(made.columns, row, strict=True)))["council"] == council)


def test_the_file_of_a_year_has_ofsteds_reasons_and_the_version_of_the_rules(small_hub: SmallHub) -> None:
    with as_hub(small_hub.hub):
        made = statistical_file(small_hub.hub, [small_hub.kent, small_hub.hampshire], 2026)
    ours, both = told_of(made, small_hub.kent.name), told_of(made, "All")
    assert (ours["reporting_year"], ours["council_code"], ours["rule_version"]) == ("2026-27", "E10000016", RULES)
    assert (ours["applications"], ours["applications_ended"], ours["applications_withdrawn_AW3"]) == (2, 1, 1)
    assert (ours["applications_withdrawn_AW0"], ours["applications_ended_by_service"]) == (0, 0)
    assert (both["initial_enquiries"], both["initial_enquiries_new"], both["other_enquiries_transfer"]) == (4, 4, 1)
    assert (both["kind_of_council"], both["of_these_approved"], both["of_these_still_open"]) == ("all", 1, 2)


def test_march_and_april_are_two_years(small_hub: SmallHub) -> None:
    with as_hub(small_hub.hub):
        assert (
            told_of(statistical_file(small_hub.hub, [small_hub.kent], 2025), small_hub.kent.name)["initial_enquiries"]
            == 0
        )
    assert (span_of_year(2026).first, span_of_year(2026).last) == (date(2026, 4, 1), date(2027, 3, 1))


def test_page_and_command_take_out_the_same_year(small_hub: SmallHub, as_user: AsUser, tmp_path: Any) -> None:
    rhea = as_user(small_hub.cast.rhea)
    answer = rhea.get(YEAR_FILE, {"year": "2026", "file": "csv"})
    stats("--year", "2026", "--file", str(tmp_path / "year.csv"))
    assert (tmp_path / "year.csv").read_bytes() == answer.content
    assert answer["Content-Disposition"] == 'attachment; filename="year-lafse-2026.csv"'
    assert rhea.get(YEAR_FILE, {"year": "1850"}).status_code == rhea.get(YEAR_FILE, {"file": "exe"}).status_code == 404


@pytest.mark.parametrize(
    "arguments",
    [["--hub", "nowhere"], ["--council", "nowhere"], ["--from", "April"], ["--from", "2026-12", "--to", "2026-04"]],
)
def test_the_command_says_what_it_does_not_understand(db: None, arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        stats(*arguments)


def test_one_part_of_the_figures_has_its_columns_alone(db: None, kent: Council) -> None:
    with as_hub(kent.hub):
        made = numbers([kent], span_of(date(2026, 4, 1), date(2026, 4, 1)), By.COUNCIL, Part.CAME)
    assert made.columns == (
        *("Council", "Enquiries received", "Initial enquiries", "Enquiries of other kinds", "Households", "Came again"),
    )


def test_every_figure_has_a_column_and_every_column_a_name_of_its_own() -> None:
    assert {figure.code for by in By for figure in figures_of(by, Part.ALL)} == set(FIGURES)
    for by in By:
        names = [column.name for column in columns_of(by, Part.ALL)]
        assert len(set(names)) == len(names)


def test_what_figures_are_broken_down_by_can_be_asked_for_or_is_a_scale_or_a_wish() -> None:
    scales = {Split.HOURS, Split.WAIT, Split.STAGE_DAYS}
    broken_down = {split for figure in FIGURES.values() for split in figure.splits}
    assert broken_down - scales - {Split.ABOUT} <= {by.broken_down for by in By}


def test_money_is_in_pounds() -> None:
    (column,) = columns_of_figure(Figure("spend", "Spent", "What was spent.", Unit.PENCE), By.COUNCIL)
    assert (column.name, column.of(Counter({("spend", ""): 12345}))) == ("Spent (£)", Decimal("123.45"))
