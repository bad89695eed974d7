"""A list of spend comes in whole or not at all, and once."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from campaigns.came.spend_import import take
from campaigns.came.spend_sheet import read
from campaigns.models import Spend
from councils.access import access_of
from councils.models import Council, User
from councils.tenancy import across, as_council
from enquiries.came_states import Source
from enquiries.imports.sheets import BadFile
from tests.campaigns import spending as made

TODAY = date(2026, 11, 22)
HEAD = "Campaign,Amount,From,To,Source,What\n"
GOOD = HEAD + 'Autumn,"£1,234.50",1/9/2026,30/9/2026,"Social media, paid",Adverts\nautumn,20,2/9/2026,,print,\n'


def test_amounts_days_and_sources_are_read_as_they_are_written() -> None:
    rows, problems = read(GOOD.encode(), today=TODAY)
    assert problems == []
    assert [(row.spent.pence, row.spent.last_day, row.spent.source) for row in rows] == [
        (123_450, date(2026, 9, 30), Source.SOCIAL_PAID),
        (2_000, date(2026, 9, 2), Source.PRINT),
    ]


def test_every_problem_of_every_row_is_told() -> None:
    rows, problems = read((HEAD + "Autumn,lots,31/2/2026,,leaflet,\n,,,,,x\n").encode(), today=TODAY)
    assert rows == []
    told = [(problem.row, problem.why.split(" ")[0]) for problem in problems]
    assert told == [(2, "Amount"), (2, "Source"), (2, "From"), *[(3, word) for word in
                    ("Amount", "Source", "Campaign", "From")]]  # fmt: skip


@pytest.mark.parametrize("amount", ["-5", "0", "NaN", "1e9", "Infinity", "12,50", "£1,2,3", "1,5"])
def test_an_amount_is_more_than_nothing_and_no_slip(amount: str) -> None:
    rows, problems = read(f'{HEAD}Autumn,"{amount}",1/9/2026,,print,\n'.encode(), today=TODAY)
    assert not rows
    assert len(problems) == 1


def test_a_file_without_headings_is_no_list_of_spend() -> None:
    with pytest.raises(BadFile, match="Not found: Campaign"):
        read(b"a,b,c\n1,2,3\n", today=TODAY)


def test_an_excel_file_is_read_as_well() -> None:
    book = Workbook()
    for line in (["campaign", "cost", "date", "channel"], ["Autumn", 20.5, date(2026, 9, 2), "Radio or television"]):
        book.worksheets[0].append(line)
    file = io.BytesIO()
    book.save(file)
    rows, _ = read(file.getvalue(), today=TODAY)
    assert rows[0].spent.pence == 2_050


@pytest.mark.django_db
def test_the_same_list_twice_adds_nothing(kent: Council) -> None:
    ed = made.editor(kent)
    made.campaign(kent, ed)
    content, councils = (GOOD + "autumn,20,2/9/2026,,print,\n").encode(), frozenset([kent.pk])
    with across([kent], reason="test"):
        assert take(content, councils, by=access_of(ed)).new == 3
        again = take(content, councils, by=access_of(ed))
        assert (again.rows, again.new) == (3, 0)
        assert "already" in again.words
        assert Spend.objects.count() == 3


@pytest.mark.django_db
def test_a_row_outside_the_campaigns_days_is_told_as_on_the_page(kent: Council) -> None:
    ed = made.editor(kent)
    made.campaign(kent, ed)
    with across([kent], reason="test"):
        taken = take((GOOD + "Autumn,5,31/8/2026,,print,\n").encode(), frozenset([kent.pk]), by=access_of(ed))
        assert not Spend.objects.exists()
    (problem,) = taken.problems
    assert problem.row == 4
    assert problem.why.startswith("“Autumn” begins on 1 September 2026: none of these days is one of its own.")


@pytest.mark.django_db
def test_a_campaign_of_another_council_is_not_there(kent: Council, hampshire: Council) -> None:
    ed = made.editor(kent)
    made.campaign(hampshire, made.editor(hampshire, "Hetty"))
    with across([kent], reason="test"):
        taken = take(GOOD.encode(), frozenset([kent.pk]), by=access_of(ed))
    assert [problem.row for problem in taken.problems] == [2, 3]
    assert "is not there" in taken.problems[0].why
    with as_council(hampshire):
        assert not Spend.objects.exists()


@pytest.mark.django_db
def test_one_name_in_two_councils_needs_the_council(
    kent: Council, office: Council, as_user: Callable[[User], Client]
) -> None:
    hester = made.editor(office, "Hester")
    made.campaign(kent, hester)
    made.campaign(office, hester)
    client, at = as_user(hester), reverse("admin:campaigns_campaign_bring_in")
    answer = client.post(at, {"rows": GOOD})
    assert answer.status_code == 409
    assert "more than once" in answer.content.decode()
    named = GOOD.replace("autumn", "Autumn").replace("Autumn", f"Autumn ({kent.name})")
    assert client.post(at, {"rows": named}).status_code == 302
    with as_council(kent):
        assert Spend.objects.count() == 2


def test_cells_pasted_from_a_spreadsheet_are_read() -> None:
    rows, _ = read(b"Campaign\tAmount\tFrom\tSource\r\nAutumn\t20\t2/9/2026\tprint\r\n", today=TODAY)
    assert rows[0].spent.pence == 2_000


@pytest.mark.django_db
def test_a_file_comes_in_on_the_command_line(kent: Council, tmp_path: Path) -> None:
    ed = made.editor(kent)
    made.campaign(kent, ed)
    file, told = tmp_path / "spend.csv", io.StringIO()
    file.write_text(GOOD)
    call_command("import_spend", file, by=ed.email, stdout=told)
    assert "Brought in: 2 rows." in told.getvalue()
    file.write_text(GOOD + "Spring,1,1/9/2026,,print,\n")
    with pytest.raises(CommandError, match="Nothing was brought in"):
        call_command("import_spend", file, by=ed.email, stdout=told)
    assert "Row 4: Campaign “Spring” is not there." in told.getvalue()
