"""What happens by itself here, each minute; safe to run twice and beside itself."""

from collections.abc import Callable

from campaigns.actions.held import settle_held
from campaigns.actions.reminding import empty_those_erased, give_places_left, remind, thank

JOBS: tuple[Callable[[], object], ...] = (remind, thank, settle_held, give_places_left, empty_those_erased)
