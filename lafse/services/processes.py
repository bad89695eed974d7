"""Child processes that never outlive us, and the survivors of a `kill -9`."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

from lafse.services.account import Account

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(
    None, use_errno=True
)  # loaded before any fork: a child must not load libraries between fork and exec


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path | None,
    when_parent_dies: signal.Signals = signal.SIGTERM,
    account: Account | None = None,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> subprocess.Popen[bytes]:
    """In a session of its own, so that Ctrl-C in the terminal reaches us only and we stop things in order.

    Without a log it writes to our terminal. `preexec_fn` runs after the change of user, which would undo prctl.
    """
    drop = account if account and not account.is_us else None
    with log.open("ab") if log else nullcontext() as output:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            user=drop.uid if drop else None,
            group=drop.gid if drop else None,
            extra_groups=[] if drop else None,
            preexec_fn=dies_with_parent(when_parent_dies),
            env=environment,
            cwd=folder,
        )


def dies_with_parent(with_signal: signal.Signals) -> Callable[[], None]:
    """Linux only; elsewhere children are stopped by us or, after our own `kill -9`, found by `survivors`."""
    parent = os.getpid()

    def ask_the_kernel() -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        if sys.platform == "linux":
            _libc.prctl(PR_SET_PDEATHSIG, int(with_signal))
            if os.getppid() != parent:  # it died between fork and prctl
                os._exit(1)

    return ask_the_kernel


def stop(
    child: subprocess.Popen[bytes],
    *,
    by: signal.Signals = signal.SIGTERM,
    patience: float = 10,
) -> None:
    if child.poll() is not None:
        return
    child.send_signal(by)
    try:
        child.wait(patience)
    except subprocess.TimeoutExpired:
        kill_group(child)
        child.wait()


def kill_group(child: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)  # `spawn` made it the leader of its group
    except ProcessLookupError:
        return


def survivors(program: str, argument: str | Path) -> list[int]:
    """Living processes of this program with exactly this argument. A zombie has no command line, a reused pid another.

    /proc/<pid>/cmdline, because /proc/<pid>/cwd of another account is closed even to root in an ordinary container.
    """
    return [pid for pid in _pids() if _runs(_command_line(pid), program, os.fsencode(argument))]


def end_survivors(program: str, argument: str | Path, *, by: signal.Signals, patience: float = 5) -> None:
    """Asks once, then insists."""
    deadline = time.monotonic() + patience
    for pid in survivors(program, argument):
        _signal(pid, by)
    while pids := survivors(program, argument):
        if time.monotonic() > deadline:
            for pid in pids:
                _signal(pid, signal.SIGKILL)
        time.sleep(0.05)


def _runs(command: list[bytes], program: str, argument: bytes) -> bool:
    return Path(os.fsdecode(command[0])).name == program and argument in command


def _signal(pid: int, by: signal.Signals) -> None:
    try:
        os.kill(pid, by)
    except ProcessLookupError:
        return


def _pids() -> list[int]:
    proc = Path("/proc")
    if not proc.is_dir():
        return []
    return [int(entry.name) for entry in proc.iterdir() if entry.name.isdecimal() and int(entry.name) != os.getpid()]


def _command_line(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return [b""]
