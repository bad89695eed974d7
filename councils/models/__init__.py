from councils.models.doors import Door
from councils.models.events import Event, EventDetail
from councils.models.households import HouseholdKey
from councils.models.hubs import Assignment, Council, CouncilKind, FirstContact, Hub
from councils.models.people import Absence, Membership, User
from councils.models.places import Area, CouncilArea, PostcodeOverride, PostcodeRelease, RoutingVersion
from councils.models.todos import ToDo

__all__ = [
    "Absence",
    "Area",
    "Assignment",
    "Council",
    "CouncilArea",
    "CouncilKind",
    "Door",
    "Event",
    "EventDetail",
    "FirstContact",
    "HouseholdKey",
    "Hub",
    "Membership",
    "PostcodeOverride",
    "PostcodeRelease",
    "RoutingVersion",
    "ToDo",
    "User",
]
