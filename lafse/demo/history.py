"""Two years before the demonstration begins, so that its figures tell something on the first day.

Enquiries of which most have ended, and none waits for a first call; campaigns of the hub and of a few councils,
conversations with ambassadors, words on days.
"""

from datetime import date

from councils.clock import hub_now
from councils.models import Hub, User
from councils.tenancy import as_hub
from councils.working_time import in_london
from dashboards.models import Annotation
from dashboards.tables import as_of
from lafse.demo.figures import make_figures
from lafse.demo.seed import Past, fill, is_sown
from lafse.demo.seed.pushes import OF_THE_HUB

SEED, YEARS = 0, 2
_BY = "hannah@example.org"


def make_history(hub: Hub, *, enquiries: int) -> int:
    """Once. How many enquiries."""
    if is_sown(hub, SEED):
        return 0
    fill(enquiries=enquiries, seed=SEED, past=Past(YEARS, settled=True))
    _write_on_days(hub)
    return enquiries


def count_at_once(hub: Hub, *, enquiries: int) -> None:
    """Before anybody looks; from then on what happens is folded within seconds."""
    if as_of(hub.pk) is None:
        make_figures(hub, enquiries=enquiries)


def _write_on_days(hub: Hub) -> None:
    today, by = in_london(hub_now()).date(), User.objects.get(email=_BY)
    begun = [(date(year, *kind.first), kind.name) for year in (today.year - 1, today.year) for kind in OF_THE_HUB]
    with as_hub(hub):
        Annotation.objects.bulk_create(
            Annotation(hub=hub, on=on, words=f"“{name}” begins", by=by) for on, name in begun if on < today
        )
