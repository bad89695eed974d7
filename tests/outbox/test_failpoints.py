"""Failpoints do what the harness orders, once, and refuse to exist in production."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from lafse.environment import Environment
from outbox.failpoints import no_failpoints_in_production
from tests.lafse.checkouts import REPOSITORY
from tests.lafse.clusters import run_python

REACH = """
from django.conf import settings
settings.configure(FAILPOINTS={folder!r})
from outbox.failpoints import reach
reach("after-dot")
print("went on")
"""


def reached(folder: str) -> subprocess.CompletedProcess[str]:
    program = REACH.format(folder=folder)
    return subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=False)


def test_whoever_reaches_an_armed_place_ends_itself_and_the_next_goes_on(tmp_path: Path) -> None:
    (tmp_path / "after-dot").write_text("SIGKILL")
    assert reached(str(tmp_path)).returncode == -signal.SIGKILL
    assert reached(str(tmp_path)).stdout == "went on\n"


def test_another_place_and_no_folder_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "before-dot").write_text("SIGKILL")
    assert reached(str(tmp_path)).stdout == "went on\n"
    assert reached("").stdout == "went on\n"


def test_production_does_not_start_with_them() -> None:
    with pytest.raises(AssertionError, match="FAILPOINTS is for the fault harness and never for production"):
        run_python(
            "import django; django.setup()",
            FAILPOINTS="/nowhere",
            DEBUG="0",
            DATABASE_URL="postgres://x/x",
            REDIS_URL="redis://x",
        )
    run_python(
        "import django; django.setup()",
        FAILPOINTS="/nowhere",
        DEBUG="1",
        DATABASE_URL="postgres://x/x",
        REDIS_URL="redis://x",
    )


def test_the_setting_is_read_only_while_debugging(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAILPOINTS", "/tmp/failpoints")  # noqa: S108  # never opened
    environment = Environment(Path("/nonexistent/.env"))
    assert environment.only_while_debugging("FAILPOINTS", debug=True)
    with pytest.raises(ImproperlyConfigured, match="FAILPOINTS is for the fault harness"):
        environment.only_while_debugging("FAILPOINTS", debug=False)


def test_the_deployment_check_finds_them() -> None:
    assert settings.FAILPOINTS == ""
    assert no_failpoints_in_production() == []
    with override_settings(FAILPOINTS="folder"):
        assert [error.id for error in no_failpoints_in_production()] == ["outbox.E001"]
