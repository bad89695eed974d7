"""The dialogue itself: servers that want TLS, a log-in, or all the time in the world."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager

import pytest

from outbox.channels.deadline import Deadline, Link
from outbox.channels.smtp import Server, Smtp
from outbox.models import Message
from outbox.outcomes import Outcome, Verdict
from tests.outbox.conftest import free_port

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


EHLO = "250-hub\r\n250 PIPELINING"


def asked(peer: socket.socket, *lines: str) -> bytes:
    """Answer with these lines at once, and give what is said next."""
    peer.sendall("".join(f"{line}\r\n" for line in lines).encode())
    return peer.recv(65536)


def test_a_server_that_takes_several_commands_gets_them_together() -> None:
    heard: list[bytes] = []

    def pipelining(peer: socket.socket) -> None:
        asked(peer, "220 hi")
        heard.append(asked(peer, EHLO))
        heard.append(asked(peer, "250 sender", "250 recipient", "354 go"))
        asked(peer, "250 taken")

    assert outcome(pipelining).verdict is Verdict.SENT
    assert heard == [
        b"MAIL FROM:<no-reply@example.org>\r\nRCPT TO:<erin@example.org>\r\nDATA\r\n",
        b"A: b\r\n\r\nText\r\n.\r\n",
    ]


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        (["250 sender", "550 5.1.1 No such user", "503 nobody to deliver to"], Verdict.NO_SUCH_ADDRESS),
        (["550 5.7.1 Not you", "503 no sender", "503 no sender"], Verdict.HOLD),
        (["250 sender", "250 recipient", "452 4.3.1 Full"], Verdict.RETRY),
        (["250 sender", "421 4.3.2 Going down"], Verdict.RETRY),
        (["250 sender"], Verdict.RETRY),
    ],
    ids=["recipient", "sender", "data", "going down", "broken off"],
)
def test_commands_that_travel_together_are_answered_one_by_one(lines: list[str], verdict: Verdict) -> None:
    def pipelining(peer: socket.socket) -> None:
        asked(peer, "220 hi")
        asked(peer, EHLO)
        peer.sendall("".join(f"{line}\r\n" for line in lines).encode())

    assert outcome(pipelining).verdict is verdict


def test_a_server_that_asks_for_a_text_with_nobody_to_deliver_to_gets_none() -> None:
    """RFC 2920, 3.1. The connection then carries the next message."""
    heard: list[bytes] = []

    def obliging(peer: socket.socket) -> None:
        asked(peer, "220 hi")
        asked(peer, EHLO)
        heard.append(asked(peer, "250 sender", "550 5.1.1 No such user", "354 go"))
        asked(peer, "554 no recipients")
        asked(peer, "250 reset")
        heard.append(asked(peer, "250 sender", "250 recipient", "354 go"))
        asked(peer, "250 taken")

    with server(obliging) as port, closing(Smtp(Server("127.0.0.1", port, "", "", False, False, "hub"), 5)) as channel:
        verdicts = [channel.send(MAIL).verdict, channel.send(MAIL).verdict]
    assert verdicts == [Verdict.NO_SUCH_ADDRESS, Verdict.SENT]
    assert heard[0] == b".\r\n"


def test_a_host_with_many_addresses_has_no_more_time_than_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of them answers: what is sent to a queue that is full is dropped."""
    with ExitStack() as opened:
        full = opened.enter_context(closing(socket.socket()))
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(3):
            waiting = opened.enter_context(closing(socket.socket()))
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        known, port = socket.getaddrinfo, full.getsockname()[1]
        four = known("127.0.0.1", port, type=socket.SOCK_STREAM) * 4
        monkeypatch.setattr(
            socket, "getaddrinfo", lambda host, *rest, **more: four if host == "many" else known(host, *rest, **more)
        )
        began = time.monotonic()
        there = Server("many", port, "", "", False, False, "hub")
        assert Smtp(there, 0.5).send(MAIL).verdict is Verdict.RETRY
        assert time.monotonic() - began < 1


def test_the_second_address_of_a_host_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    known = socket.getaddrinfo
    with server(answers("220 hi", "250 hub", "535 5.7.8 No")) as port:
        two = [
            known(host, at, type=socket.SOCK_STREAM)[0]
            for host, at in (("127.0.0.1", free_port()), ("127.0.0.1", port))
        ]
        monkeypatch.setattr(
            socket, "getaddrinfo", lambda host, *rest, **more: two if host == "two" else known(host, *rest, **more)
        )
        with closing(Smtp(Server("two", port, "", "", False, False, "hub"), 5)) as channel:
            assert channel.send(MAIL).reply == "535 5.7.8 No"


def test_a_domain_with_letters_beyond_ascii_is_written_as_dns_has_it() -> None:
    heard: list[bytes] = []

    def listening(peer: socket.socket) -> None:
        for line in ("220 hi", "250 hub", "250 sender", "550 5.1.1 Nobody", "250 reset"):
            peer.sendall(line.encode() + b"\r\n")
            heard.append(peer.recv(4096))

    mail = Message(to_address="erin@m\xfcller.example", from_address=MAIL.from_address, mime=MAIL.mime)
    with server(listening) as port, closing(Smtp(Server("127.0.0.1", port, "", "", False, False, "hub"), 5)) as channel:
        assert channel.send(mail).verdict is Verdict.NO_SUCH_ADDRESS
    assert b"RCPT TO:<erin@xn--mller-kva.example>\r\n" in heard


def test_an_address_cannot_add_a_command() -> None:
    with server(answers("220 hi", "250 hub")) as port, Link("127.0.0.1", port, "hub", Deadline(5)) as link:
        link.ehlo()
        with pytest.raises(ValueError, match="stay on its line"):
            next(link.answers_to("RCPT TO:<a@b.example>\r\nRCPT TO:<c@d.example>"))
