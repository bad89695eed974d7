"""What an identity provider says about itself, asked anew at each log-in: a few hundred a day do not need a cache that
would go on trusting a key which was withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

from staff.sign_on.issuers import same_place
from staff.sign_on.tokens import ALGORITHMS

PATIENCE = (3.05, 5.0)  # seconds to connect and to answer: a person waits, and a web process with them
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class ProviderAway(OAuth2Error):
    """It does not answer, or with something else than it should. Trying again later may help."""


class ProviderWrong(OAuth2Error):
    """What it says cannot be trusted. Trying again does not help."""


@dataclass(frozen=True, slots=True)
class Discovery:
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    secret_in_header: bool


def discover(issuer: str) -> Discovery:
    document = document_of(issuer)
    wrong = problems(document, issuer)
    if wrong:
        raise ProviderWrong(wrong[0])
    authorization, token, keys = (document[name] for name in ENDPOINTS)
    return Discovery(authorization, token, keys, _wants_header(document))


def document_of(issuer: str) -> Mapping[str, Any]:
    return fetch("GET", f"{issuer}/.well-known/openid-configuration")


def problems(document: Mapping[str, Any], issuer: str) -> list[str]:
    """Sentences for whoever sets it up."""
    found = []
    if document.get("issuer") != issuer:
        found.append(f"It calls itself {document.get('issuer')!r} and not {issuer!r}.")
    for name in ENDPOINTS:
        if not same_place(issuer, document.get(name)):
            found.append(f"Its {name} is missing or stands at another host than the issuer.")
    if "code" not in document.get("response_types_supported", ["code"]):
        found.append("It does not offer the authorisation code flow.")
    if not ALGORITHMS.intersection(document.get("id_token_signing_alg_values_supported", ["RS256"])):
        found.append(f"It signs with none of {', '.join(sorted(ALGORITHMS))}.")
    return found


def fetch(method: str, address: str, **sent: Any) -> Mapping[str, Any]:
    """A JSON object. Redirects are not followed: they would lead to another host."""
    try:
        with requests.Session() as session:
            session.max_redirects = 0
            answer = session.request(method, address, timeout=PATIENCE, **sent)
            document = answer.json() if answer.ok else None
    except requests.RequestException as error:
        raise ProviderAway(f"{address} does not answer as it should: {type(error).__name__}.") from error
    if not answer.ok:
        raise _refused(answer)
    if not isinstance(document, dict):
        raise ProviderAway(f"{address} answers with something else than a JSON object.")
    return document


def _refused(answer: requests.Response) -> OAuth2Error:
    """4xx is about what we sent (a secret that ran out, a code used before); anything else is theirs."""
    said = f"{answer.url.partition('?')[0]} answers {answer.status_code}"
    if 400 <= answer.status_code < 500:
        return ProviderWrong(f"{said}{_error_code(answer)}.")
    return ProviderAway(f"{said}.")


def _error_code(answer: requests.Response) -> str:
    """RFC 6749's error code only: descriptions may hold names."""
    try:
        code = answer.json().get("error", "")
    except (requests.JSONDecodeError, AttributeError):
        return ""
    return f", {code}" if isinstance(code, str) and code.isascii() and len(code) <= 40 and code else ""


def _wants_header(document: Mapping[str, Any]) -> bool:
    """The default of the specification is the header; who offers both gets the form, where no colon is in the way."""
    return "client_secret_post" not in document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
