"""What each picture shows: who is logged in, where, and which part of the page."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

LIST = "/staff/enquiries/enquiry/"
SCHEME = "/staff/ambassadors/"


@dataclass(frozen=True)
class Picture:
    """`part`: from the beginning of the first element to the end of the last; no more than `height` pixels."""

    name: str
    who: str
    path: str
    part: tuple[str, ...]
    before: Callable[[Page], None] = lambda _: None
    height: int = 620


def opens(name: str) -> Callable[[Page], None]:
    """The enquiry of this person."""

    def do(page: Page) -> None:
        with page.expect_navigation():
            page.locator("tr", has_text=name).get_by_role("link").first.click()

    return do


def types_a_call(page: Page) -> None:
    page.get_by_label("Postcode", exact=True).fill("ME14 1XX")
    page.get_by_label("Name", exact=True).fill("Robin Example")
    page.get_by_label("Phone", exact=True).fill("07700 900155")
    page.get_by_text("ME14 1XX is in").wait_for()


def writes_a_note(page: Page) -> None:
    opens("Dev Example")(page)
    page.locator("#id_concern").fill("Their neighbour rang the duty team on Monday. I have asked for the record.")
    with page.expect_navigation():
        page.get_by_role("button", name="Save the safeguarding note").click()


def opens_council(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name="Kent County Council").first.click()


def panel(heading: str) -> str:
    return f"section:has(> h2#{heading})"


PICTURES = (
    Picture("your-work", "Kerry", "/staff/", ("#content",)),
    Picture("list", "Kerry", LIST, ("#content h1", ".staff-table-frame")),
    Picture("case", "Kerry", LIST, (".staff-identity", panel("promise")), opens("Bilal Example")),
    Picture("attempt", "Kerry", LIST, (panel("log"),), opens("Bilal Example")),
    Picture("steps", "Kerry", LIST, (panel("steps"),), opens("Dev Example")),
    Picture(
        "give",
        "Miriam",
        LIST,
        (".staff-table tbody tr:nth-last-child(3)", "#content form > .staff-panel, #content .staff-panel"),
    ),
    Picture("settings", "Miriam", "/staff/councils/council/", ("#content",), opens_council),
    Picture("take-out", "Miriam", f"{LIST}export/", ("#content",)),
    Picture("waiting", "Cora", f"{SCHEME}introduction/", ("#content",), height=760),
    Picture("ambassadors", "Cora", f"{SCHEME}ambassador/", ("#content",)),
    Picture(
        *("campaign", "Callum", "/staff/campaigns/campaign/", ("#worked", f"{panel('worked')} .staff-table-frame")),
        opens("Homes for teenagers"),
        height=330,
    ),
    Picture("call", "Olu", f"{LIST}enter/", ("#content h1", ".staff-columns"), types_a_call),
    Picture("to-do", "Olu", f"{LIST}to-do/", ("#content",), height=420),
    Picture("notes", "Sade", LIST, (panel("safeguarding"),), writes_a_note),
)


def taken(page: Page, picture: Picture) -> bytes:
    page.goto(page.url.split("/staff")[0] + picture.path)
    picture.before(page)
    page.wait_for_load_state()
    boxes = [_box(page.locator(part).first) for part in picture.part]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    clip = {"x": left, "y": top, "width": right - left, "height": min(bottom - top, picture.height)}
    return page.screenshot(clip=clip, full_page=True)  # type: ignore[arg-type]  # a FloatRect


def _box(part: Locator) -> tuple[float, float, float, float]:
    box = part.bounding_box()
    if box is None:
        raise LookupError(f"{part} is not to be seen")
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]
