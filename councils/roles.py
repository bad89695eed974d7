"""What a person may be, and what each may do: one table."""

from collections.abc import Iterable
from enum import StrEnum, auto
from functools import cache

from django.db import models


class Role(models.TextChoices):
    OFFICER = "officer", "Officer"
    MANAGER = "manager", "Manager"
    SAFEGUARDING = "safeguarding", "Safeguarding"
    COORDINATOR = "coordinator", "Ambassador coordinator"
    CAMPAIGN_EDITOR = "campaign_editor", "Campaign editor"
    HUB_OFFICER = "hub_officer", "Hub officer"
    HUB_MANAGER = "hub_manager", "Hub manager"
    DATA_ANALYST = "data_analyst", "Hub data analyst"
    REGIONAL_LEAD = "regional_lead", "Regional lead"
    OPERATOR = "operator", "Operator"


class Permission(StrEnum):
    SEE_CASES = auto()
    WORK_CASES = auto()
    ENTER_CALLS = auto()
    CLOSE_CASES = auto()
    RELEASE_QUARANTINE = auto()
    CHANGE_SETTINGS = auto()
    SEE_MESSAGES = auto()
    SEE_FIGURES = auto()  # of every council of the hub
    SEE_OWN_FIGURES = auto()  # of one's own council, beside the middle of the region
    SEND_FIGURES = auto()  # to colleagues by email, week by week
    TAKE_FILE = auto()  # the statistical file with a line a household
    CONFIRM_OUTCOMES = auto()  # say how applications stand, one by one or by a list
    ASSIGN_CASES = auto()  # to a colleague; one's own one takes
    EXPORT_CASES = auto()
    EXPORT_CONTACTS = auto()  # names and how to reach people among it: for who manages the council itself
    SAFEGUARD = auto()  # read and write safeguarding notes
    DECIDE_HANDOVERS = auto()  # where two councils do not agree
    JOIN_HOUSEHOLDS = auto()  # of one hub, across its councils
    MANAGE_PEOPLE = auto()  # invite, change, remove: no role above one's own, see MAY_GIVE
    SEE_TRAIL = auto()  # who has looked at a case, and when
    MATCH = auto()  # see wishes, look after ambassadors, introduce
    APPROVE_TALKS = auto()  # ambassadors' time and mileage
    RUN_GATHERINGS = auto()  # information evenings and trainings, who booked, who came
    EDIT_CAMPAIGNS = auto()  # campaigns, their emails and what they cost; a second person approves what goes to many
    ANSWER_RIGHTS = auto()  # everything held on a person in one file; have it erased; hold it for a court

    @property
    def words(self) -> str:
        """After "may"."""
        return _WORDS[self]


_WORDS: dict[Permission, str] = {
    Permission.SEE_CASES: "see enquiries",
    Permission.WORK_CASES: "work on enquiries",
    Permission.ENTER_CALLS: "write down enquiries that come by phone",
    Permission.CLOSE_CASES: "close enquiries",
    Permission.RELEASE_QUARANTINE: "release enquiries that look like spam",
    Permission.CHANGE_SETTINGS: "change a council’s settings and wording",
    Permission.SEE_MESSAGES: "see messages and send them once more",
    Permission.SEE_FIGURES: "see figures of the whole hub",
    Permission.SEE_OWN_FIGURES: "see a council’s figures",
    Permission.SEND_FIGURES: "have figures sent to colleagues by email",
    Permission.TAKE_FILE: "take out the file with a line for each household",
    Permission.CONFIRM_OUTCOMES: "say how applications stand",
    Permission.ASSIGN_CASES: "give any enquiry to a colleague",
    Permission.EXPORT_CASES: "take lists of enquiries out",
    Permission.EXPORT_CONTACTS: "take out names and how to reach people",
    Permission.SAFEGUARD: "read and write safeguarding notes",
    Permission.DECIDE_HANDOVERS: "decide where two councils do not agree",
    Permission.JOIN_HOUSEHOLDS: "join households across councils",
    Permission.MANAGE_PEOPLE: "invite people, change their roles and remove them",
    Permission.SEE_TRAIL: "see who has looked at an enquiry",
    Permission.MATCH: "look after ambassadors and introduce people to them",
    Permission.APPROVE_TALKS: "approve ambassadors’ time and mileage",
    Permission.RUN_GATHERINGS: "run events and see who booked",
    Permission.EDIT_CAMPAIGNS: "run campaigns",
    Permission.ANSWER_RIGHTS: "answer what people ask about their own data",
}


_CASEWORK = frozenset({Permission.SEE_CASES, Permission.WORK_CASES, Permission.ENTER_CALLS, Permission.CLOSE_CASES}) | {
    Permission.RELEASE_QUARANTINE
}
_MANAGING = _CASEWORK | {
    Permission.CHANGE_SETTINGS,
    Permission.SEE_MESSAGES,
    Permission.ASSIGN_CASES,
    Permission.EXPORT_CASES,
    Permission.MANAGE_PEOPLE,
    Permission.SEE_TRAIL,
    Permission.ANSWER_RIGHTS,
    Permission.MATCH,
    Permission.APPROVE_TALKS,
    Permission.RUN_GATHERINGS,
    Permission.EDIT_CAMPAIGNS,
    Permission.SEE_OWN_FIGURES,
    Permission.CONFIRM_OUTCOMES,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: _CASEWORK | {Permission.RUN_GATHERINGS, Permission.SEE_OWN_FIGURES, Permission.CONFIRM_OUTCOMES},
    Role.MANAGER: _MANAGING | {Permission.EXPORT_CONTACTS, Permission.TAKE_FILE},
    Role.SAFEGUARDING: frozenset({Permission.SEE_CASES, Permission.SAFEGUARD}),
    Role.COORDINATOR: frozenset({Permission.SEE_CASES, Permission.MATCH, Permission.SEE_OWN_FIGURES}),
    Role.CAMPAIGN_EDITOR: frozenset({Permission.EDIT_CAMPAIGNS, Permission.RUN_GATHERINGS, Permission.SEE_OWN_FIGURES}),
    Role.HUB_OFFICER: _CASEWORK
    | {Permission.ASSIGN_CASES, Permission.JOIN_HOUSEHOLDS, Permission.RUN_GATHERINGS}
    | {Permission.SEE_FIGURES, Permission.SEE_OWN_FIGURES},
    Role.HUB_MANAGER: _MANAGING
    | {Permission.DECIDE_HANDOVERS, Permission.JOIN_HOUSEHOLDS, Permission.SEE_FIGURES, Permission.SEND_FIGURES},
    Role.DATA_ANALYST: frozenset({Permission.SEE_FIGURES, Permission.SEE_OWN_FIGURES, Permission.TAKE_FILE}),
    Role.REGIONAL_LEAD: frozenset({Permission.SEE_FIGURES, Permission.SEE_OWN_FIGURES, Permission.SEND_FIGURES}),
    Role.OPERATOR: frozenset({Permission.SEE_MESSAGES}),
}

# Held in the hub office, these reach every council of the hub.
HUB_WIDE = frozenset({Role.HUB_OFFICER, Role.HUB_MANAGER})
# A council has these as well; those of the hub office reach every council.
WIDE_FROM_THE_OFFICE = HUB_WIDE | {Role.CAMPAIGN_EDITOR, Role.DATA_ANALYST, Role.REGIONAL_LEAD}

# Whom each may invite, change and remove: in a council, its own roles; in the hub office, the hub's. An operator is
# made on the command line alone.
_OF_A_COUNCIL = frozenset({Role.OFFICER, Role.MANAGER, Role.SAFEGUARDING, Role.COORDINATOR, Role.CAMPAIGN_EDITOR})
_OF_THE_HUB = frozenset({Role.HUB_OFFICER, Role.HUB_MANAGER, Role.DATA_ANALYST, Role.REGIONAL_LEAD}) | {
    Role.CAMPAIGN_EDITOR
}
MAY_GIVE: dict[Role, frozenset[Role]] = {Role.MANAGER: _OF_A_COUNCIL, Role.HUB_MANAGER: _OF_A_COUNCIL | _OF_THE_HUB}


@cache
def roles_that(permission: Permission) -> frozenset[Role]:
    return frozenset(role for role, allowed in PERMISSIONS.items() if permission in allowed)


def given_by(held: Iterable[Role], *, office: bool) -> frozenset[Role]:
    """Which roles whoever holds these may give, change and end: in a council, or in a hub office."""
    here = _OF_THE_HUB if office else _OF_A_COUNCIL
    return frozenset(role for each in held for role in MAY_GIVE.get(each, ()) if role in here)
