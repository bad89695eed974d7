"""A visitor who fills in the public form."""

import secrets
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from councils.models import Hub
from enquiries.privacy import CURRENT

HAMPSHIRE = "SO23 8UJ"
KENT = "ME14 1XX"

PAGES: dict[str, dict[str, Any]] = {
    "postcode": {"postcode": HAMPSHIRE},
    "reason": {"reason": "new"},
    "details": {"name": "Erin Example", "email": "erin@example.org", "phone": "07700 900123"},
    "contact": {"way": "call", "times": ["weekday_evening"], "mentions": ["voicemail"]},
    "more": {"message": "Hello"},
}


@dataclass
class Visitor:
    """Somebody with a browser. Answers are sent as a browser sends them."""

    client: Client

    def open(self, page: str) -> Any:
        return self.client.get(f"/enquire/{page}/")

    def send(self, page: str, **answers: Any) -> Any:
        return self.client.post(f"/enquire/{page}/", answers)

    def fill_in(self, *, until: str = "", **changed: dict[str, Any]) -> None:
        """Answer every page, in order, up to and without `until`; `changed` replaces pages' answers."""
        for page, answers in (PAGES | changed).items():
            if page == until:
                return
            answer = self.send(page, **answers)
            assert answer.status_code == 302, f"{page}: {answer.context['form'].errors}"

    def submit(self) -> Any:
        return self.send("check", notice=CURRENT)


def some_network() -> str:
    """The first three numbers of an address that no other test has: what it sends is counted for ten minutes."""
    return ".".join(str(1 + secrets.randbelow(223)) for _ in range(3))


@pytest.fixture
def visitor(lafse: Hub) -> Visitor:
    return Visitor(Client(REMOTE_ADDR=f"{some_network()}.1"))
