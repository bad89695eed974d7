"""The harness's side of the mail server: it sets the mode and reads the record."""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from lafse.services.folders import CHECKOUT
from lafse.services.processes import spawn, stop
from tests.faults import certificates
from tests.faults.sink import Mode
from tests.faults.waiting import answers


@dataclass(frozen=True)
class Record:
    """`copies`: how many of each Message-ID's left part were kept. `bad`: how often it misbehaved how."""

    copies: Counter[str]
    bad: Counter[str]


@dataclass
class MailServer:
    folder: Path
    port: int
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        self.folder.mkdir()
        self.behave(Mode.ACCEPT)
        for name in ("good", "bad"):
            certificates.make(self.folder / f"{name}.pem")
        command = [sys.executable, "-m", "tests.faults.sink", str(self.port), str(self.folder)]
        self.process = spawn(command, log=self.folder / "log", folder=CHECKOUT)
        answers(self.port)

    def stop(self) -> None:
        stop(self.process)

    def behave(self, mode: Mode) -> None:
        draft = self.folder / "mode.new"
        draft.write_text(mode.value)
        draft.replace(self.folder / "mode")

    @property
    def url(self) -> str:
        return f"smtp+tls://hub:secret@127.0.0.1:{self.port}"

    @property
    def trusted(self) -> Path:
        return self.folder / "good.pem"

    def position(self) -> int:
        record = self.folder / "record"
        return record.stat().st_size if record.exists() else 0

    def since(self, position: int) -> Record:
        with (self.folder / "record").open("rb") as file:
            file.seek(position)
            lines = [json.loads(line) for line in file.read().split(b"\n")[:-1]]
        return Record(
            Counter(line["copy"] for line in lines if "copy" in line),
            Counter(line["bad"] for line in lines if "bad" in line),
        )
