"""Whose word about an address counts, and which issuers may speak for a council at all."""

import base64
import hmac
import json
import time
from typing import Any

import pytest

from staff.sign_on.issuers import is_entra, objection, same_place
from staff.sign_on.tokens import Identity, TokenRefused, answers, read
from staff.sign_on.tokens import _identity as identity_of

TENANT = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0"
WHOLE = {"iss": TENANT, "aud": "x", "sub": "y", "iat": int(time.time()), "exp": int(time.time()) + 3600}


@pytest.mark.parametrize("issuer", [TENANT, "https://login.example.com", "https://login.example.com:8443/realms/kent"])
def test_an_issuer_of_one_organisation_may_speak(issuer: str) -> None:
    assert objection(issuer, plain_loopback=False) == ""


@pytest.mark.parametrize(
    "issuer",
    [
        "https://login.microsoftonline.com/common/v2.0",
        "https://login.microsoftonline.com/organizations/v2.0",
        "https://login.microsoftonline.com/consumers/v2.0",
        "https://login.microsoftonline.com/kent.gov.uk/v2.0",
        TENANT.removesuffix("/v2.0"),
        "https://sts.windows.net/11111111-2222-3333-4444-555555555555",
        "http://login.example.com",
        "https://login.example.com/",
        "https://login.example.com?x=1",
        "https://kate@login.example.com",
        "https://",
        "login.example.com",
        "",
    ],
)
def test_any_other_issuer_is_objected_to(issuer: str) -> None:
    assert objection(issuer, plain_loopback=True)


def test_plain_http_is_for_this_machine_and_development_alone() -> None:
    assert objection("http://127.0.0.1:8001/tenant", plain_loopback=True) == ""
    assert objection("http://127.0.0.1:8001/tenant", plain_loopback=False)
    assert objection("http://10.0.0.1/tenant", plain_loopback=True)


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("https://login.example.com/token", True),
        ("https://login.example.com:8443/token", False),
        ("http://login.example.com/token", False),
        ("https://login.example.com.evil.example/token", False),
        ("https://login.example.com@evil.example/token", False),
        ("https://login.example.com:x/token", False),
        (None, False),
    ],
)
def test_a_place_is_scheme_host_and_port(address: object, same: bool) -> None:
    assert same_place("https://login.example.com/tenant", address) is same


def claimed(**claims: Any) -> Identity:
    return identity_of({"sub": "x"} | claims)


@pytest.mark.parametrize("value", [True, "true", 1, "1"])
@pytest.mark.parametrize("name", ["email_verified", "xms_edov"])
def test_a_checked_address_is_known_by_either_claim(name: str, value: object) -> None:
    assert claimed(email="Kate@Example.org ", **{name: value}).checked
    assert claimed(email="Kate@Example.org ", **{name: value}).email == "kate@example.org"


@pytest.mark.parametrize("value", [False, "false", "False", 0, "0"])
@pytest.mark.parametrize("name", ["email_verified", "xms_edov"])
def test_an_address_that_is_said_not_to_be_checked_is_none(name: str, value: object) -> None:
    assert claimed(email="kate@example.org", **{name: value}).email == ""


def test_nothing_said_is_not_checked() -> None:
    assert claimed(email="kate@example.org").email == "kate@example.org"
    assert not claimed(email="kate@example.org").checked


def test_entra_is_known_by_its_host() -> None:
    assert is_entra(TENANT)
    assert not is_entra("https://login.microsoftonline.com.evil.example/x")


@pytest.mark.parametrize("nonce", [None, "", "another", 7])
def test_only_the_nonce_that_was_sent_answers(nonce: object) -> None:
    assert not answers(claimed(nonce="sent"), nonce)
    assert answers(claimed(nonce="sent"), "sent")
    assert not answers(claimed(), "")


def test_a_published_shared_secret_signs_nothing_whatever_the_header_says() -> None:
    """Verified by the key's own kind of algorithm, a token that calls itself RS256 would pass."""
    secret = b"published-published-published-32"
    part = [base64.urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=") for each in ({"alg": "RS256"}, WHOLE)]
    signature = base64.urlsafe_b64encode(hmac.digest(secret, b".".join(part), "sha256")).rstrip(b"=")
    keys = {"keys": [{"kty": "oct", "alg": "HS256", "k": base64.urlsafe_b64encode(secret).rstrip(b"=").decode()}]}
    with pytest.raises(TokenRefused):
        read(b".".join([*part, signature]).decode(), keys=keys, issuer=TENANT, client_id="x")
