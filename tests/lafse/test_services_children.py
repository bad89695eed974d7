"""Web, worker and beat under the launcher."""

import sys
import time
from pathlib import Path

import pytest

from lafse.services.children import HEALTHY_AFTER, LONGEST_PAUSE, SHORTEST_PAUSE, Child, children, stop_all
from lafse.services.folders import Folders


def child(folder: Path, source: str) -> Child:
    return Child("worker", [sys.executable, "-c", source], {}, folder / "log")


def test_a_child_that_dies_is_announced_and_started_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dying = child(tmp_path, "raise SystemExit(3)")
    dying.start()
    first = dying.process
    first.wait()
    dying.look_after()
    assert "worker died (exit code 3); starting it again in 1 s" in capsys.readouterr().out
    dying.due = time.monotonic()
    dying.look_after()
    assert dying.process is not first
    dying.process.wait()


def test_each_death_doubles_the_pause_up_to_a_limit(tmp_path: Path) -> None:
    dying = child(tmp_path, "raise SystemExit(3)")
    pauses = []
    for _ in range(7):
        dying.start()
        dying.process.wait()
        pauses.append(dying.pause)
        dying.look_after()
    assert pauses == [1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE]


def test_a_death_after_a_long_healthy_life_counts_as_the_first(tmp_path: Path) -> None:
    dying = child(tmp_path, "raise SystemExit(3)")
    dying.pause = LONGEST_PAUSE
    dying.start()
    dying.process.wait()
    dying.started -= HEALTHY_AFTER + 1
    dying.look_after()
    assert dying.due is not None
    assert dying.due - time.monotonic() <= SHORTEST_PAUSE


def test_a_child_that_ignores_the_request_to_stop_is_killed(tmp_path: Path) -> None:
    deaf = child(
        tmp_path, "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(600)"
    )
    deaf.start()
    while not (tmp_path / "log").read_text():
        time.sleep(0.01)
    stop_all([deaf], patience=0.2)
    assert deaf.died()


def test_no_child_holds_the_key_to_another_role(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://lafse_owner:password@127.0.0.1/lafse")
    (tmp_path / ".run").mkdir()
    given = {"DATABASE_URL": "postgres://lafse_app", "DATABASE_ERASER_URL": "postgres://lafse_eraser"}
    *others, eraser = children(Folders(tmp_path), given, 8000)
    for started in others:
        assert {name for name in started.environment if name.startswith("DATABASE")} == {"DATABASE_URL"}
    assert eraser.name == "eraser"
    assert {name for name in eraser.environment if name.startswith("DATABASE")} == set(given)


def test_every_child_listens_on_loopback_only(tmp_path: Path) -> None:
    (tmp_path / ".run").mkdir()
    web, *others = children(Folders(tmp_path), {}, 8123)
    assert web.command[web.command.index("--bind") + 1] == "127.0.0.1:8123"
    assert all("--bind" not in other.command for other in others)
