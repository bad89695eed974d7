"""What goes to a provider and what comes back: whose token counts, and how often."""

import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from django.urls import reverse

from staff.models import SignOn
from staff.sign_on.pages import Problem
from tests.staff.sign_on.visits import Visit, browser, onward, sent_along, told

Claims = dict[str, Any]


pytestmark = pytest.mark.usefixtures("kate")


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
    victim = Visit(browser(), visit.provider)
    assert told(victim.comes_back(back), Problem.LATE)
    assert not victim.is_in()


def test_a_stolen_code_does_not_fit_another_request(visit: Visit) -> None:
    stolen = sent_along(visit.logs_in_there(onward(visit.leaves()), "sub-kate"))["code"]
    thief = Visit(browser(), visit.provider)
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


def test_a_provider_that_wants_the_secret_in_the_header_gets_it_there(visit: Visit) -> None:
    visit.provider.document_says["token_endpoint_auth_methods_supported"] = ["client_secret_basic"]
    visit.goes_through("sub-kate")
    assert visit.is_in()
