"""Everything between an empty database and a running site, in one process: starting Python and Django is what costs."""

import hashlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from lafse.services.folders import Folders
from lafse.services.progress import step

MIGRATIONS_AS = "owner"
HISTORY = 1500  # enquiries, so that figures are not empty on the first day


@dataclass(frozen=True)
class Step:
    title: str
    do: Callable[[], None]
    is_current: Callable[[], bool] = lambda: False


def prepare() -> None:
    for each in STEPS:
        if not each.is_current():
            with step(each.title):
                each.do()


def _need_the_owner() -> None:
    if MIGRATIONS_AS not in settings.DATABASES:
        raise ImproperlyConfigured(
            "DATABASE_OWNER_URL is not set. Their owner makes the tables: the address of DATABASE_URL, as lafse_owner."
        )


def _command(name: str, **options: int) -> Callable[[], None]:
    def call() -> None:
        call_command(name, verbosity=0, **options)

    return call


def _migrate() -> None:
    call_command("migrate", database=MIGRATIONS_AS, interactive=False, verbosity=0)


def _is_migrated() -> bool:
    executor = MigrationExecutor(connections[MIGRATIONS_AS])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _release() -> None:
    from outbox.release import release  # noqa: PLC0415  # models need Django set up

    release()


def _may_stay_locked() -> bool:
    """Only where nothing can leave do we say so ourselves; elsewhere it is the operator's word (release_sending)."""
    from outbox.release import refusal  # noqa: PLC0415  # as above

    return not settings.DEV_MAILBOX or refusal() is None


def _collect_static() -> None:
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    _static_note().write_text(_static_fingerprint())


def _static_is_current() -> bool:
    note = _static_note()
    return Path(settings.STATIC_ROOT).exists() and note.exists() and note.read_text() == _static_fingerprint()


def _static_fingerprint() -> str:
    """Names, sizes and times of all source files: reading them would cost more than it saves."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _static_note() -> Path:
    return Folders().run / "collected-static"


STEPS = (
    Step("Database tables", _migrate, _is_migrated),
    Step("Hubs and councils", _command("load_hubs")),
    Step("Postcodes of the United Kingdom", _command("load_postcodes")),
    Step("Demonstration people and cases", _command("demo", history=HISTORY)),
    Step("Release for sending", _release, _may_stay_locked),
    Step("Style sheets and scripts", _collect_static, _static_is_current),
)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lafse.settings")
    try:
        django.setup()
        _need_the_owner()
        prepare()
    except (ImproperlyConfigured, CommandError, OperationalError) as mistake:
        print(mistake, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
