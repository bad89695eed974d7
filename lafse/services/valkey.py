import signal
import socket
import subprocess
import time
from pathlib import Path

from lafse.services.failures import CannotStart
from lafse.services.folders import Folders
from lafse.services.passwords import password, write_secret
from lafse.services.ports import LOOPBACK, remembered_port
from lafse.services.processes import end_survivors, spawn, stop
from lafse.services.programs import valkey_program

# The process keeps the command line it was started with: that is how survivors are found.
CONFIGURATION = """\
bind {host}
port {port}
requirepass {password}
dir "{folder}"
appendonly yes
maxmemory-policy noeviction
save ""
daemonize no
set-proc-title no
"""


class Valkey:
    name = "valkey"

    def __init__(self, folders: Folders) -> None:
        self.folders = folders
        self.program = valkey_program(folders)
        self.data = folders.home / "valkey"
        self.log = folders.log / "valkey.log"
        self.port = 0
        self.child: subprocess.Popen[bytes] | None = None

    def start(self, patience: float = 20) -> None:
        end_survivors(self.program.name, self.configuration, by=signal.SIGTERM)
        self.data.mkdir(exist_ok=True)
        self.folders.account.own(self.data, 0o700)
        self.port = remembered_port(self.folders, self.name)
        self._configure()
        self.child = spawn(
            [self.program, self.configuration],
            log=self.log,
            account=self.folders.account,
            folder=self.folders.home,
        )
        self._wait_until_ready(patience)

    def stop(self) -> None:
        if self.child:
            stop(self.child)

    def died(self) -> bool:
        return self.child is not None and self.child.poll() is not None

    @property
    def configuration(self) -> Path:
        return self.data / "valkey.conf"

    def _configure(self) -> None:
        """The password goes into a file of 0600: a command line is readable by everybody on the machine."""
        text = CONFIGURATION.format(
            host=LOOPBACK,
            port=self.port,
            password=password(self.folders, "valkey"),
            folder=self.data,
        )
        write_secret(self.configuration, text)
        self.folders.account.own(self.configuration, 0o600)

    def _wait_until_ready(self, patience: float) -> None:
        deadline = time.monotonic() + patience
        while not self._answers():
            if self.died() or time.monotonic() > deadline:
                raise CannotStart(f"Valkey did not start. See {self.log}.")
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            with socket.create_connection((LOOPBACK, self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {password(self.folders, 'valkey')}\r\nPING\r\n".encode())
                with connection.makefile("rb") as replies:
                    return [replies.readline(), replies.readline()] == [
                        b"+OK\r\n",
                        b"+PONG\r\n",
                    ]
        except OSError:
            return False
