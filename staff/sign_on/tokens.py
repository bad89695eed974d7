"""An id token: verified by OpenID Connect Core 1.0, section 3.1.3.7, and read. Pure: the keys are handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from django.utils.crypto import constant_time_compare

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384"})  # no shared secrets
LEEWAY = 60  # seconds by which clocks may differ
SUBJECT_LENGTH = 191  # what allauth's table holds; the specification allows 255
_REQUIRED = ["iss", "sub", "aud", "exp", "iat"]


class TokenRefused(Exception):
    """Says what is wrong, without anything that the token holds."""


@dataclass(frozen=True, slots=True)
class Identity:
    subject: str
    email: str  # in lower case; "" where the provider gives none, or says that nobody has checked it
    checked: bool  # the provider says that the address is theirs
    guest: bool  # of an Entra tenant: an account of another organisation
    second_factor: bool
    nonce: str


def read(token: str, *, keys: Mapping[str, Any], issuer: str, client_id: str) -> Identity:
    """The nonce is left to whoever knows which one was sent."""
    try:
        claims = jwt.decode(
            token,
            _key(token, keys),
            algorithms=sorted(ALGORITHMS),
            issuer=issuer,
            audience=client_id,
            leeway=LEEWAY,
            options={"require": _REQUIRED},
        )
    except jwt.PyJWTError as error:
        raise TokenRefused(type(error).__name__) from error
    _meant_for(client_id, claims)
    return _identity(claims)


def answers(identity: Identity, nonce: object) -> bool:
    """The token belongs to the request that sent this nonce."""
    return isinstance(nonce, str) and bool(nonce) and constant_time_compare(identity.nonce, nonce)


def _key(token: str, keys: Mapping[str, Any]) -> jwt.PyJWK:
    """By its id, or the only one. A key that is not public would make everybody a signer."""
    kid = jwt.get_unverified_header(token).get("kid")
    known = [key for key in jwt.PyJWKSet.from_dict(dict(keys)).keys if key.algorithm_name in ALGORITHMS]
    found = [key for key in known if key.key_id == kid] if kid else known
    if len(found) != 1:
        raise TokenRefused("unknown key")
    return found[0]


def _meant_for(client_id: str, claims: Mapping[str, Any]) -> None:
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else client_id) != client_id:
        raise TokenRefused("made for another client")


def _identity(claims: Mapping[str, Any]) -> Identity:
    subject, email, methods = claims["sub"], claims.get("email"), claims.get("amr")
    if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_LENGTH:
        raise TokenRefused("no usable subject")
    checked = claims.get("email_verified", claims.get("xms_edov"))
    return Identity(
        subject=subject,
        email=email.strip().lower() if isinstance(email, str) and not _denied(checked) else "",
        checked=checked is True or checked in ("true", "1", 1),
        guest=str(claims.get("acct")) == "1",
        second_factor=isinstance(methods, list) and "mfa" in methods,
        nonce=str(claims.get("nonce", "")),
    )


def _denied(checked: object) -> bool:
    return checked is False or checked in ("false", "False", "0", 0)
