"""The second process of long work is never left over."""

import os
import signal
from pathlib import Path

from dashboards.actions.helping import helper
from tests.dying import die, killed
from tests.faults.waiting import until

MORE_THAN_A_PIPE_HOLDS = 1_000_000


def works(pid: int) -> bool:
    """Not where it only waits to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def test_the_second_process_ends_when_the_first_is_killed(tmp_path: Path) -> None:
    """Also where it has something to hand over, which nobody takes any more."""
    told = tmp_path / "pid"

    def begins_and_dies() -> None:
        with helper() as other:
            told.write_text(str(other.submit(os.getpid).result()))
            other.submit(bytes, MORE_THAN_A_PIPE_HOLDS)
            die()

    assert killed(begins_and_dies)
    second = int(told.read_text())
    try:
        until(lambda: not works(second), within=10, what="the second process ends")
    finally:
        if works(second):
            os.kill(second, signal.SIGKILL)
