"""People who fill in the public form over HTTP and do not give up: whatever breaks, they press the button again."""

import re
import threading
import time
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from enquiries.privacy import CURRENT
from tests.faults.sink import VISITORS

PATIENCE = 60.0
SECRET = "c" * 32  # Django takes a cookie's secret for the token itself: no page need be read first
REFERENCE = re.compile(r'class="[^"]*panel[^"]*".*?<strong>([A-Z0-9-]+)</strong>', re.DOTALL)
FIRST, LAST = "/enquire/postcode/", "/enquire/check/"
SENT = "/enquire/sent/"


class GaveUp(AssertionError):
    pass


def answers(number: int) -> dict[str, dict[str, str]]:
    """Page by page. Every fifth person has no email: somebody must call them."""
    email = "" if number % 5 == 4 else f"visitor{number}{VISITORS}"
    way = "email" if email else "call"
    return {
        FIRST: {"postcode": "SO23 8UJ"},
        "/enquire/reason/": {"reason": "new"},
        "/enquire/details/": {"name": "Erin Example", "email": email, "phone": f"07700 900{number % 1000:03}"},
        "/enquire/contact/": {"way": way},
        "/enquire/more/": {"message": ""},
        LAST: {"notice": CURRENT},
    }


@dataclass
class Visitor:
    port: int
    number: int
    cookies: dict[str, str] = field(default_factory=lambda: {"csrftoken": SECRET})
    troubles: int = 0  # how often the site was away or in trouble

    def enquires(self) -> str:
        """The reference that stands on the last page."""
        return self._goes_on(FIRST)

    def fills_in(self) -> None:
        """Up to the last button."""
        self._goes_on(FIRST, stop_at=LAST)

    def sends(self) -> str:
        return self._goes_on(LAST)

    def _goes_on(self, page: str, stop_at: str = "") -> str:
        pages, ends_at = answers(self.number), time.monotonic() + PATIENCE
        while page != stop_at:
            if page == SENT:
                status, _, text = self._asks("GET", page, ends_at)
                if status == 200:
                    return REFERENCE.search(text)[1]  # type: ignore[index]  # a page without one is a fault to see
            page = self._next(page if page in pages else FIRST, pages, ends_at)
        return ""

    def _next(self, page: str, pages: dict[str, dict[str, str]], ends_at: float) -> str:
        status, location, _ = self._asks("POST", page, ends_at, pages[page])
        if status != 302:
            raise GaveUp(f"{page} answered {status}")
        return location

    def _asks(self, method: str, path: str, ends_at: float, sent: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Again and again while the site is away or in trouble."""
        while time.monotonic() < ends_at:
            try:
                status, location, text = self._asks_once(method, path, sent)
            except (OSError, HTTPException):
                status = 0
            if 0 < status < 500:
                return status, location, text
            self.troubles += 1
            time.sleep(0.1)
        raise GaveUp(f"{path} did not answer in {PATIENCE:.0f} s")

    def _asks_once(self, method: str, path: str, sent: dict[str, str] | None) -> tuple[int, str, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=15)
        body = urlencode({**sent, "csrfmiddlewaretoken": self.cookies["csrftoken"]}) if sent is not None else None
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        self._keep_cookies(answer)
        return answer.status, answer.getheader("Location") or "", text

    def _keep_cookies(self, answer: HTTPResponse) -> None:
        for line in answer.msg.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value


class Crowd:
    """Several visitors at once, in the background."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._pool = ThreadPoolExecutor(4)
        self._coming: list[Future[str]] = []
        self._lock = threading.Lock()
        self.references: list[str] = []
        self._visitors: list[Visitor] = []

    def comes(self, numbers: Iterable[int]) -> None:
        self._coming += [self._pool.submit(self._one, number) for number in numbers]

    def _one(self, number: int) -> str:
        visitor = Visitor(self._port, number)
        self._visitors.append(visitor)
        reference = visitor.enquires()
        with self._lock:
            self.references.append(reference)
        return reference

    def in_trouble(self) -> int:
        return sum(visitor.troubles for visitor in self._visitors)

    def waits(self) -> None:
        """Until everybody has gone."""
        wait(self._coming)

    def has_gone(self) -> list[str]:
        """Why some gave up, if some did."""
        faults = [future.exception() for future in self._coming]
        self._pool.shutdown()
        return [f"a visitor gave up: {fault}" for fault in faults if fault]
