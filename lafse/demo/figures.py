"""The figures of what was made up, before anybody looks at them."""

from councils.models import Hub
from dashboards.actions.rebuilding import SLICES, Progress, rebuild, rebuild_by_two, silent

_OF_A_SLICE = 500  # enquiries: fewer slices where there are few
_MANY = 10_000  # enquiries: a second process is worth its start


def make_figures(hub: Hub, *, enquiries: int, tell: Progress | None = None) -> int:
    """From scratch, so that what waits to be folded, a million rows perhaps, need not be. How many journeys were told.

    A folder with much to do takes the lock again in the same moment in which it gives it away: who only tries gets it
    never, who waits gets it next.
    """
    slices = min(SLICES, max(1, enquiries // _OF_A_SLICE))
    make = rebuild_by_two if enquiries >= _MANY else rebuild
    return make(hub, slices=slices, progress=tell or silent, wait=True)
