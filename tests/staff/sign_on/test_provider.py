"""The tests' provider, as an OpenID Connect client that is not ours finds it: Authlib, by the specification."""

import secrets
from typing import Any
from urllib.parse import quote

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import OpenIDProviderMetadata
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet

from tests.staff.sign_on.provider import CLIENT_ID, SECRET, Provider

BACK, VERIFIER = "https://hub.example.org/back", "v" * 48


@pytest.fixture(autouse=True)
def on_loopback(monkeypatch: pytest.MonkeyPatch, provider: Provider) -> None:
    """Authlib wants https of everybody else."""
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    provider.returns_to.add(BACK)
    provider.knows("sub-kate", "kate@example.org")


def discovered(provider: Provider) -> dict[str, Any]:
    document: dict[str, Any] = requests.get(f"{provider.issuer}/.well-known/openid-configuration", timeout=5).json()
    return document


def client(method: str = "client_secret_post", secret: str = SECRET) -> OAuth2Session:
    return OAuth2Session(
        CLIENT_ID,
        secret,
        scope="openid email",
        redirect_uri=BACK,
        code_challenge_method="S256",
        token_endpoint_auth_method=method,
    )


def come_back(provider: Provider, session: OAuth2Session, nonce: str) -> str:
    address, _ = session.create_authorization_url(
        discovered(provider)["authorization_endpoint"], code_verifier=VERIFIER, nonce=nonce
    )
    return requests.get(f"{address}&as=sub-kate", allow_redirects=False, timeout=5).headers["Location"]


def test_its_document_is_one_of_openid_connect_discovery(provider: Provider) -> None:
    OpenIDProviderMetadata(discovered(provider)).validate()


@pytest.mark.parametrize("method", ["client_secret_post", "client_secret_basic"])
def test_another_client_gets_a_token_that_it_can_verify(provider: Provider, method: str) -> None:
    session, nonce = client(method, SECRET if method == "client_secret_post" else _encoded()), secrets.token_urlsafe(16)
    back, document = come_back(provider, session, nonce), discovered(provider)
    token = session.fetch_token(document["token_endpoint"], authorization_response=back, code_verifier=VERIFIER)
    keys = KeySet.import_key_set(requests.get(document["jwks_uri"], timeout=5).json())
    read = jwt.decode(token["id_token"], keys, algorithms=document["id_token_signing_alg_values_supported"])
    claims = CodeIDToken(
        read.claims,
        read.header,
        options={"iss": {"value": provider.issuer}, "aud": {"value": CLIENT_ID}},
        params={"nonce": nonce, "client_id": CLIENT_ID, "access_token": token["access_token"]},
    )
    claims.validate()
    assert (claims["sub"], claims["email"]) == ("sub-kate", "kate@example.org")
    assert session.get(document["userinfo_endpoint"]).json()["sub"] == "sub-kate"


def test_another_client_sees_a_signature_by_another_key(provider: Provider) -> None:
    provider.signs_with = "unpublished"
    keys = KeySet.import_key_set(requests.get(discovered(provider)["jwks_uri"], timeout=5).json())
    with pytest.raises(BadSignatureError):
        jwt.decode(provider.id_token("sub-kate", ""), keys, algorithms=["RS256"])


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code": "made-up"}, "invalid_grant"),
        ({"code_verifier": "w" * 48}, "invalid_grant"),
        ({"redirect_uri": "https://elsewhere.example/"}, "invalid_grant"),
        ({"client_secret": "guessed"}, "invalid_client"),
    ],
)
def test_it_refuses_what_a_real_one_refuses(provider: Provider, changed: dict[str, str], error: str) -> None:
    back = come_back(provider, client(), "nonce")
    code = back.partition("code=")[2].partition("&")[0]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": VERIFIER}
    form |= {"client_id": CLIENT_ID, "client_secret": SECRET}
    answer = requests.post(f"{provider.issuer}/token", data=form | changed, timeout=5)
    assert (answer.json()["error"], answer.status_code) == (error, 401 if error == "invalid_client" else 400)


def test_a_code_is_good_once(provider: Provider) -> None:
    session = client()
    back, address = come_back(provider, session, "nonce"), discovered(provider)["token_endpoint"]
    session.fetch_token(address, authorization_response=back, code_verifier=VERIFIER)
    with pytest.raises(Exception, match="invalid_grant"):
        session.fetch_token(address, authorization_response=back, code_verifier=VERIFIER)


@pytest.mark.parametrize(
    "missing",
    ["client_id", "redirect_uri", "response_type", "scope", "code_challenge", "code_challenge_method", "state"],
)
def test_an_incomplete_request_gets_no_log_in_page(provider: Provider, missing: str) -> None:
    asked = {"client_id": CLIENT_ID, "redirect_uri": BACK, "response_type": "code", "scope": "openid"}
    asked |= {"code_challenge": "x", "code_challenge_method": "S256", "state": "x"}
    whole = requests.get(f"{provider.issuer}/authorize", params=asked, timeout=5)
    partly = requests.get(f"{provider.issuer}/authorize", params={**asked, missing: ""}, timeout=5)
    assert (whole.status_code, partly.status_code) == (200, 400)


def _encoded() -> str:
    """Authlib leaves percent-encoding the secret of the header to its caller."""
    return quote(SECRET, safe="")
