"""A GOV.UK Notify of the tests' own, on loopback. test_notify_server.py compares it with what is published.

It checks tokens with the official package's own function, the one that Notify's server uses. It keeps what it takes by
reference, and answers as the test says: `then(…)` plans the next answers.
"""

import json
import threading
import uuid
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from notifications_python_client.authentication import decode_jwt_token, get_token_issuer
from notifications_python_client.errors import TokenError

SERVICE = "11111111-2222-4333-8444-555555555555"
SECRET = "66666666-7777-4888-9999-aaaaaaaaaaaa"
KEY = f"tests-{SERVICE}-{SECRET}"
AT = "2026-11-22T09:00:00.000000Z"


@dataclass(frozen=True)
class Plan:
    """`stores`: whether the message is taken before anything else happens. `hangs_up`: no answer at all."""

    status: int = 0
    error: str = ""
    stores: bool = False
    hangs_up: bool = False
    body: bytes | None = None


@dataclass
class Notify:
    url: str = ""
    taken: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    plans: deque[Plan] = field(default_factory=deque)
    released: threading.Event = field(default_factory=threading.Event)

    def then(self, *plans: Plan) -> None:
        self.plans.extend(plans)

    def take(self, kind: str, sent: dict[str, Any]) -> dict[str, Any]:
        notification = {
            "id": str(uuid.uuid4()),
            "reference": sent.get("reference"),
            "email_address": sent.get("email_address"),
            "phone_number": sent.get("phone_number"),
            **{f"line_{number}": None for number in range(1, 7)},
            "postcode": None,
            "type": kind,
            "status": "created",
            "template": {"id": sent["template_id"], "version": 1, "uri": f"{self.url}/v2/template/1"},
            "body": sent.get("personalisation", {}).get("body", ""),
            "subject": sent.get("personalisation", {}).get("subject"),
            "created_at": AT,
            "sent_at": None,
            "completed_at": None,
            "given": sent,
        }
        self.taken.append(notification)
        return notification


@contextmanager
def running() -> Iterator[Notify]:
    notify = Notify()

    class Handler(_Handler):
        of = notify

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    notify.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield notify
    finally:
        notify.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    of: Notify
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        self.of.asked.append(f"GET {asked.path}")
        if self._is_let_in() and not self._planned("", {}):
            wanted = parse_qs(asked.query).get("reference", [None])[0]
            found = [each for each in self.of.taken if each["reference"] == wanted]
            shown = [{name: value for name, value in each.items() if name != "given"} for each in found]
            self._answer(200, {"notifications": shown, "links": {"current": self.of.url + self.path}})

    def do_POST(self) -> None:
        kind = self.path.rsplit("/", 1)[-1]
        self.of.asked.append(f"POST {self.path}")
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self._is_let_in() and not self._planned(kind, sent):
            if fault := _fault(kind, sent):
                self._refuse(400, "ValidationError", fault)
            else:
                self._created(kind, sent)

    def _is_let_in(self) -> bool:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            known = bool(get_token_issuer(token) == SERVICE)
            decode_jwt_token(token, SECRET)
        except TokenError:
            known = False
        if not known:
            self._refuse(403, "AuthError", "Invalid token: API key not found")
        return known

    def _planned(self, kind: str, sent: dict[str, Any]) -> bool:
        if not self.of.plans:
            return False
        plan = self.of.plans.popleft()
        if plan.stores:
            self.of.take(kind, sent)
        if plan.hangs_up:
            self.close_connection = True
            self.connection.close()
        elif plan.body is not None:
            self._write(plan.status, plan.body)
        elif plan.status:
            self._refuse(plan.status, plan.error, "A sentence that may change")
        else:
            self.of.released.wait(10)  # says nothing
            self.close_connection = True
        return True

    def _created(self, kind: str, sent: dict[str, Any]) -> None:
        made = self.of.take(kind, sent)
        content: dict[str, str] = {"body": made["body"]}
        if kind == "email":
            content |= {"subject": made["subject"], "from_email": "hub@notifications.service.gov.uk"}
        else:
            content |= {"from_number": "GOVUK"}
        answer = {name: made[name] for name in ("id", "reference", "template")}
        self._answer(201, {**answer, "content": content, "uri": f"{self.of.url}/v2/notifications/{made['id']}"})

    def _refuse(self, status: int, error: str, message: str) -> None:
        self._answer(status, {"status_code": status, "errors": [{"error": error, "message": message}]})

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        self._write(status, json.dumps(body).encode())

    def _write(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _fault(kind: str, sent: dict[str, Any]) -> str:
    """What the published schema of the request refuses."""
    name, shortest, longest = {"email": ("email_address", 5, 250), "sms": ("phone_number", 7, 16)}[kind]
    if not shortest <= len(sent.get(name, "")) <= longest or (kind == "email" and "@" not in sent[name]):
        return f"{name} is not valid"
    try:
        uuid.UUID(sent.get("template_id", ""))
    except ValueError:
        return "template_id is not a valid UUID"
    return ""
