"""A PostgreSQL of the test's own, with the settings that `make run` gives it."""

import ast
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.lafse.checkouts import OF_THE_TEST_RUN, REPOSITORY, checkout


@dataclass(frozen=True)
class Cluster:
    """`environment`: the addresses, as a command of this checkout sees them."""

    environment: dict[str, str]
    log: Path
    secrets: Path

    @property
    def app(self) -> str:
        return self.environment["DATABASE_URL"]

    @property
    def owner(self) -> str:
        return self.environment["DATABASE_OWNER_URL"]

    @property
    def superuser(self) -> str:
        to = urlsplit(self.app)
        password = next(self.secrets.glob("postgres*")).read_text().strip()
        return f"postgres://postgres:{password}@{to.hostname}:{to.port}/lafse"


@contextmanager
def cluster() -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with checkout(Path(folder) / "checkout") as made, made.in_use() as environment:
            yield Cluster(environment, made.run_folder / "log/postgres.log", made.run_folder / "secrets")


def run_python(program: str, **environment: str) -> str:
    """What it printed, with the project's settings and these variables."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=REPOSITORY,
        env=_variables(environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _variables(environment: Mapping[str, str]) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in OF_THE_TEST_RUN}
    settings = {"DJANGO_SETTINGS_MODULE": "lafse.settings", "SECRET_KEY": "k" * 50, "PLAIN_STATIC": "1"}
    return {**inherited, **settings, **environment}


_FORKING = """
import django, io, os, sys, traceback
from contextlib import redirect_stdout
django.setup()
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        said, status = io.StringIO(), 0
        try:
            with redirect_stdout(said):
                exec(eval(line), {})
        except BaseException:
            status = 1
            traceback.print_exc(file=said)
        print(repr((status, said.getvalue())), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""


class Forks:
    """As `run_python`, for many programs: what every process reads first is read once. Each has a process of its own
    that has done nothing before."""

    def __init__(self, **environment: str) -> None:
        self.parent = subprocess.Popen(
            [sys.executable, "-c", _FORKING],
            cwd=REPOSITORY,
            env=_variables(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, program: str) -> str:
        assert self.parent.stdin
        assert self.parent.stdout
        print(repr(program), file=self.parent.stdin, flush=True)
        status, said = ast.literal_eval(self.parent.stdout.readline())
        assert status == 0, said
        return str(said)

    def stop(self) -> None:
        self.parent.communicate()
