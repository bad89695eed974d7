"""What happens by itself here, each minute; safe to run twice and beside itself."""

from collections.abc import Callable

JOBS: tuple[Callable[[], object], ...] = ()
