"""What happens by itself."""

from collections.abc import Callable

EACH_MINUTE: tuple[Callable[[], object], ...] = ()
