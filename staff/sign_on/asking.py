"""Requests to a provider. Redirects are not followed: they would lead to another host."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import requests
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

PATIENCE = (3.05, 5.0)  # seconds to connect and to answer: a person waits, and a web process with them


class ProviderAway(OAuth2Error):
    """It does not answer, or with something else than it should. Trying again later may help."""


class ProviderWrong(OAuth2Error):
    """What it says cannot be used. Trying again does not help."""


def fetch(method: str, address: str, **sent: Any) -> Mapping[str, Any]:
    """A JSON object. Raises ProviderAway or ProviderWrong."""
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


def ask_for_token(
    address: str, *, client_id: str, secret: str, in_header: bool, form: Mapping[str, str | None]
) -> Mapping[str, Any]:
    """`in_header`: the secret goes there, percent-encoded first (RFC 6749, section 2.3.1); else into the form."""
    asked = {"grant_type": "authorization_code", **form}
    if in_header:
        return fetch("POST", address, data=asked, auth=(quote(client_id, safe=""), quote(secret, safe="")))
    return fetch("POST", address, data={**asked, "client_id": client_id, "client_secret": secret})


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
    known = isinstance(code, str) and code.replace("_", "").isalpha() and code.isascii() and len(code) <= 40
    return f", {code}" if known else ""
