"""The pure decision which council answers for a postcode: no database, no clock. `councils.routing` feeds it."""

from councils.routes.answer import AskedArea, Outcome, Route, Signpost
from councils.routes.decision import decide
from councils.routes.snapshot import (
    AreaRef,
    Assignment,
    CouncilRef,
    HubRef,
    Override,
    Snapshot,
    UnknownHub,
    View,
    view_of,
)

__all__ = [
    "AreaRef",
    "AskedArea",
    "Assignment",
    "CouncilRef",
    "HubRef",
    "Outcome",
    "Override",
    "Route",
    "Signpost",
    "Snapshot",
    "UnknownHub",
    "View",
    "decide",
    "view_of",
]
