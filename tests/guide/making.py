"""A hub of its own with the demonstration's people, on a fixed day, and a browser that looks at it."""

import base64
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Page

from ambassadors.tasks import propose_rounds
from councils.working_time import LONDON
from tests import databases
from tests.e2e import people, processes
from tests.e2e.chromium import chromium
from tests.guide.pictures import PICTURES, taken

WHERE = Path(__file__).resolve().parents[2] / "static" / "staff" / "guide"
ARRIVED = datetime(2026, 7, 6, 9, 40, tzinfo=LONDON)  # a Monday
SEEN = datetime(2026, 7, 7, 10, 5, tzinfo=LONDON)  # the day after: some enquiries are due


def make_pictures() -> None:
    name = databases.prepare("guide")
    with tempfile.TemporaryDirectory() as kept:
        try:
            folder = Path(kept)
            _move_clock(ARRIVED)
            call_command("demo", logins=folder / "logins.json")
            _move_clock(SEEN)
            propose_rounds()
            connection.close()
            port = processes.free_port()
            variables = processes.environment(settings.DATABASES["default"], port, folder)
            processes.collect_static(variables)
            sessions = {who: people.session_of(f"{who.lower()}@example.org") for who in _cast()}
            with processes.site(variables, port, folder) as address:
                _take(address, sessions)
        finally:
            databases.drop(name)


def _move_clock(to: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM testing.clock")
        cursor.execute("INSERT INTO testing.clock VALUES (%s)", [to])


def _cast() -> list[str]:
    return list(dict.fromkeys(picture.who for picture in PICTURES))


def _take(address: str, sessions: dict[str, str]) -> None:
    WHERE.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for who in _cast():
            context = browser.new_context(viewport={"width": 1080, "height": 900}, locale="en-GB")
            context.add_cookies([{"name": "sessionid", "value": sessions[who], "url": address}])
            page, empty = context.new_page(), context.new_page()
            page.goto(f"{address}/staff/")
            for picture in PICTURES:
                if picture.who == who:
                    (WHERE / f"{picture.name}.webp").write_bytes(_as_webp(empty, taken(page, picture)))
            context.close()


# The browser can write WebP, a third of PNG's size, so that no library is needed for it.
WEBP = """async (png) => {
  const image = new Image();
  image.src = "data:image/png;base64," + png;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", 0.8).split(",")[1];
}"""


def _as_webp(empty: Page, png: bytes) -> bytes:
    encoded: str = empty.evaluate(WEBP, base64.b64encode(png).decode())
    return base64.b64decode(encoded)
