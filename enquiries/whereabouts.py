"""Who answers: from the postcode, from what the person said about it, and from the council they would rather have."""

from dataclasses import dataclass
from functools import cached_property

from councils.models import Council, CouncilKind, Hub
from councils.routing import AskedArea, Outcome, Route, route
from enquiries.answers import RouteSnapshot
from enquiries.models import Enquiry
from enquiries.states import RouteChoice

NOT_SURE = "not_sure"


@dataclass(frozen=True)
class Whereabouts:
    hub: Hub
    typed: str = ""  # the postcode as typed
    without: bool = False  # went on without a postcode
    area_named: str = ""  # an area code, or NOT_SURE
    chosen: str = ""  # slug of the council asked for

    @cached_property
    def councils(self) -> list[Council]:
        """The hub's councils and its office, in one query."""
        return list(Council.objects.filter(hub=self.hub))

    @property
    def members(self) -> list[Council]:
        return [council for council in self.councils if council.kind == CouncilKind.COUNCIL]

    @property
    def office(self) -> Council:
        return next(council for council in self.councils if council.kind == CouncilKind.HUB_OFFICE)

    @cached_property
    def route(self) -> Route | None:
        return route(self.typed, hub=self.hub.slug) if self.typed.strip() else None

    @property
    def asks_area(self) -> bool:
        return self.route is not None and not self.without and self.route.must_ask

    @property
    def is_outside(self) -> bool:
        """Lives where no council of the hub fosters, as far as we know."""
        if self.route is None or self.without:
            return False
        if self.area is not None:
            return self.area.council is None
        return self.route.outcome in {Outcome.ELSEWHERE_IN_ENGLAND, Outcome.OUTSIDE_ENGLAND}

    @property
    def area(self) -> AskedArea | None:
        """The one that the person named."""
        asked = self.route.asked if self.route else ()
        return next((area for area in asked if area.code == self.area_named), None)

    @property
    def home(self) -> Council | None:
        """The council of the hub where the person lives, as far as we know."""
        if self.route is None or self.without or self.is_outside:
            return None
        if self.area and self.area.council:
            return self.council_of(self.area.council.id)
        if self.route.council:
            return self.council_of(self.route.council.id)
        return self.council_of(self.route.candidates[0].id) if self.route.candidates else None

    @property
    def council(self) -> Council:
        """Who answers. Whom we cannot place the hub office takes: nobody is turned away."""
        asked_for = next((council for council in self.members if council.slug == self.chosen), None)
        return asked_for or self.home or self.office

    @property
    def choice(self) -> RouteChoice:
        if self.chosen and self.council != self.home:
            return RouteChoice.CHOSE_COUNCIL
        if self.route is None or self.without:
            return RouteChoice.NO_POSTCODE
        if self.is_outside:
            return RouteChoice.OUTSIDE
        if self.area is not None:
            return RouteChoice.NAMED_AREA
        return RouteChoice.NOT_SURE if self.asks_area or self.home is None else RouteChoice.ROUTED

    @property
    def possible(self) -> frozenset[int]:
        """The councils that may answer for this postcode, where it is not quite clear which."""
        if self.route is None:
            return frozenset()
        near = {area.council.id for area in self.route.asked if area.council}
        return frozenset({*near, *(each.id for each in self.route.candidates), *filter(None, [self.route.council_id])})

    def council_of(self, pk: int) -> Council:
        return next(council for council in self.councils if council.pk == pk)

    def snapshot(self) -> RouteSnapshot:
        return snapshot_of(self.route, self.typed) if self.route else RouteSnapshot()


def snapshot_of(found: Route, typed: str) -> RouteSnapshot:
    known = found.outcome != Outcome.NOT_A_POSTCODE
    return RouteSnapshot(
        typed=typed,
        postcode=found.postcode if known else "",
        outcome=found.outcome.value,
        council_id=found.council_id,
        candidates=tuple(candidate.slug for candidate in found.candidates),
        authority=found.authority or "",
        area=found.area or "",
        reason=found.reason,
        release=found.release,
        version=found.version,
    )


def elsewhere_of(case: Enquiry) -> Council | None:
    """The other council of the hub to which the postcode of this case belongs, if it belongs to one. One query."""
    place = Whereabouts(hub=case.council.hub, typed=case.postcode, without=not case.postcode)
    return None if case.council_id in place.possible else place.home
