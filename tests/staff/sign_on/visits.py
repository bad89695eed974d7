"""The way through single sign-on, step by step, as a browser goes it."""

import re
import secrets
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from django.conf import settings
from django.test import Client
from django.urls import reverse

from councils.models import Council
from staff.models import SignOn
from staff.secrets import encrypted
from staff.sign_on.pages import Problem
from tests.staff.sign_on.provider import SECRET, Provider


def set_up(provider: Provider, *councils: Council, slug: str = "kent", **changed: Any) -> SignOn:
    values: dict[str, Any] = {
        "name": "Kent’s own log-in",
        "issuer": provider.issuer,
        "client_id": provider.client_id,
        "secret": encrypted(SECRET),
        "email_domains": ["example.org"],
    }
    sign_on = SignOn.objects.create(slug=slug, **values | changed)
    for council in councils:
        sign_on.speaks_for.create(council=council)
    provider.returns_to.add(f"{settings.BASE_URL}{reverse('openid_connect_callback', args=[slug])}")
    return sign_on


def browser() -> Client:
    """In a network that no other test has: what a network asks for is counted."""
    return Client(REMOTE_ADDR=f"{'.'.join(str(1 + secrets.randbelow(223)) for _ in range(3))}.1")


@dataclass
class Visit:
    client: Client
    provider: Provider
    slug: str = "kent"

    def leaves(self, **sent: str) -> Any:
        """The button on our log-in page."""
        return self.client.post(reverse("openid_connect_login", args=[self.slug]), sent)

    def logs_in_there(self, address: str, subject: str) -> str:
        """At the provider, as one of its people: where they are sent back to."""
        answer = requests.get(f"{address}&as={subject}", allow_redirects=False, timeout=5)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def comes_back(self, address: str) -> Any:
        parts = urlsplit(address)
        return self.client.get(f"{parts.path}?{parts.query}")

    def goes_through(self, subject: str, **sent: str) -> Any:
        return self.comes_back(self.logs_in_there(onward(self.leaves(**sent)), subject))

    def is_in(self) -> bool:
        return "_auth_user_id" in self.client.session


def onward(answer: Any) -> str:
    """The address that the page goes on to by itself."""
    assert answer.status_code == 200, answer.content.decode()
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', answer.content.decode())
    assert found is not None, answer.content.decode()
    return unescape(found.group(1))


def sent_along(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def told(answer: Any, problem: Problem) -> bool:
    return answer.status_code == problem.value.status and f"<h1>{problem.value.title}</h1>" in answer.content.decode()
