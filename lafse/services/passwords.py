import os
import secrets
from pathlib import Path

from lafse.services.folders import Folders


def password(folders: Folders, name: str) -> str:
    """Generated once for each checkout, readable by its owner only."""
    path = folders.secrets / name
    if not path.exists():
        write_secret(path, secrets.token_urlsafe(48))
    return path.read_text()


def write_secret(path: Path, text: str) -> None:
    """Complete and 0600 from its first moment, or not there at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)
