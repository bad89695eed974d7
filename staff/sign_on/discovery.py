"""What an identity provider says about itself, asked anew at each log-in: a few hundred a day do not need a cache that
would go on trusting a key which was withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from staff.sign_on.asking import ProviderWrong, fetch
from staff.sign_on.issuers import same_place
from staff.sign_on.tokens import ALGORITHMS

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


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


def _wants_header(document: Mapping[str, Any]) -> bool:
    """The default of the specification is the header; who offers both gets the form, where no colon is in the way."""
    return "client_secret_post" not in document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
