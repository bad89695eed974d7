"""An email to many as it arrives: the bytes that left, in a phone's and a desktop's window, on light and dark screens,
where nothing may be fetched."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from campaigns.mailings.jobs import JOBS
from campaigns.models import Look
from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, CouncilKind
from councils.roles import Role
from councils.tenancy import as_council
from dashboards.actions.report_sending import send
from dashboards.actions.reporting import send_to
from dashboards.states import Every
from outbox.mail_pages import html_of
from outbox.models import Message
from outbox.sending import deliver_due
from tests import factories
from tests.campaigns import made_up, sending
from tests.e2e.barriers import PICTURES, barriers
from tests.e2e.chromium import SCREENS
from tests.e2e.conftest import DoneElsewhere

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
LONG_LINK = "https://www.example.org/fostering/what-happens-when-you-first-get-in-touch-with-us-and-after/"
WORDS = f"""Hello {{first_name|there}}, **three families** in Wokingham began to foster this spring.

* A spare room
* Time, and *patience*
    * and a sense of humour

1. Talk to us
2. Come to an evening

See {LONG_LINK} or [what happens next](/what-happens-next/)."""
BLOCKS = [
    {"kind": "heading", "text": "Could you foster a teenager?"},
    {"kind": "text", "text": WORDS},
    {"kind": "button", "text": "Tell us about yourself, it takes ten minutes", "address": "/enquire/"},
    {"kind": "quote", "text": "She laughed at breakfast.\nThat was the day.", "who": "Priti, foster carer"},
    {"kind": "divider"},
    {"kind": "events", "text": "", "many": 2},
]


@pytest.fixture
def arrived(by_day: None, by_itself: DoneElsewhere) -> str:
    """The HTML of a copy that was sent."""
    copies: list[str] = []

    def leaves() -> None:
        council = Council.objects.get(slug="wokingham")
        for title in ("Could you foster in Wokingham?", "Skills to Foster: preparation training for new households"):
            made_up.gathering(council, title=title)
        erin = sending.subscriber(council, "erin.pictures@example.org", "Erin")
        given = {"subject": "Could you foster?", "preheader": "Three families began this spring", "blocks": BLOCKS}
        mailing = sending.running(council, 0, erin, **given)
        Look.objects.filter(council=council).update(colour="#0d4f4f", sender="Fostering in Wokingham")
        for job in (*JOBS, deliver_due):
            job()
        copies.extend(html_of(message) for message in sending.messages(mailing))

    by_itself(leaves)
    return copies.pop()


@pytest.fixture
def figures(by_itself: DoneElsewhere) -> dict[str, str]:
    """The HTML of figures by email: of the region by weeks, and of a council by months."""
    copies: dict[str, str] = {}

    def leaves() -> None:
        kent = Council.objects.select_related("hub").get(slug="kent")
        office = Council.objects.select_related("hub").get(hub=kent.hub, kind=CouncilKind.HUB_OFFICE)
        lead = factories.user("Leading", office, Role.REGIONAL_LEAD)
        chosen: list[tuple[Council | None, Every]] = [(None, Every.WEEK), (kent, Every.MONTH)]
        for council, every in chosen:
            report = send_to(kent.hub, to=lead, council=council, every=every, by=access_of(lead))
            assert send(office, report.pk, now=hub_now() + timedelta(days=40))
            with as_council(office):
                message = Message.objects.filter(council=office, kind="figures").latest("created_at")
            copies[f"figures-{every}"] = html_of(message)

    by_itself(leaves)
    return copies


@pytest.fixture
def offline(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(offline=True)
    yield context.new_page()
    context.close()


def test_a_copy_is_read_at_every_width_light_and_dark_and_fetches_nothing(arrived: str, offline: Page) -> None:
    asked: list[str] = []
    offline.on("request", lambda request: asked.append(request.url))
    found = [f"{look}: {barrier}" for look in looks(offline, arrived) for barrier in barriers(offline)]
    assert not found, "\n".join(found)
    assert asked == []


def test_figures_by_email_are_no_wider_than_a_phone(figures: dict[str, str], offline: Page) -> None:
    found = [
        f"{name}, {look}: {barrier}"
        for name, html in figures.items()
        for look in looks(offline, html, f"{name}-")
        for barrier in barriers(offline)
    ]
    assert not found, "\n".join(found)


def looks(page: Page, html: str, named: str = "") -> Iterator[str]:
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for screen, size in SCREENS.items():
            page.set_viewport_size(size["viewport"])
            page.set_content(html)
            file = PICTURES / "email" / f"{named}{screen}-{scheme}.jpg"
            file.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=file, full_page=True, type="jpeg", quality=70)
            yield f"{screen}, {scheme}"
