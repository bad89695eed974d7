"""A chart is a table first: what is drawn, read out and printed are the same numbers."""

from html.parser import HTMLParser

from django.template.loader import render_to_string

from dashboards.pages.charts import Chart, Kind, plain, shown


class Numbers(HTMLParser):
    """What the script draws from."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str | None] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "td" and name == "data-value"]


def drawn(chart: Chart) -> str:
    return render_to_string("staff/figures/chart.html", {"chart": chart})


def test_the_table_holds_the_numbers_that_are_drawn() -> None:
    rows = [("May", 1200, 3.5), ("June", None, 0)]
    chart = Chart(Kind.LINE, "Waits & visits", "In words.", ["Month", "One", "Two"], rows, unit="hours")
    page = drawn(chart)
    assert Numbers(page).found == ["1200", "3.5", "", "0"]
    for words in ("1,200 hours", "3.5 hours", "–", "0 hours", "In words.", "Waits &amp; visits"):
        assert words in page
    assert 'data-chart="line"' in page
    assert " open>" in page


def test_a_chart_of_nothing_is_not_drawn() -> None:
    chart = Chart(Kind.BAR, "Visits", "None yet.", ["Month", "Visits"], [("May", 0), ("June", None)])
    assert " data-empty" in drawn(chart)


def test_a_row_leads_to_its_list_and_says_what_else_happened() -> None:
    chart = Chart(
        *(Kind.BAR, "Visits", "Two.", ["Month", "Visits"], [("May", 2), ("June", 0)]),
        links={"May": "/list/?a=1&b=2"},
        remarks={"June": ["<b>A fair</b>", "9 June: Radio"]},
        codes=["visits"],
    )
    page = drawn(chart)
    assert '<a href="/list/?a=1&amp;b=2">May</a>' in page
    assert "&lt;b&gt;A fair&lt;/b&gt;" in page
    assert "First visits made, on the day of the visit." in page


def test_what_happened_is_told_by_one_number_below_the_picture_and_beside_each_month() -> None:
    chart = Chart(
        *(Kind.LINE, "Visits", "Three.", ["Month", "Visits"], [("May", 2), ("June", 0), ("July", 1)]),
        remarks={"May": ["3 May: TV", "9 May: Radio"], "July": ["1 July: A fair"]},
    )
    page = drawn(chart)
    assert "<li><strong>May</strong> 3 May: TV; 9 May: Radio</li><li><strong>July</strong> 1 July: A fair</li>" in page
    assert "<strong data-mark>1</strong> 3 May: TV<br>9 May: Radio</td>" in page
    assert "<strong data-mark>2</strong> 1 July: A fair</td>" in page
    assert page.count("data-mark") == 2


def test_of_very_many_things_that_happened_the_last_are_told_in_the_table_alone() -> None:
    remarks = {"May": ["Radio"] * 10, "June": ["TV"] * 4, "July": ["A fair"]}
    chart = Chart(*(Kind.LINE, "Visits", "", ["Month", "Visits"], [(month, 2) for month in remarks]), remarks=remarks)
    assert [(mark.label, len(mark.remarks)) for mark in chart.happened] == [("May", 10), ("June", 2)]
    page = drawn(chart)
    assert "And 3 more, beside the numbers." in page
    assert "<strong data-mark>3</strong> A fair</td>" in page


def test_rows_on_few_cases_are_read_and_not_drawn() -> None:
    rows = [("May", 3.5), ("June", 2.0)]
    chart = Chart(Kind.LINE, "Waits", "", ["Month", "Half"], rows, cases={"May": 2, "June": 40}, thin=["May"])
    page = drawn(chart)
    assert Numbers(page).found == ["", "2"]
    assert '<td data-value="">3.5</td><td>2</td>' in page
    few = Chart(Kind.LINE, "Waits", "", ["Month", "Half"], rows[:1], cases={"May": 2}, thin=["May"])
    assert " data-empty" in drawn(few)
    assert " open>" in drawn(few)


def test_numbers_are_written_for_people_and_for_the_script() -> None:
    assert [shown(12.0), shown(12.34, "%"), shown(1234567), shown(None)] == ["12", "12.3%", "1,234,567", "–"]
    assert [plain(12.0), plain(1234567.0), plain(33.3), plain(None)] == ["12", "1234567", "33.3", ""]
