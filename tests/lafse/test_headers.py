"""What browsers are told, on real answers, with the settings that a deployment over https has."""

import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.conftest import Cast
from tests.factories import PASSWORD
from tests.second_steps import code, set_up_app

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent
WITH_HTTPS = re.compile(
    r"SECURE|SESSION_COOKIE_\w+|CSRF_COOKIE_\w+|SECURE_\w+|BASE_URL|MESSAGE_STORAGE|CONTENT_SECURITY_POLICY"
)
PUBLIC = ["pages:home", "account_login", "account_reset_password", "pages:contact"]


@pytest.fixture
def over_https(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser at a site whose settings were read with an https address."""
    monkeypatch.setenv("BASE_URL", "https://testserver")
    read = runpy.run_path(str(ROOT / "lafse" / "settings.py"))
    for name, value in read.items():
        if WITH_HTTPS.fullmatch(name):
            setattr(settings, name, value)
    return Client()


def get(client: Client, address: str) -> HttpResponse:
    answer: Any = client.get(address, secure=True)
    return answer  # type: ignore[no-any-return]  # a subclass made for tests


def log_in(client: Client, cast: Cast) -> HttpResponse:
    secret = set_up_app(cast.kate)
    client.post(reverse("account_login"), {"login": "kate@example.org", "password": PASSWORD}, secure=True)
    answer: Any = client.post(reverse("mfa_authenticate"), {"code": code(secret)}, secure=True)
    return answer  # type: ignore[no-any-return]  # as above


@pytest.mark.parametrize("name", PUBLIC)
def test_every_page_has_them(over_https: Client, name: str) -> None:
    answer = get(over_https, reverse(name))
    assert answer.status_code == 200
    assert answer["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in answer["Permissions-Policy"]
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert [each for each in answer.headers if each.startswith("Access-Control-")] == []


@pytest.mark.parametrize("name", PUBLIC)
def test_the_content_policy_lets_nothing_inline_in_and_nobody_frame_us(over_https: Client, name: str) -> None:
    policy = get(over_https, reverse(name))["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if rule.strip())
    assert rules["frame-ancestors"] == rules["object-src"] == rules["base-uri"] == "'none'"
    assert rules["default-src"] == rules["form-action"] == rules["style-src"] == "'self'"
    assert "unsafe" not in policy


def test_plain_http_is_led_to_https(over_https: Client) -> None:
    answer = over_https.get("/")
    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/")


def test_cookies_are_bound_to_this_host_and_hidden_from_scripts(over_https: Client, cast: Cast) -> None:
    log_in(over_https, cast)
    assert bound(over_https) == {"__Host-sessionid", "__Host-csrftoken"}
    over_https.post(reverse("account_logout"), secure=True)
    assert "__Host-messages" in bound(over_https)


def bound(client: Client) -> set[str]:
    """The names of the cookies that the browser keeps; each of them is looked at."""
    kept = {name: cookie for name, cookie in client.cookies.items() if cookie.value}
    for name, cookie in kept.items():
        assert name.startswith("__Host-"), name
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax"), name
        assert (cookie["path"], cookie["domain"]) == ("/", ""), name
    return set(kept)


def test_no_page_of_staff_is_kept_by_a_browser_or_a_proxy(over_https: Client, cast: Cast) -> None:
    outside = [get(over_https, reverse(name)) for name in ("account_login", "account_reset_password", "admin:index")]
    log_in(over_https, cast)
    names = ("admin:index", "mfa_index", "account_sessions", "admin:enquiries_enquiry_changelist")
    inside = [get(over_https, reverse(name)) for name in names]
    missing = get(over_https, "/staff/nowhere/")
    for answer in [*outside, *inside, missing]:
        assert "no-store" in answer["Cache-Control"]
    assert [answer.status_code for answer in inside] == [200] * len(inside)


def test_a_form_without_its_token_is_refused(over_https: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse("account_login"), {"login": "a@example.org", "password": "x"}, secure=True)
    assert answer.status_code == 403


def test_a_form_of_another_site_is_refused(over_https: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(reverse("account_login"), secure=True).content.decode()
    token, *_ = re.findall(r'csrfmiddlewaretoken" value="(\w+)"', page)
    sent = {"login": "a@example.org", "password": "x", "csrfmiddlewaretoken": token}
    for origin, status in [("https://evil.example", 403), ("https://testserver", 200)]:
        assert (
            strict.post(reverse("account_login"), sent, secure=True, headers={"Origin": origin}).status_code == status
        )


def test_an_error_has_them_too(over_https: Client) -> None:
    answer = get(over_https, "/nowhere/")
    assert answer.status_code == 404
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "camera=()" in answer["Permissions-Policy"]
