"""What stands around the enquiries of some years: campaigns and what they cost, and ambassadors who have left since."""

from datetime import timedelta

from ambassadors.models import Ambassador
from campaigns.models import Code
from councils.tenancy import across
from councils.working_time import in_london
from lafse.demo.seed.carers import carer_row
from lafse.demo.seed.loading import load
from lafse.demo.seed.pushes import Push, codes_of, rows_of
from lafse.demo.seed.rows import Rows
from lafse.demo.seed.seasons import Seasons
from lafse.demo.seed.world import World


def write_history(world: World, enquiries: int) -> None:
    """Nothing without years."""
    if world.seasons is None:
        return
    rows = Rows()
    for push in world.pushes.all:
        told = {"by": world.offices[push.council].officers[0], "seed": world.seed}
        until = in_london(world.as_of).date()
        rows_of(push, come=_come(world, world.seasons, push, enquiries), until=until, rows=rows, **told)
    _carers(world, world.seasons, rows)
    with across(world.offices, reason="seed"):
        Code.objects.bulk_create(code for push in world.pushes.all for code in codes_of(push, world.hub))
        load(rows)


def _come(world: World, seasons: Seasons, push: Push, enquiries: int) -> float:
    """How many ask while it lasts, of those whom it is meant for: everybody, or one council's people."""
    share = seasons.share_between(world.days.number_of(push.first), world.days.number_of(push.last))
    return enquiries * share * (1 if push.council == world.hub_office else 1 / len(world.places.members))


def _carers(world: World, seasons: Seasons, rows: Rows) -> None:
    came = world.days.openings[seasons.first] - timedelta(days=30)
    for carer in world.carers.values():
        by = world.offices[carer.council].officers[0]
        rows.add(Ambassador, carer_row(carer, seed=world.seed, by=by, came=came, left=world.as_of - timedelta(hours=8)))
