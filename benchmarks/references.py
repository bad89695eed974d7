"""The packages we are compared with, each in the same PostgreSQL and a virtual environment that is none of ours."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

HERE = Path(__file__).resolve().parent
PLACE = HERE.parent / ".run" / "bench-venv"
PACKAGES = {"django-post_office": ("post_office", "3.12.0"), "django-mailer": ("mailer", "2.3")}
SHARED = ("django", "psycopg2-binary")  # in our version, so that only the package differs


@dataclass(frozen=True)
class References:
    """Addresses of their databases, by package."""

    urls: Mapping[str, str]

    def speed(self, name: str, count: int, port: int, sample: object) -> float:
        """Messages a second."""
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(sample, file)
            file.flush()
            app = PACKAGES[name][0]
            command = [str(PLACE / "bin" / "python"), str(HERE / "reference_senders.py"), app, str(count), str(port)]
            environment = {**os.environ, "DATABASE_URL": self.urls[name], "SAMPLE": file.name}
            environment.pop("DJANGO_SETTINGS_MODULE", None)
            done = subprocess.run(
                command, env=environment, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
        return float(done.stdout.splitlines()[-1])


@contextmanager
def prepared() -> Iterator[References]:
    from tests import databases  # noqa: PLC0415  # settings must stand first

    install()
    names = {package: f"lafse_bench_{app}_{os.getpid()}" for package, (app, _) in PACKAGES.items()}
    for name in names.values():
        databases.as_owner(databases.MAIN["name"], f"CREATE DATABASE {name}")
    try:
        yield References({package: url_of(name) for package, name in names.items()})
    finally:
        for name in names.values():
            databases.as_owner(databases.MAIN["name"], f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def url_of(database: str) -> str:
    owner = settings.DATABASES["owner"]
    return f"postgres://{owner['USER']}:{owner['PASSWORD']}@{owner['HOST']}:{owner['PORT']}/{database}"


def install() -> None:
    wanted = [f"{name}=={version(name)}" for name in SHARED] + [f"{name}=={v}" for name, (_, v) in PACKAGES.items()]
    mark = PLACE / "installed"
    if mark.exists() and mark.read_text() == "\n".join(wanted):
        return
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(PLACE)], check=True)
    pip = [str(PLACE / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, *wanted], check=True)
    mark.write_text("\n".join(wanted))
