"""What the person at the terminal has set, in the environment or in .env. Ours never replaces theirs."""

import os

from lafse.misspelt import named_in
from lafse.services.folders import CHECKOUT


def is_given(name: str) -> bool:
    return name in os.environ or name in named_in(CHECKOUT / ".env")
