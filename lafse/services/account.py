"""PostgreSQL refuses to run as root. Started by root, both servers run as `nobody` instead."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

OTHERS_MAY_ENTER = 0o001


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int

    @property
    def is_us(self) -> bool:
        return self.uid == os.geteuid()

    def reaches(self, folder: Path) -> bool:
        if self.is_us:
            return True
        return all(parent.stat().st_mode & OTHERS_MAY_ENTER for parent in (folder, *folder.parents))

    def own(self, path: Path, mode: int) -> None:
        if not self.is_us:
            os.chown(path, self.uid, self.gid)
        path.chmod(mode)


def servers_account(run: Path) -> Account:
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    return _owner_of_the_data(run / "postgres") or _nobody()


def _owner_of_the_data(data: Path) -> Account | None:
    """`make run` as an ordinary user first and as root later finds that user's data."""
    if not data.exists():
        return None
    found = data.stat()
    return Account(found.st_uid, found.st_gid) if found.st_uid else None


def _nobody() -> Account:
    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid)
