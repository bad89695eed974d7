"""Whatever goes wrong at a provider or on the way ends on a page in plain words, never with an error of ours."""

import json
import socket

import pytest
from django.conf import settings
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from councils.rate_limits import exceeded, network_of
from staff.models import SignOn
from staff.secrets import decrypted, encrypted
from staff.sign_on.pages import Problem
from staff.sign_on.views import DEPARTURES
from tests.staff.sign_on.provider import SECRET
from tests.staff.sign_on.visits import Visit, browser, onward, sent_along, told

pytestmark = pytest.mark.usefixtures("kate")


@pytest.mark.parametrize("query", ["", "?state=x", "?code=x", "?code=x&state=x", "?error=access_denied"])
def test_coming_back_from_nowhere_leads_to_the_beginning(visit: Visit, query: str) -> None:
    assert told(visit.comes_back(reverse("openid_connect_callback", args=["kent"]) + query), Problem.LATE)


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        ("access_denied", Problem.STOPPED),
        ("temporarily_unavailable", Problem.AWAY),
        ("server_error", Problem.AWAY),
        ("unauthorized_client", Problem.WRONG),
    ],
)
def test_an_error_of_the_providers_is_told_in_our_words(visit: Visit, error: str, problem: Problem) -> None:
    state = sent_along(onward(visit.leaves()))["state"]
    address = f"{reverse('openid_connect_callback', args=['kent'])}?error={error}&error_description=kate&state={state}"
    answer = visit.comes_back(address)
    assert told(answer, problem)
    assert "kate" not in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "body", "problem"),
    [
        ("/.well-known/openid-configuration", (500, b"{}"), Problem.AWAY),
        ("/.well-known/openid-configuration", (200, b"<html>"), Problem.AWAY),
        ("/.well-known/openid-configuration", (200, b"[]"), Problem.AWAY),
        ("/.well-known/openid-configuration", (200, b"{}"), Problem.WRONG),
        ("/.well-known/openid-configuration", (404, b"{}"), Problem.WRONG),
        ("/keys", (503, b""), Problem.AWAY),
        ("/keys", (200, b'{"keys": []}'), Problem.WRONG),
        ("/keys", (200, b'{"keys": "x"}'), Problem.WRONG),
        ("/keys", (200, b"{}"), Problem.WRONG),
        ("/token", (502, b""), Problem.AWAY),
        ("/token", (200, b"access_token=x"), Problem.AWAY),
        ("/token", (200, b'"access_token"'), Problem.AWAY),
        ("/token", (200, b'{"access_token": "x"}'), Problem.WRONG),
        ("/token", (200, b'{"access_token": "x", "id_token": 7}'), Problem.WRONG),
        ("/token", (200, b'{"access_token": "x", "id_token": "a.b.c"}'), Problem.WRONG),
        ("/token", (400, b'{"error": "invalid_grant", "error_description": "for kate"}'), Problem.WRONG),
        ("/token", (400, b'{"error": ["invalid_grant"]}'), Problem.WRONG),
        ("/token", (302, b""), Problem.AWAY),
    ],
)
def test_an_answer_that_makes_no_sense_is_told_in_plain_words(
    visit: Visit, path: str, body: tuple[int, bytes], problem: Problem
) -> None:
    back = visit.logs_in_there(onward(visit.leaves()), "sub-kate")
    visit.provider.answers[path] = body
    assert told(visit.comes_back(back), problem)
    assert not visit.is_in()


def test_a_provider_that_is_away_before_one_leaves_is_told(visit: Visit, kents: SignOn) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        kents.issuer = f"http://127.0.0.1:{probe.getsockname()[1]}"
        kents.save()
        assert told(visit.leaves(), Problem.AWAY)


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize(
    "place", ["http://169.254.169.254/latest", "http://localhost:1/x", "file:///etc/passwd", 7, ""]
)
def test_nothing_is_asked_of_another_host(visit: Visit, name: str, place: object) -> None:
    visit.provider.document_says[name] = place
    assert told(visit.leaves(), Problem.WRONG)


def test_a_document_in_another_name_is_refused(visit: Visit) -> None:
    visit.provider.document_says["issuer"] = "https://login.example.com/tenant"
    assert told(visit.leaves(), Problem.WRONG)


def test_the_log_says_what_went_wrong_without_person_or_secret(
    visit: Visit, caplog: pytest.LogCaptureFixture, kents: SignOn
) -> None:
    back = visit.logs_in_there(onward(visit.leaves()), "sub-kate")
    SignOn.objects.update(secret=encrypted("run out"))
    assert told(visit.comes_back(back), Problem.WRONG)
    assert "invalid_client" in caplog.text
    assert "kate" not in caplog.text
    assert "run out" not in caplog.text


def test_an_unknown_slug_is_no_address(client: Client, db: None) -> None:
    assert client.post("/staff/account/sign-on/none/").status_code == 404
    assert client.get("/staff/account/sign-on/none/back/?code=x&state=y").status_code == 404


def test_one_network_cannot_send_us_to_the_provider_without_end(visit: Visit) -> None:
    mine = RequestFactory().get("/", REMOTE_ADDR=visit.client.defaults["REMOTE_ADDR"])
    for _ in range(DEPARTURES.times):
        assert not exceeded(DEPARTURES, network_of(mine))
    assert told(visit.leaves(), Problem.TOO_OFTEN)
    assert onward(Visit(browser(), visit.provider).leaves())


def test_a_secret_that_cannot_be_read_any_more_is_no_error_of_the_persons(
    visit: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    back = visit.logs_in_there(onward(visit.leaves()), "sub-kate")
    SignOn.objects.update(secret="gAAAAA-with-another-key")
    assert told(visit.comes_back(back), Problem.WRONG)
    assert "cannot be read with this SECRET_KEY" in caplog.text


def test_a_secret_of_an_older_key_is_read(kents: SignOn) -> None:
    with override_settings(SECRET_KEY_FALLBACKS=[settings.SECRET_KEY], SECRET_KEY="another-" * 10):
        assert decrypted(kents.secret) == SECRET


def test_a_redirect_is_not_followed(visit: Visit) -> None:
    """It could lead to any host; here it would even lead to the right document."""
    visit.provider.answers["/moved"] = (200, json.dumps(visit.provider.document()).encode())
    visit.provider.moved["/.well-known/openid-configuration"] = "/moved"
    assert told(visit.leaves(), Problem.AWAY)
