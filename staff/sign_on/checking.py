"""Before people try it: is what the operator wrote down what the provider says?"""

import secrets

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.fernet import InvalidToken
from django.conf import settings

from staff.models import SignOn
from staff.secrets import decrypted
from staff.sign_on.asking import ProviderWrong, ask_for_token, fetch
from staff.sign_on.discovery import discover, document_of, problems
from staff.sign_on.issuers import objection
from staff.sign_on.tokens import ALGORITHMS


def faults(sign_on: SignOn) -> list[str]:
    """Sentences for the operator; empty: all that can be seen from here is right."""
    objected = objection(sign_on.issuer, plain_loopback=not settings.SECURE)
    if objected:
        return [objected]
    try:
        decrypted(sign_on.secret)
        found = problems(document_of(sign_on.issuer), sign_on.issuer)
        return found or [*_of_keys(sign_on), *_of_the_secret(sign_on)]
    except InvalidToken:
        return ["Its secret was encrypted with another SECRET_KEY: manage.py sign_on secret."]
    except OAuth2Error as error:
        return [str(error)]


def _of_keys(sign_on: SignOn) -> list[str]:
    try:
        keys = jwt.PyJWKSet.from_dict(dict(fetch("GET", discover(sign_on.issuer).jwks_uri))).keys
    except jwt.PyJWTError:
        keys = []
    usable = [key for key in keys if key.algorithm_name in ALGORITHMS]
    return [] if usable else ["It publishes no key that we can verify a signature with."]


def _of_the_secret(sign_on: SignOn) -> list[str]:
    """A code that was never given out is refused by everybody; only a wrong secret is called `invalid_client`."""
    discovery = discover(sign_on.issuer)
    form = {"code": secrets.token_urlsafe(16), "redirect_uri": settings.BASE_URL, "code_verifier": "x" * 43}
    given = {"client_id": sign_on.client_id, "secret": decrypted(sign_on.secret)}
    try:
        ask_for_token(discovery.token_endpoint, **given, in_header=discovery.secret_in_header, form=form)
    except ProviderWrong as error:
        return ["It refuses our client id or secret: has the secret run out?"] if "_client" in str(error) else []
    return []
