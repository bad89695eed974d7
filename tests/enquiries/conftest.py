"""A visitor who fills in the public form."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from councils.models import Hub

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
        return self.send("check", notice="2026-11")


@pytest.fixture
def visitor(lafse: Hub, client: Client) -> Visitor:
    return Visitor(client)
