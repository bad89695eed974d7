"""Input that no browser sends gets a plain 4xx at once and leaves nothing behind."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from councils.rate_limits import Limit, exceeded
from enquiries.models import Draft

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

FORM = "application/x-www-form-urlencoded"
BOUNDARY = "multipart/form-data; boundary=x"


@dataclass(frozen=True)
class Sent:
    status: int
    path: str = ""  # the form's first page where empty
    body: bytes | None = None
    kind: str = FORM
    headers: dict[str, str] = field(default_factory=dict)


def part(name: str, value: bytes, *more: str) -> bytes:
    lines = [f'Content-Disposition: form-data; name="{name}"', *more]
    return b"--x\r\n" + "\r\n".join(lines).encode() + b"\r\n\r\n" + value + b"\r\n--x--\r\n"


BROKEN = {
    "10 MB": Sent(413, body=b"postcode=" + b"a" * 10_000_000),
    "10 MB in parts": Sent(413, body=part("postcode", b"a" * 10_000_000), kind=BOUNDARY),
    "1,000 fields": Sent(400, body=b"&".join(b"f%d=1" % n for n in range(1_000))),
    "1,000 parts": Sent(
        400,
        body=b"".join(part(f"f{n}", b"1").removesuffix(b"--x--\r\n") for n in range(1_000)) + b"--x--\r\n",
        kind=BOUNDARY,
    ),
    "NUL in the body": Sent(400, body=b"postcode=SO23%008UJ"),
    "NUL in a field's name": Sent(400, body=b"postcode%00=SO23"),
    "raw NUL in the body": Sent(400, body=b"postcode=SO23\x008UJ"),
    "NUL in a part": Sent(400, body=part("postcode", b"SO23\x00"), kind=BOUNDARY),
    "NUL in a part in base64": Sent(
        400, body=part("postcode", b"AAAAAA==", "Content-Transfer-Encoding: base64"), kind=BOUNDARY
    ),
    "broken UTF-8 in the body": Sent(400, body=b"postcode=%C3%28"),
    "broken UTF-8 in a part": Sent(400, body=part("postcode", b"\xc3\x28"), kind=BOUNDARY),
    "half a surrogate in the body": Sent(400, body=b"postcode=%ED%A0%80"),
    "a part without an end": Sent(400, body=b"--x\r\nContent-Disposition", kind="multipart/form-data; boundary="),
    "another character set": Sent(415, body=b"postcode=+AAA-", kind=f"{FORM}; charset=utf-7"),
    "parts in another character set": Sent(415, body=part("postcode", b"+AAA-"), kind=f"{BOUNDARY}; charset=utf-7"),
    "an unknown content type": Sent(415, body=b"<postcode/>", kind="application/xml"),
    "JSON": Sent(415, body=b'{"postcode": "SO23 8UJ"}', kind="application/json"),
    "NUL in the path": Sent(400, path="/councils/kent%00/"),
    "NUL in the query": Sent(400, path="/?a=%00"),
    "broken UTF-8 in the query": Sent(400, path="/?a=%C3%28"),
    "broken UTF-8 in the path": Sent(404, path="/councils/%C3%28/"),
    "an endless address": Sent(414, path="/?a=" + "b" * 5_000),
    "NUL in a cookie": Sent(400, headers={"cookie": 'sessionid="\\000aaaaaaaaaaaaaaaa"'}),
    "an unknown host": Sent(400, path="/", headers={"host": "evil.example"}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_input_is_refused_at_once_and_leaves_nothing(db: None, name: str) -> None:
    reverse("pages:home")  # the addresses are read once, by the first request
    sent, before = BROKEN[name], stored()
    response = send(sent)
    assert response.status_code == sent.status
    assert stored() == before


def send(sent: Sent) -> "Answer":
    client = Client()
    if sent.body is None:
        return client.get(sent.path or "/", headers=sent.headers)
    path = sent.path or reverse("enquire:postcode")
    return client.generic("POST", path, sent.body, content_type=sent.kind, headers=sent.headers)


def stored() -> list[tuple[str, int]]:
    """Rows written by this transaction or before, by table, whatever the scope."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins FROM pg_stat_xact_user_tables WHERE n_tup_ins > 0 ORDER BY 1")
        return list(cursor.fetchall())


def test_a_refusal_is_a_page_that_says_what_to_do(db: None) -> None:
    assert "longer than this form can take" in send(BROKEN["10 MB"]).content.decode()
    assert "characters in it that we cannot read" in send(BROKEN["NUL in the query"]).content.decode()


def test_what_was_refused_and_which_limit_was_reached_is_logged(db: None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    send(BROKEN["NUL in the query"])
    limit = Limit("a limit of this test", times=1, seconds=60)
    assert [exceeded(limit, uuid4().hex) for _ in range(2)] == [False, False], "each counts by itself"
    who = uuid4().hex
    assert [exceeded(limit, who) for _ in range(2)] == [False, True]
    assert "'event': 'refused'" in caplog.text and "'status': 400" in caplog.text
    assert "'event': 'rate limit reached'" in caplog.text and limit.name in caplog.text
    assert who not in caplog.text


def test_a_refusal_carries_the_same_protection_as_a_page(db: None) -> None:
    refusal, page = send(BROKEN["NUL in the query"]), Client().get("/")
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Request-Id"):
        assert (name in refusal) == (name in page) is True


TYPED: dict[str, Callable[[], dict[str, str]]] = {
    "CR/LF in a name": lambda: {"name": "Ann\r\nBcc: everybody@example.org", "email": "ann@example.org"},
    "LF at the end of an address": lambda: {"name": "Ann", "email": "ann@example.org\n"},
    "text turned round": lambda: {"name": "Ann \u202etxet", "email": "ann@example.org"},
    "only invisible letters": lambda: {"name": "\u200b\u200b", "email": "ann@example.org"},
}


@pytest.mark.parametrize("name", TYPED)
def test_tricks_in_a_field_are_refused_by_the_form(db: None, name: str) -> None:
    client = Client()
    client.post(reverse("enquire:postcode"), {"postcode": "SO23 8UJ"})
    client.post(reverse("enquire:reason"), {"reason": "new"})
    before = [bytes(draft.ciphertext) for draft in Draft.objects.all()]
    response = client.post(reverse("enquire:details"), TYPED[name]())
    assert 400 <= response.status_code < 500
    assert [bytes(draft.ciphertext) for draft in Draft.objects.all()] == before != []


def test_honest_input_passes(db: None) -> None:
    client = Client()
    response = client.post(reverse("enquire:postcode"), {"postcode": "SO23 8UJ", "note": "Siân Ó Briain ✉ 你好"})
    assert response.status_code == 302
    assert client.generic("POST", "/", part("a", b"b"), content_type=BOUNDARY).status_code == 405


def test_search_engines_are_kept_out_of_the_form_the_staff_site_and_what_is_counted(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    refused = [line for line in answer.content.decode().splitlines() if line.startswith("Disallow")]
    assert refused == ["Disallow: /staff/", "Disallow: /enquire/", "Disallow: /go/", "Disallow: /c/"]


def test_a_browser_that_asks_for_an_icon_by_itself_is_sent_to_ours(client: Client) -> None:
    assert "hub" in client.get("/favicon.ico").headers["Location"]


def test_an_unknown_host_is_no_error_of_ours_and_not_named(
    db: None, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/", headers={"host": "evil.example"})
    assert [record.levelname for record in caplog.records if "unknown host" in str(record.msg)] == ["WARNING"]
    assert "evil.example" not in caplog.text
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
