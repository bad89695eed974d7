"""What the person at the terminal has set, in the environment or in .env. Ours never replaces theirs."""

import os
import re

from lafse.services.folders import CHECKOUT


def is_given(name: str) -> bool:
    return name in os.environ or name in _named_in_dotenv()


def _named_in_dotenv() -> set[str]:
    path = CHECKOUT / ".env"
    if not path.exists():
        return set()
    return set(
        re.findall(
            r"^\s*(?:export\s+)?([A-Za-z_][A-Za-z_0-9]*)\s*=",
            path.read_text(),
            re.MULTILINE,
        )
    )
