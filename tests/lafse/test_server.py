"""What never reaches Django, or should not: asked of the real server."""

import re
import socket
import time

import pytest

from tests.lafse.sites import Site

RAW = {
    "10 MB": b"POST /enquire/postcode/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\n" + b"a" * 10_000_000,
    "an endless header": b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"a" * 100_000 + b"\r\n\r\n",
    "1,000 headers": b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X-A: b\r\n" * 1_000 + b"\r\n",
    "an endless address": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "NUL in a header": b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=\x00\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
}


@pytest.mark.parametrize("name", RAW)
def test_the_server_answers_broken_requests_with_4xx_at_once(site: Site, name: str) -> None:
    host, port = site.browser.base.removeprefix("http://").split(":")
    started = time.monotonic()
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        connection.sendall(RAW[name])
        answer = connection.recv(12)
    assert re.fullmatch(rb"HTTP/1\.1 4\d\d", answer)
    assert time.monotonic() - started < 1
