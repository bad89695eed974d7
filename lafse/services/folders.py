import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lafse.services.account import Account, servers_account
from lafse.services.failures import CannotStart

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Folders:
    """Everything this checkout keeps on disk. `home` is where the servers' data lie: usually `.run` itself."""

    checkout: Path = CHECKOUT

    @property
    def run(self) -> Path:
        return self.checkout / ".run"

    @property
    def log(self) -> Path:
        return self.run / "log"

    @property
    def secrets(self) -> Path:
        return self.run / "secrets"

    @property
    def start_lock(self) -> Path:
        return self.run / "start.lock"

    @property
    def usage_lock(self) -> Path:
        return self.run / "usage.lock"

    @property
    def keeper_lock(self) -> Path:
        return self.run / "keeper.lock"

    @property
    def keeper_pid(self) -> Path:
        return self.run / "keeper.pid"

    @cached_property
    def account(self) -> Account:
        return servers_account(self.run)

    @cached_property
    def home(self) -> Path:
        if self.account.reaches(self.run):
            return self.run
        return self._home_elsewhere()

    def prepare(self) -> None:
        """Create what is missing. Raises CannotStart when the folder belongs to somebody else."""
        try:
            self.run.mkdir(exist_ok=True)
            for folder in (self.log, self.secrets):
                folder.mkdir(exist_ok=True)
                folder.chmod(0o700)
        except PermissionError as refused:
            raise CannotStart(
                f"{refused.filename} belongs to another account. Run as that account, or remove {self.run}."
            ) from refused

    def _home_elsewhere(self) -> Path:
        """A root-owned checkout under /root, say, is closed to the account that the servers run as."""
        note = self.run / "home"
        if note.exists():
            home = Path(note.read_text().strip())
            if home.name.startswith(self._home_prefix) and _is_ours(home):
                return home
        home = Path(tempfile.mkdtemp(prefix=self._home_prefix, dir="/var/tmp"))  # nosec B108  # a folder of its own name
        home.chmod(0o711)
        note.write_text(f"{home}\n")
        return home

    @property
    def _home_prefix(self) -> str:
        """Names the checkout, so that a copied checkout does not adopt the original's data."""
        return f"lafse-{hashlib.sha256(os.fsencode(self.checkout)).hexdigest()[:12]}-"


def _is_ours(folder: Path) -> bool:
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
