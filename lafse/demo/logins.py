"""The file of log-ins that `make run` prints: in no repository, readable by one account only."""

import json
import os
from pathlib import Path

Row = dict[str, str]  # role, name, email, password


def read_password(path: Path) -> str:
    """Empty where there is none yet."""
    if not path.exists():
        return ""
    rows: list[Row] = json.loads(path.read_text())
    return rows[0]["password"] if rows else ""


def write(rows: list[Row], path: Path) -> None:
    """Nobody else can read it from the first byte on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(rows, file, indent=2)
    new.replace(path)
