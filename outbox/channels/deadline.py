"""smtplib under one deadline. Its own timeout counts from byte to byte: a server that crawls would never meet it."""

import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from typing import Any

_CHUNK = 4096


class Deadline:
    def __init__(self, seconds: float) -> None:
        self.renew(seconds)

    def renew(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds

    def remaining(self) -> float:
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class Lines:
    """What smtplib reads answers from, instead of a buffered file that knows no deadline."""

    def __init__(self, sock: Any, deadline: Deadline) -> None:
        self._sock, self._deadline, self._read = sock, deadline, b""

    def readline(self, limit: int) -> bytes:
        while b"\n" not in self._read and len(self._read) < limit:
            self._sock.settimeout(self._deadline.remaining())
            chunk = self._sock.recv(_CHUNK)
            if not chunk:
                return b""
            self._read += chunk
        line, newline, self._read = self._read.partition(b"\n")
        return line + newline

    def close(self) -> None:
        pass


class Link(smtplib.SMTP):
    """Connects at once; SMTPConnectError where the greeting is not 220."""

    def __init__(self, host: str, port: int, our_name: str, deadline: Deadline) -> None:
        self.deadline = deadline
        super().__init__(host, port, local_hostname=our_name, timeout=deadline.remaining())

    def send(self, s: Any) -> None:
        if self.sock:
            self.sock.settimeout(self.deadline.remaining())  # sendall takes it for the whole of what it sends
        super().send(s)

    @property
    def pipelines(self) -> bool:
        return self.has_extn("pipelining")

    def answers_to(self, *commands: str) -> Iterator[tuple[int, bytes]]:
        """One for each, when it is asked for: without pipelining the next command waits for the last one's answer."""
        lines = [f"{_one_line(command)}\r\n" for command in commands]
        if self.pipelines:
            self.send("".join(lines))
        for line in lines:
            if not self.pipelines:
                self.send(line)
            yield self.getreply()

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return _connected(host, port, self.deadline)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None:
            self.file = Lines(self.sock, self.deadline)
        return super().getreply()


class TlsLink(Link):
    """TLS from the first byte, certificate checked (smtplib.SMTP_SSL's own default checks none)."""

    def _get_socket(self, host: str, port: int, timeout: float) -> ssl.SSLSocket:
        plain = _connected(host, port, self.deadline)
        plain.settimeout(self.deadline.remaining())
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def _connected(host: str, port: int, deadline: Deadline) -> socket.socket:
    """To one of the host's addresses, all under the one deadline: create_connection gives each of them all the time.

    The end of a text must not wait until the server has acknowledged its beginning (Nagle's algorithm).
    """
    refusal = OSError("the host has no address")
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for tried, (*_, where) in enumerate(found):
        share = deadline.remaining() / (len(found) - tried)
        try:
            sock = socket.create_connection((str(where[0]), port), share)
        except OSError as error:
            refusal = error
        else:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return sock
    raise refusal


def _one_line(command: str) -> str:
    if not command.isprintable():
        raise ValueError("a command does not stay on its line")
    return command
