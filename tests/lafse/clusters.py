"""A PostgreSQL of the test's own, with the settings that `make run` gives it."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
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
    inherited = {name: value for name, value in os.environ.items() if name not in OF_THE_TEST_RUN}
    settings = {"DJANGO_SETTINGS_MODULE": "lafse.settings", "SECRET_KEY": "k" * 50, "PLAIN_STATIC": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=REPOSITORY,
        env={**inherited, **settings, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
