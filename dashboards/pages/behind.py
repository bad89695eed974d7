"""The list behind a figure, for those who may see cases. The regional lead may not, and is shown no link.

The list shows cases as they are today, whenever they came: it has no filter by month. Pages say so.
"""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.http import urlencode

from councils.access import Access
from dashboards.states import Stage
from enquiries.board import DueFilter, Which
from enquiries.states import State

# How the list of enquiries is narrowed, by figure and by stage.
OF_FIGURE: Mapping[str, Mapping[str, str]] = {
    "enquiries": {"state": Which.ALL},
    "promise_missed": {"due": DueFilter.MISSED},
    "promise_running": {"due": DueFilter.PROMISED},
    "approvals": {"state": State.APPROVED},
    "passed_on": {"state": State.PASSED_ON},
    "not_yet": {"state": State.NOT_YET},
}
OF_STAGE: Mapping[str, str] = {
    Stage.ENQUIRED: State.NEW,
    Stage.REACHED: State.IN_CONTACT,
    Stage.VISITED: State.VISITED,
    Stage.APPLIED: State.APPLIED,
    Stage.ASSESSED: State.IN_ASSESSMENT,
    Stage.PANEL: State.PANEL,
    Stage.APPROVED: State.APPROVED,
}


def board(access: Access, council: int | None = None, **narrowed: str) -> str:
    """The address of the list of enquiries, narrowed; empty for whoever may not open it. An access of one council is
    to that one's, also for somebody who works for several."""
    if council is None and len(access.councils) == 1:
        (council,) = access.councils
    if not access.councils or (council is not None and council not in access.councils):
        return ""
    wish = narrowed if council is None else {**narrowed, "council": str(council)}
    return f"{reverse('admin:enquiries_enquiry_changelist')}?{urlencode(wish)}"


def list_of(figure: str, access: Access, council: int | None = None) -> str:
    """Empty where the list has no filter for it, too."""
    narrowed = OF_FIGURE.get(figure)
    return board(access, council, **narrowed) if narrowed else ""
