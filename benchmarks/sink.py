"""A receiver that takes every mail and keeps none: so cheap that what is measured is the sender.

    python benchmarks/sink.py [MILLISECONDS]

Prints its port. Speaks PIPELINING, waits the milliseconds named before it accepts a mail, and needs nothing of ours.
"""

import asyncio
import sys

FIXED = {
    b"MAIL": b"250 2.1.0 OK\r\n",
    b"RCPT": b"250 2.1.5 OK\r\n",
    b"DATA": b"354 Go on\r\n",
    b"RSET": b"250 2.0.0 OK\r\n",
    b"NOOP": b"250 2.0.0 OK\r\n",
    b"HELO": b"250 sink\r\n",
    b"EHLO": b"250-sink\r\n250-8BITMIME\r\n250-SIZE 10000000\r\n250 PIPELINING\r\n",
    b"QUIT": b"221 2.0.0 Bye\r\n",
}
END = b"\r\n.\r\n"
ACCEPTED = b"250 2.0.0 Taken\r\n"


class Peer(asyncio.Protocol):
    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._read = b""
        self._in_data = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 sink ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        self._read += data
        while self._take_mail() if self._in_data else self._take_line():
            pass

    def _take_line(self) -> bool:
        line, newline, rest = self._read.partition(b"\r\n")
        if not newline:
            return False
        self._read = rest
        verb = line[:4].upper()
        self._in_data = verb == b"DATA"
        self._transport.write(FIXED.get(verb, b"500 5.5.1 What?\r\n"))
        return True

    def _take_mail(self) -> bool:
        _, end, rest = self._read.partition(END)
        if not end:
            return False
        self._read, self._in_data = rest, False
        if self._delay:
            asyncio.get_running_loop().call_later(self._delay, self._transport.write, ACCEPTED)
        else:
            self._transport.write(ACCEPTED)
        return True


async def main(delay: float) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Peer(delay), "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1] if len(sys.argv) > 1 else 0) / 1000))
