"""The dialogue itself: servers that want TLS, a log-in, or all the time in the world."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest

from outbox.channels.smtp import Server, Smtp
from outbox.models import Message
from outbox.outcomes import Outcome, Verdict

MAIL = Message(to_address="erin@example.org", from_address="Hub <no-reply@example.org>", mime=b"A: b\r\n\r\nText\r\n")
Script = Callable[[socket.socket], None]


@contextmanager
def server(script: Script) -> Iterator[int]:
    """One connection, answered by hand."""
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def answer() -> None:
            with closing(listening.accept()[0]) as peer:
                script(peer)

        thread = threading.Thread(target=answer)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(10)


def answers(*lines: str) -> Script:
    def script(peer: socket.socket) -> None:
        for line in lines:
            peer.sendall(line.encode() + b"\r\n")
            peer.recv(4096)

    return script


def outcome(
    script: Script, *, user: str = "", starttls: bool = False, tls: bool = False, deadline: float = 5
) -> Outcome:
    with server(script) as port:
        here = Server("127.0.0.1", port, user, "secret", starttls, tls, "hub.example.org")
        with closing(Smtp(here, deadline)) as channel:
            return channel.send(MAIL)


def test_a_log_in_that_is_refused_blames_no_message() -> None:
    refused = outcome(answers("220 hi", "250-hub\r\n250 AUTH PLAIN", "535 5.7.8 No"), user="hub")
    assert (refused.verdict, refused.code, refused.ends_run) == (Verdict.HOLD, "smtp_535_5.7.8", True)


def test_without_the_tls_that_was_asked_for_nothing_is_said() -> None:
    refused = outcome(answers("220 hi", "250 hub"), starttls=True)
    assert (refused.verdict, refused.ends_run) == (Verdict.HOLD, True)


def test_a_server_that_speaks_no_tls_gets_nothing() -> None:
    refused = outcome(answers("220 this is no TLS"), tls=True)
    assert (refused.verdict, refused.ends_run) == (Verdict.HOLD, True)


def test_a_greeting_that_sends_us_away_blames_no_message() -> None:
    refused = outcome(answers("554 5.7.1 Blocked"))
    assert (refused.verdict, refused.ends_run) == (Verdict.HOLD, True)


def test_a_server_too_busy_to_greet_is_tried_later() -> None:
    assert outcome(answers("421 Busy")).verdict is Verdict.RETRY


def test_a_server_that_crawls_meets_the_deadline() -> None:
    """A byte every tenth of a second never meets a timeout that starts anew with every byte."""

    def crawl(peer: socket.socket) -> None:
        try:
            for _ in range(100):
                peer.sendall(b"2")
                time.sleep(0.1)
        except OSError:
            pass

    began = time.monotonic()
    late = outcome(crawl, deadline=1)
    assert (late.verdict, late.code) == (Verdict.RETRY, "TimeoutError")
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        (("220 hi", "250 hub", "250 ok", "250 ok"), Verdict.RETRY),
        (("220 hi", "250 hub", "250 ok", "250 ok", "354 go"), Verdict.UNKNOWN),
    ],
    ids=["before the mail", "after the final dot"],
)
def test_a_break_is_ambiguous_only_after_the_final_dot(lines: tuple[str, ...], verdict: Verdict) -> None:
    assert outcome(answers(*lines)).verdict is verdict


def test_silence_after_the_final_dot_is_ambiguous() -> None:
    def silent(peer: socket.socket) -> None:
        answers("220 hi", "250 hub", "250 ok", "250 ok", "354 go")(peer)
        time.sleep(1.5)

    assert outcome(silent, deadline=1).verdict is Verdict.UNKNOWN
