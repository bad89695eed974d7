"""A second process of long work is never left over."""

import os
import signal
from pathlib import Path

from dashboards.actions.helping import helper
from lafse.demo.seed import fill
from tests.dying import die, killed
from tests.faults.waiting import until

MORE_THAN_A_PIPE_HOLDS = 1_000_000


def works(pid: int) -> bool:
    """Not where it only waits to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def assert_gone(others: list[int]) -> None:
    try:
        until(lambda: not any(map(works, others)), within=10, what="the other processes end")
    finally:
        for pid in filter(works, others):
            os.kill(pid, signal.SIGKILL)


def test_the_second_process_ends_when_the_first_is_killed(tmp_path: Path) -> None:
    """Also where it has something to hand over, which nobody takes any more."""
    told = tmp_path / "pid"

    def begins_and_dies() -> None:
        with helper() as other:
            told.write_text(str(other.submit(os.getpid).result()))
            other.submit(bytes, MORE_THAN_A_PIPE_HOLDS)
            die()

    assert killed(begins_and_dies)
    assert_gone([int(told.read_text())])


def test_those_who_sow_end_when_the_first_is_killed(committed_db: None, tmp_path: Path) -> None:
    told = tmp_path / "pids"

    def dies(done: int, of: int) -> None:
        told.write_text(Path(f"/proc/self/task/{os.getpid()}/children").read_text())
        die()

    assert killed(lambda: fill(enquiries=2300, seed=3, tell=dies, processes=2))
    others = [int(pid) for pid in told.read_text().split()]
    assert len(others) == 2
    assert_gone(others)
