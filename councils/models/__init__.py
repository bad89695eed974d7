from councils.models.doors import Door
from councils.models.events import Event, EventDetail
from councils.models.households import HouseholdKey
from councils.models.hubs import Assignment, Council, CouncilKind, FirstContact, Hub
from councils.models.people import Absence, Membership, User
from councils.models.places import Area, CouncilArea, PostcodeOverride, PostcodeRelease, RoutingVersion
from councils.models.rights import Erasure, ErasureRequest, LegalHold, RetentionRule
from councils.models.todos import ToDo

__all__ = [
    "Absence",
    "Area",
    "Assignment",
    "Council",
    "CouncilArea",
    "CouncilKind",
    "Door",
    "Erasure",
    "ErasureRequest",
    "Event",
    "EventDetail",
    "FirstContact",
    "HouseholdKey",
    "Hub",
    "LegalHold",
    "Membership",
    "PostcodeOverride",
    "PostcodeRelease",
    "RetentionRule",
    "RoutingVersion",
    "ToDo",
    "User",
]
