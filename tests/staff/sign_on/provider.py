"""An OpenID Connect provider of the tests' own, on loopback. test_provider.py compares it with the specification.

It refuses what a real one refuses: an unknown client or address to go back to, a code used twice, a wrong verifier or
secret. It keeps what it was asked, and misbehaves as the test says.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from tests.staff.sign_on import screen

Claims = dict[str, Any]
Fields = Mapping[str, str]
CLIENT_ID, SECRET = "c1d2e3f4-0000-4000-8000-000000000001", "a secret: with/odd %characters"


@cache
def new_key(name: str) -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True)
class Grant:
    subject: str
    redirect_uri: str
    challenge: str
    nonce: str


@dataclass
class Provider:
    """`people`: claims by subject. `bends`: changes an id token's claims before they are signed."""

    issuer: str = ""
    client_id: str = CLIENT_ID
    people: dict[str, Claims] = field(default_factory=dict)
    returns_to: set[str] = field(default_factory=set)
    asked: list[tuple[str, str]] = field(default_factory=list)
    bends: Callable[[Claims], Claims] = dict
    signs_with: str = "published"
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    document_says: dict[str, Any] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    waits: float = 0.0
    grants: dict[str, Grant] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def knows(self, subject: str, email: str = "", **claims: Any) -> None:
        self.people[subject] = {"email": email, "email_verified": True, "name": subject} | claims

    def document(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "email", "profile"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
            "grant_types_supported": ["authorization_code"],
        } | self.document_says

    def keys(self) -> dict[str, Any]:
        key = jwt.algorithms.RSAAlgorithm.to_jwk(new_key("published").public_key(), as_dict=True)
        return {"keys": [key | {"kid": "published", "use": "sig", "alg": "RS256"}]}

    def grant(self, asked: Fields, subject: str) -> str:
        """Somebody has logged in here: where they are sent. RFC 6749, section 4.1.2."""
        code = secrets.token_urlsafe(16)
        self.grants[code] = Grant(subject, asked["redirect_uri"], asked["code_challenge"], asked.get("nonce", ""))
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def exchange(self, form: Fields, header: str) -> tuple[int, dict[str, Any]]:
        if not self._is_client(form, header):
            return 401, {"error": "invalid_client", "error_description": "for kate@example.org"}
        grant = self.grants.pop(form.get("code", ""), None)
        if grant is None or form.get("redirect_uri") != grant.redirect_uri:
            return 400, {"error": "invalid_grant"}
        if _challenge(form.get("code_verifier", "")) != grant.challenge:
            return 400, {"error": "invalid_grant"}
        access = secrets.token_urlsafe(16)
        self.tokens[access] = grant.subject
        answer = {"access_token": access, "token_type": "Bearer", "expires_in": 3600}
        return 200, answer | {"id_token": self.id_token(grant.subject, grant.nonce)}

    def id_token(self, subject: str, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": self.client_id, "sub": subject, "iat": now, "exp": now + 300}
        claims |= ({"nonce": nonce} if nonce else {}) | self.people[subject]
        return jwt.encode(self.bends(claims), new_key(self.signs_with), algorithm="RS256", headers={"kid": "published"})

    def _is_client(self, form: Fields, header: str) -> bool:
        given = (form.get("client_id", ""), form.get("client_secret", ""))
        if header.startswith("Basic "):
            name, _, secret = base64.b64decode(header[6:]).decode().partition(":")
            given = (unquote(name), unquote(secret))
        return given == (self.client_id, SECRET)

    def objection(self, asked: Fields) -> str:
        """Why it would not even show its log-in page."""
        if asked.get("client_id") != self.client_id or asked.get("redirect_uri") not in self.returns_to:
            return "unknown client, or an address that was not registered"
        if asked.get("response_type") != "code" or "openid" not in asked.get("scope", "").split():
            return "not a request for a code"
        if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge") or not asked.get("state"):
            return "no proof key, or no state"
        return ""


def _challenge(verifier: str) -> str:
    """RFC 7636, section 4.2."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


@contextmanager
def running(**settings: Any) -> Iterator[Provider]:
    provider = Provider(**settings)

    class Handler(_Handler):
        of = provider

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}/tenant"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    of: Provider
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        path = self._noted(parts.path)
        if path in self.of.moved:
            self._redirect(self.of.issuer + self.of.moved[path])
        elif path in self.of.answers:
            self._send(*self.of.answers[path])
        elif path == "/.well-known/openid-configuration":
            self._json(200, self.of.document())
        elif path == "/keys":
            self._json(200, self.of.keys())
        elif path == "/authorize":
            self._authorize(asked)
        elif path == "/userinfo":
            self._userinfo()
        else:
            self._json(404, {"error": "not_found"})

    def do_POST(self) -> None:
        path = self._noted(urlsplit(self.path).path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        if path in self.of.answers:
            self._send(*self.of.answers[path])
        elif path == "/token":
            self._json(*self.of.exchange(form, self.headers.get("Authorization", "")))
        else:
            self._json(404, {"error": "not_found"})

    def _noted(self, path: str) -> str:
        path = path.removeprefix("/tenant")
        self.of.asked.append((self.command, path))
        time.sleep(self.of.waits)
        return path

    def _authorize(self, asked: Fields) -> None:
        """`as`: which of its people; `error`: they say no."""
        objection = self.of.objection(asked)
        if objection:
            self._send(400, objection.encode())
        elif "error" in asked:
            sent = urlencode({"error": asked["error"], "state": asked["state"]})
            self._redirect(f"{asked['redirect_uri']}?{sent}")
        elif "as" in asked:
            self._redirect(self.of.grant(asked, asked["as"]))
        else:
            self._send(200, screen.page(asked, self.of.people).encode(), "text/html; charset=utf-8")

    def _userinfo(self) -> None:
        subject = self.of.tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
        if subject is None:
            self._json(401, {"error": "invalid_token"})
        else:
            self._json(200, {"sub": subject} | self.of.people[subject])

    def _redirect(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _json(self, status: int, document: Mapping[str, Any]) -> None:
        self._send(status, json.dumps(document).encode())

    def _send(self, status: int, body: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        return
