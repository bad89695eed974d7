"""The figures of what was made up, before anybody looks at them."""

from django.db import transaction

from councils.models import Hub
from dashboards.actions.folding import lock
from dashboards.actions.rebuilding import SLICES, Progress, rebuild

_OF_A_SLICE = 500  # enquiries: fewer slices where there are few


def make_figures(hub: Hub, *, enquiries: int, tell: Progress | None = None) -> int:
    """From scratch, so that what waits to be folded, a million rows perhaps, need not be. How many journeys were told.

    A folder with much to do takes the lock again in the same moment in which it gives it away: who only tries gets it
    never, who waits gets it next.
    """
    slices = min(SLICES, max(1, enquiries // _OF_A_SLICE))
    with transaction.atomic():
        lock(hub, wait=True)
        return rebuild(hub, slices=slices, progress=tell) if tell else rebuild(hub, slices=slices)
