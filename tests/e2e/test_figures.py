"""The region's figures in a real browser: charts under the content policy, no barriers, the keyboard, and on paper."""

from datetime import date

import pytest

from councils.access import access_of
from councils.clock import hub_now
from councils.models import User
from councils.working_time import in_london
from dashboards.actions.annotating import annotate
from dashboards.periods import later
from tests.e2e import years
from tests.e2e.barriers import Inspection
from tests.e2e.chromium import PHONE, SCREENS
from tests.e2e.conftest import DoneElsewhere
from tests.e2e.people import HUGH
from tests.e2e.tab import Tabs

REGION = "/staff/dashboards/cell/"
PAGES = ("region/", "region/councils/", "region/funnel/", "region/promise/", "region/sources/", "region/ambassadors/")


@pytest.fixture(scope="module", autouse=True)
def counted(by_itself: DoneElsewhere) -> None:
    by_itself(years.go_by)


@pytest.mark.parametrize("screen", SCREENS)
def test_the_regions_pages_have_no_barriers_and_draw_their_charts(tabs: Tabs, screen: str) -> None:
    """A script or a style that the policy forbids would be a complaint of the tab."""
    inspection = Inspection(tabs.open(SCREENS[screen]), screen)
    inspection.tab.becomes(HUGH)
    for page in PAGES:
        inspection.open(f"figures-{page.strip('/').replace('/', '-')}", REGION + page)
        drawn = inspection.tab.page.locator(".staff-chart__picture svg").count()
        assert drawn == inspection.tab.page.locator("figure[data-chart]:not([data-empty])").count()
    inspection.assert_nothing_found()


def test_the_numbers_of_a_chart_are_opened_and_councils_sorted_by_keyboard(tabs: Tabs) -> None:
    tab = tabs.open()
    tab.becomes(HUGH)
    tab.open(REGION + "region/promise/")
    chart = tab.page.locator("figure[data-chart]").first
    chart.locator(".staff-chart__picture svg").hover()  # what it tells then is drawn: no style that is forbidden
    assert not chart.locator("table").is_visible()
    tab.walks_to(chart.locator("summary").first)
    tab.page.keyboard.press("Enter")
    assert chart.locator("table").is_visible()
    tab.walks_to(tab.page.get_by_role("link", name="Promises kept in time", exact=True))
    tab.keys("Enter")
    assert tab.page.locator("th[aria-sort=descending]").inner_text().startswith("Promises kept in time")


PAPER = 660
# How far each chart is painted when the browser asks for the page that it prints: it does not wait for the next frame.
AS_PRINTED = """() => {
  dispatchEvent(new Event("beforeprint"));
  return [...document.querySelectorAll(".staff-chart__picture svg")].map((picture) => picture.getBBox().width);
}"""


# Whether two words at the foot of a lying chart stand one over the other.
OVER_EACH_OTHER = """(picture) => {
  const boxes = [...picture.querySelectorAll("text")].map((text) => text.getBoundingClientRect());
  const foot = Math.max(...boxes.map((box) => box.bottom));
  const words = boxes.filter((box) => foot - box.bottom < 3).sort((one, other) => one.left - other.left);
  return words.some((box, at) => at && box.left < words[at - 1].right);
}"""


def test_numbers_below_a_chart_stand_apart_on_a_phone(tabs: Tabs) -> None:
    tab = tabs.open(PHONE)
    tab.becomes(HUGH)
    tab.open(REGION + "region/funnel/")
    pictures = tab.page.locator(":is([data-chart=funnel], [data-chart=across]) .staff-chart__picture svg")
    assert pictures.count()
    assert not any(picture.evaluate(OVER_EACH_OTHER) for picture in pictures.all())


def test_no_two_names_beside_a_chart_read_alike_on_a_phone(tabs: Tabs) -> None:
    """They are cut where they do not fit."""
    tab = tabs.open(PHONE)
    tab.becomes(HUGH)
    tab.open(REGION + "region/sources/")
    names = {words.strip() for words in tab.page.locator("[data-chart=across] tbody th").all_text_contents()}
    picture = tab.page.locator("[data-chart=across] .staff-chart__picture svg").first
    shown = [words for words in picture.locator("text").all_text_contents() if words.endswith(("…", "..."))]
    assert {"Social media, paid", "Social media, unpaid"} <= names
    assert len(shown) == len(set(shown))


SMALL = """(links) => links.map((link) => link.getBoundingClientRect())
  .filter((box) => Math.min(box.width, box.height) < 24).length"""


def test_numbers_that_lead_somewhere_are_wide_enough_for_a_thumb(tabs: Tabs) -> None:
    tab = tabs.open(PHONE)
    tab.becomes(HUGH)
    for page in ("region/councils/", "region/sources/", "map/", "numbers/"):
        tab.open(REGION + page)
        links = tab.page.locator("td a:visible")
        assert links.count()
        assert links.evaluate_all(SMALL) == 0, page


def test_on_a_desk_councils_stand_beside_each_other_whole(tabs: Tabs) -> None:
    """No column has to be scrolled to."""
    tab = tabs.open()
    tab.becomes(HUGH)
    for page in ("region/councils/", "region/funnel/", "region/promise/"):
        tab.open(REGION + page)
        frame = tab.page.locator(".staff-table-frame:has(.staff-table--councils)")
        assert frame.evaluate("frame => frame.scrollWidth - frame.clientWidth") <= 0, page


A4 = 718  # between the margins, in pixels
SMALLER = 1.4  # a browser makes a page as much smaller as it takes


def test_no_column_is_cut_off_on_paper(tabs: Tabs) -> None:
    """But of a table that no paper is wide enough for: that says so."""
    tab = tabs.open({"viewport": {"width": A4, "height": 1000}})
    tab.becomes(HUGH)
    tab.page.emulate_media(media="print")
    for page in PAGES:
        tab.open(REGION + page)
        for frame in tab.page.locator(".staff-table-frame").all():
            assert frame.evaluate("frame => getComputedStyle(frame).overflowX") == "visible"
            assert frame.evaluate("frame => frame.firstElementChild.scrollWidth") <= SMALLER * A4
    tab.open(REGION + "numbers/?by=council&since=2026-04&until=2026-05&part=all")
    told = tab.page.get_by_text("On paper there is no room")
    assert told.is_visible()
    tab.page.emulate_media(media="screen")
    assert not told.is_visible()


def test_on_paper_and_without_scripts_the_numbers_stand_open(tabs: Tabs) -> None:
    tab = tabs.open()
    tab.becomes(HUGH)
    tab.open(REGION + "region/promise/")
    tables = tab.page.locator("figure[data-chart]:not([data-empty]) table")
    assert not any(table.is_visible() for table in tables.all())
    tab.page.emulate_media(media="print")
    widths = tab.page.evaluate(AS_PRINTED)
    assert widths
    assert all(0 < width <= PAPER for width in widths)
    assert all(table.is_visible() for table in tables.all())
    plain = tabs.open(scripts=False, known=tab.page.context.storage_state())
    plain.open(REGION + "region/promise/")
    opened = plain.page.locator("figure[data-chart]:not([data-empty]) table")
    assert opened.count() == tables.count()
    assert all(table.is_visible() for table in opened.all())


HAPPENED = {
    1: ("Radio campaign in Kent and Medway", "Open day in Maidstone", "Letter to all schools", "Fostering fortnight"),
    2: ("New leaflet in libraries", "Website was down"),
}
# The numbers above the lines of a picture, and what of its words any of them lies on.
MARKED = """picture => {
  const words = [...picture.querySelectorAll("text")], box = (each) => each.getBoundingClientRect();
  const numbers = words.filter((each) => getComputedStyle(each).fontWeight === "700");
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const hidden = numbers.flatMap((one) => words.filter((each) => each !== one && meet(box(one), box(each))));
  return [numbers.map((each) => each.textContent), hidden.map((each) => each.textContent)];
}"""


def things_happen() -> None:
    """Two in one month and four in the next; once in a database."""
    this = in_london(hub_now()).date().replace(day=1)
    hugh = User.objects.select_related("home__hub").get(email=HUGH)
    for ago, every in HAPPENED.items():
        for day, words in enumerate(every, start=9):
            annotate(hugh.home.hub, on=later(this, -ago).replace(day=day), words=words, by=access_of(hugh))


@pytest.mark.parametrize("screen", SCREENS)
def test_many_things_that_happened_in_a_month_can_be_told_apart(
    tabs: Tabs, by_itself: DoneElsewhere, screen: str
) -> None:
    by_itself(things_happen)
    tab = tabs.open(SCREENS[screen])
    tab.becomes(HUGH)
    tab.open(f"{REGION}region/")
    this = date.fromisoformat(f"{tab.page.get_by_label('To', exact=True).input_value()}-01")
    tab.open(f"{REGION}region/?period=months&first={later(this, -7):%Y-%m}&last={this:%Y-%m}")
    pictures = tab.page.locator(".staff-chart__picture svg").all()
    assert [picture.evaluate(MARKED) for picture in pictures] == [[["1", "2"], []]] * 3
