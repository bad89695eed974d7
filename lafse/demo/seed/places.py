"""Where people live: postcodes of the loaded directory, as many in each council as it really has."""

from dataclasses import dataclass, replace

from councils.models import Area, CouncilArea, Hub
from councils.postcodes.grammar import letters_of, written
from councils.routing import Outcome, Route, directory, route
from enquiries.answers import RouteSnapshot
from enquiries.states import RouteChoice
from enquiries.whereabouts import snapshot_of
from lafse.demo.seed.draw import Draw

_EVERY = 5  # of the areas around: enough, and quicker
_OUTSIDE, _UNKNOWN, _NO_POSTCODE, _OTHER_COUNCIL, _NOT_SURE = 0.02, 0.005, 0.01, 0.006, 0.2
NOBODY = 0  # no council of the hub: the hub office


@dataclass(frozen=True, slots=True)
class Place:
    """`council` is a key, or NOBODY."""

    council: int
    choice: RouteChoice
    route: RouteSnapshot
    area_named: str = ""


class Places:
    def __init__(self, hub: Hub) -> None:
        assigned = CouncilArea.objects.filter(council__hub=hub, valid_to=None)
        ours = frozenset(assigned.values_list("area_code", flat=True))
        self.hub = hub
        self.inside = list(directory().keys_in(ours))
        towns = {letters_of(key) for key in self.inside}
        around = {area for town in towns for area in directory().areas_within(town)}
        english = Area.objects.filter(code__in=around - ours).order_by("code").values_list("code", flat=True)
        self.outside = list(directory().keys_in(frozenset(english[::_EVERY])))
        self.members = sorted(
            CouncilArea.objects.filter(area_code__in=ours).values_list("council", flat=True).distinct()
        )

    def somewhere(self, draw: Draw) -> Place:
        if draw.chance(_NO_POSTCODE):
            return Place(NOBODY, RouteChoice.NO_POSTCODE, RouteSnapshot())
        if draw.chance(_OUTSIDE):
            return self._placed(draw.choice(self.outside), draw)
        key = draw.choice(self.inside)
        if draw.chance(_UNKNOWN):
            key = f"{key[:-2]}ZZ"  # built since the release, or mistyped
        place = self._placed(key, draw)
        if draw.chance(_OTHER_COUNCIL):
            return replace(place, council=draw.choice(self.members), choice=RouteChoice.CHOSE_COUNCIL)
        return place

    def elsewhere(self, place: Place, draw: Draw) -> Place:
        """The same home, and another council of the hub that answers."""
        others = [council for council in self.members if council != place.council]
        return replace(place, council=draw.choice(others), choice=RouteChoice.CHOSE_COUNCIL)

    def _placed(self, key: str, draw: Draw) -> Place:
        typed = written(key)
        found = route(typed, hub=self.hub.slug)
        told = snapshot_of(found, typed)
        if found.must_ask:
            return _asked(found, told, draw)
        if found.outcome in (Outcome.ELSEWHERE_IN_ENGLAND, Outcome.OUTSIDE_ENGLAND) or not found.council_id:
            return Place(NOBODY, RouteChoice.OUTSIDE, told)
        return Place(found.council_id, RouteChoice.ROUTED, told)


def _asked(found: Route, told: RouteSnapshot, draw: Draw) -> Place:
    """Who sends the council tax bill? Most know."""
    if draw.chance(_NOT_SURE):
        candidates = (found.council, *found.candidates)
        return Place(next(each.id for each in candidates if each), RouteChoice.NOT_SURE, told)
    area = draw.choice(found.asked)
    if area.council is None:
        return Place(NOBODY, RouteChoice.OUTSIDE, told, area.code)
    return Place(area.council.id, RouteChoice.NAMED_AREA, told, area.code)
