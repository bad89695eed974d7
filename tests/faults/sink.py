"""The mail server of the harness: as good, and as bad, as real ones. A process of its own.

    python -m tests.faults.sink PORT FOLDER

It offers STARTTLS and asks for a log-in, as providers do. `FOLDER/mode` says what it does now; a file, so that whoever
kills everything else does not change it. `FOLDER/record` gets a line for each mail, on the disk before it is answered,
and one for each time that it misbehaved.
"""

import asyncio
import json
import os
import re
import ssl
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

MESSAGE_ID = re.compile(rb"(?im)^message-id:\s*<([^>@\s]+)@")
SLOWLY = 0.7  # seconds between the mail on the disk and the 250
CRAWLING = 0.5  # seconds between two letters
LONGER_THAN_ANYBODY_WAITS = 60.0
VISITORS = "@visitors.example.org"


class Mode(StrEnum):
    ACCEPT = "accept"
    SLOW = "slow"
    BUSY = "421 to the connection"
    LATER = "450 to the recipient"
    NO_MAILBOX = "550 5.1.1 to the recipient"
    POLICY = "550 5.7.1 to the recipient"
    HANG = "silent after the dot"
    DROP = "keeps the mail and hangs up before 250"
    CRAWL = "a letter every half second"
    BAD_TLS = "a certificate of nobody"
    BAD_LOGIN = "535 to the log-in"


class HangUp(Exception):
    """The server breaks the connection off."""


class Office:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._record = (folder / "record").open("ab", buffering=0)
        self.good, self.bad = context(folder / "good.pem"), context(folder / "bad.pem")

    @property
    def mode(self) -> Mode:
        return Mode((self._folder / "mode").read_text())

    def keep(self, message: bytes, recipient: str) -> None:
        found = MESSAGE_ID.search(message)
        self._write(copy=found[1].decode() if found else "", to=recipient)

    def misbehaved(self, mode: Mode) -> None:
        self._write(bad=mode.value)

    def _write(self, **told: str) -> None:
        self._record.write(json.dumps(told).encode() + b"\n")
        os.fsync(self._record.fileno())


def context(certificate: Path) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate)
    return made


class Conversation:
    def __init__(self, office: Office, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._office, self._reader, self._writer = office, reader, writer
        self._recipient = ""
        self._encrypted = False

    async def hold(self) -> None:
        with suppress(OSError, ssl.SSLError, asyncio.IncompleteReadError, HangUp):
            await self._greet()
            while line := await self._reader.readline():
                await self._obey(line.decode(errors="replace").strip())
        self._writer.close()

    async def _greet(self) -> None:
        if self._is(Mode.BUSY):
            await self._say("421 4.3.2 Come back later")
            raise HangUp
        await self._say("220 sink ESMTP")

    async def _obey(self, line: str) -> None:
        verb = line.split(" ")[0].upper()
        match verb:
            case "EHLO" | "HELO":
                offered = ["AUTH PLAIN"] if self._encrypted else ["STARTTLS"]
                await self._say(
                    *(f"250-{each}" for each in ["sink", "8BITMIME", "PIPELINING", *offered]), "250 SIZE 9999999"
                )
            case "STARTTLS":
                await self._encrypt()
            case "AUTH":
                await self._let_in()
            case "RCPT":
                await self._take_recipient(line)
            case "DATA":
                await self._take_mail()
            case "QUIT":
                await self._say("221 2.0.0 Bye")
                raise HangUp
            case "MAIL" | "RSET" | "NOOP":
                await self._say("250 2.0.0 OK")
            case _:
                await self._say("500 5.5.1 What?")

    async def _encrypt(self) -> None:
        await self._say("220 2.0.0 Go on")
        bad = self._is(Mode.BAD_TLS)
        await self._writer.start_tls(self._office.bad if bad else self._office.good)
        self._encrypted = True

    async def _let_in(self) -> None:
        if self._is(Mode.BAD_LOGIN):
            await self._say("535 5.7.8 Who are you?")
        else:
            await self._say("235 2.7.0 Welcome")

    async def _take_recipient(self, line: str) -> None:
        self._recipient = line.partition("<")[2].partition(">")[0]
        for mode, answer in _TO_RECIPIENTS.items():
            # An address that does not work is spared for good, and the councils' own are needed again.
            if (mode is not Mode.NO_MAILBOX or self._recipient.endswith(VISITORS)) and self._is(mode):
                await self._say(answer)
                return
        await self._say("250 2.1.5 OK")

    async def _take_mail(self) -> None:
        await self._say("354 Go on")
        message = (await self._reader.readuntil(b"\r\n.\r\n"))[:-3]
        if self._is(Mode.HANG):
            await asyncio.sleep(LONGER_THAN_ANYBODY_WAITS)
            raise HangUp
        self._office.keep(message, self._recipient)
        if self._is(Mode.DROP):
            raise HangUp
        if self._is(Mode.SLOW):
            await asyncio.sleep(SLOWLY)
        await self._say("250 2.0.0 Kept")

    def _is(self, mode: Mode) -> bool:
        """Whether it is to misbehave so; then that it did is written down."""
        if self._office.mode is not mode:
            return False
        self._office.misbehaved(mode)
        return True

    async def _say(self, *lines: str) -> None:
        answer = "".join(f"{line}\r\n" for line in lines).encode()
        if self._office.mode is Mode.CRAWL:
            await self._crawl(answer)
        else:
            self._writer.write(answer)
            await self._writer.drain()

    async def _crawl(self, answer: bytes) -> None:
        self._office.misbehaved(Mode.CRAWL)
        for letter in answer:
            self._writer.write(bytes([letter]))
            await self._writer.drain()
            await asyncio.sleep(CRAWLING)


_TO_RECIPIENTS = {
    Mode.LATER: "450 4.2.0 Later",
    Mode.NO_MAILBOX: "550 5.1.1 No such mailbox",
    Mode.POLICY: "550 5.7.1 Not from you",
}


async def main(port: int, folder: Path) -> None:
    office = Office(folder)

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await Conversation(office, reader, writer).hold()

    server = await asyncio.start_server(converse, "127.0.0.1", port, limit=1 << 22)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2])))
