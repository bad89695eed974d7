"""What goes to a provider and what comes back. Whatever is wrong with it ends on a page in plain words."""

import socket
import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from django.test import Client
from django.urls import reverse

from councils.models import User
from staff.models import SignOn
from staff.secrets import encrypted
from staff.sign_on.pages import Problem
from tests.conftest import Cast
from tests.staff.sign_on.provider import Provider
from tests.staff.sign_on.visits import Visit, onward, sent_along

Claims = dict[str, Any]


@pytest.fixture(autouse=True)
def kate(cast: Cast, provider: Provider) -> User:
    provider.knows("sub-kate", "kate@example.org")
    return cast.kate


def told(answer: Any, problem: Problem) -> bool:
    return answer.status_code == problem.value.status and f"<h1>{problem.value.title}</h1>" in answer.content.decode()


def test_the_request_proves_its_key_and_asks_for_no_profile(visit: Visit, kents: SignOn) -> None:
    asked = sent_along(onward(visit.leaves()))
    assert set(asked["scope"].split()) == {"openid", "email"}
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert asked["redirect_uri"] == "http://localhost:8000/staff/account/sign-on/kent/back/"
    assert len(asked["nonce"]) == 32
    assert len(asked["state"]) >= 16


def test_a_link_cannot_add_to_the_request(visit: Visit) -> None:
    address = f"{reverse('openid_connect_login', args=['kent'])}?scope=admin&auth_params=prompt%3Dnone&process=connect"
    asked = sent_along(onward(visit.client.post(address)))
    assert set(asked["scope"].split()) == {"openid", "email"}
    assert "prompt" not in asked


def test_opening_the_address_asks_first(visit: Visit) -> None:
    answer = visit.client.get(reverse("openid_connect_login", args=["kent"]))
    assert "Go to Kent’s own log-in" in answer.content.decode()
    assert visit.provider.asked == []


def test_a_button_on_another_site_sends_nobody_off(provider: Provider, kents: SignOn) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("openid_connect_login", args=["kent"])).status_code == 403


def test_no_access_token_is_used(visit: Visit) -> None:
    visit.goes_through("sub-kate")
    asked = [path for _, path in visit.provider.asked]
    assert "/userinfo" not in asked
    assert asked.count("/token") == 1


@pytest.mark.parametrize(
    "bend",
    [
        lambda claims: claims | {"aud": "another-client"},
        lambda claims: claims | {"aud": [claims["aud"], "another-client"]},  # and nobody says which was meant
        lambda claims: claims | {"azp": "another-client"},
        lambda claims: claims | {"iss": "https://login.example.com/another"},
        lambda claims: claims | {"exp": int(time.time()) - 3600},
        lambda claims: claims | {"iat": int(time.time()) + 3600},
        lambda claims: {name: value for name, value in claims.items() if name != "exp"},
        lambda claims: {name: value for name, value in claims.items() if name != "sub"},
        lambda claims: claims | {"sub": ""},
        lambda claims: claims | {"sub": "x" * 192},
    ],
)
def test_a_token_that_is_not_for_us_opens_nothing(visit: Visit, bend: Callable[[Claims], Claims]) -> None:
    visit.provider.bends = bend
    assert told(visit.goes_through("sub-kate"), Problem.WRONG)
    assert not visit.is_in()


@pytest.mark.parametrize("nonce", ["another", "", None])
def test_a_token_of_another_request_opens_nothing(visit: Visit, nonce: object) -> None:
    visit.provider.bends = lambda claims: claims | {"nonce": nonce}
    assert told(visit.goes_through("sub-kate"), Problem.LATE)
    assert not visit.is_in()


def test_a_signature_by_another_key_opens_nothing(visit: Visit) -> None:
    """allauth alone would let it pass: it trusts the connection."""
    visit.provider.signs_with = "unpublished"
    assert told(visit.goes_through("sub-kate"), Problem.WRONG)
    assert not visit.is_in()


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_that_nobody_signed_opens_nothing(visit: Visit, algorithm: str) -> None:
    claims: Claims = {"iss": visit.provider.issuer, "aud": visit.provider.client_id, "sub": "sub-kate", "nonce": "x"}
    claims |= {"iat": int(time.time()), "exp": int(time.time()) + 300}
    token = jwt.encode(claims, "public" * 10 if algorithm == "HS256" else "", algorithm, {"kid": "published"})
    visit.provider.answers["/token"] = (200, f'{{"access_token": "x", "id_token": "{token}"}}'.encode())
    assert told(visit.goes_through("sub-kate"), Problem.WRONG)


def test_a_published_shared_secret_makes_nobody_a_signer(visit: Visit) -> None:
    key = b'{"keys": [{"kty": "oct", "kid": "published", "k": "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"}]}'
    visit.provider.answers["/keys"] = (200, key)
    assert told(visit.goes_through("sub-kate"), Problem.WRONG)


def test_a_code_is_good_once(visit: Visit) -> None:
    back = visit.logs_in_there(onward(visit.leaves()), "sub-kate")
    visit.comes_back(back)
    visit.client.logout()
    assert told(visit.comes_back(back), Problem.LATE)
    assert not visit.is_in()


def test_the_answer_to_somebody_elses_request_opens_nothing(visit: Visit) -> None:
    """Whoever sends a link that ends in their own account logs nobody in."""
    back = visit.logs_in_there(onward(visit.leaves()), "sub-kate")
    victim = Visit(Client(), visit.provider)
    assert told(victim.comes_back(back), Problem.LATE)
    assert not victim.is_in()


def test_a_stolen_code_does_not_fit_another_request(visit: Visit) -> None:
    stolen = sent_along(visit.logs_in_there(onward(visit.leaves()), "sub-kate"))["code"]
    thief = Visit(Client(), visit.provider)
    state = sent_along(onward(thief.leaves()))["state"]
    answer = thief.comes_back(f"{reverse('openid_connect_callback', args=['kent'])}?code={stolen}&state={state}")
    assert told(answer, Problem.WRONG)
    assert not thief.is_in()


def test_a_request_is_good_for_ten_minutes(visit: Visit) -> None:
    back = visit.logs_in_there(onward(visit.leaves()), "sub-kate")
    session = visit.client.session
    states = {name: [state, at - 601, slug] for name, (state, at, slug) in session["socialaccount_states"].items()}
    session["socialaccount_states"] = states
    session.save()
    assert told(visit.comes_back(back), Problem.LATE)


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


def test_a_provider_that_wants_the_secret_in_the_header_gets_it_there(visit: Visit) -> None:
    visit.provider.document_says["token_endpoint_auth_methods_supported"] = ["client_secret_basic"]
    visit.goes_through("sub-kate")
    assert visit.is_in()


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", "javascript:alert(1)"])
def test_it_leads_nowhere_else(visit: Visit, elsewhere: str) -> None:
    answer = visit.goes_through("sub-kate", next=elsewhere)
    assert answer["Location"] == reverse("admin:index")


def test_it_leads_to_the_page_that_was_asked_for(visit: Visit) -> None:
    answer = visit.goes_through("sub-kate", next="/staff/enquiries/enquiry/")
    assert answer["Location"] == "/staff/enquiries/enquiry/"


def test_another_work_account_can_be_chosen_after_a_refusal(visit: Visit) -> None:
    visit.provider.knows("sub-nobody", "nobody@example.org")
    assert 'name="another"' in visit.goes_through("sub-nobody").content.decode()
    assert sent_along(onward(visit.leaves(another="1")))["prompt"] == "select_account"


def test_a_refusal_leaves_whoever_was_logged_in_logged_in(visit: Visit, cast: Cast) -> None:
    visit.client.force_login(cast.hal)
    visit.provider.knows("sub-nobody", "nobody@example.org")
    visit.goes_through("sub-nobody")
    assert visit.client.session["_auth_user_id"] == str(cast.hal.pk)


def test_nobodys_account_is_joined_to_another_providers(visit: Visit, cast: Cast) -> None:
    """Logged in as Mina, somebody comes back as Kate: they are Kate from then on, and Mina has no link."""
    visit.client.force_login(cast.mina)
    state = visit.client.post(f"{reverse('openid_connect_login', args=['kent'])}?process=connect")
    visit.comes_back(visit.logs_in_there(onward(state), "sub-kate"))
    assert visit.client.session["_auth_user_id"] == str(cast.kate.pk)
    assert not cast.mina.socialaccount_set.exists()


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
