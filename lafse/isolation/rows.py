"""What a row of the reviewed table may say of an address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from councils.roles import Permission


class Audience(Enum):
    EVERYBODY = auto()
    STAFF = auto()  # whoever is logged in
    CASEWORKERS = auto()  # who sees cases of at least one council; other staff get `outsiders`
    WORKERS = auto()  # who works cases of at least one council; other staff get `outsiders`
    EXPORTERS = auto()  # who may take lists out of at least one council; other staff get `outsiders`
    JOINERS = auto()  # who may join households of its hub; other staff get `outsiders`
    ANSWERERS = auto()  # who answers for people's rights in at least one council; other staff get `outsiders`
    PEOPLE_MANAGERS = auto()  # who manages the people of at least one council; other staff get `outsiders`
    TRAIL_READERS = auto()  # who reads who looked at cases of at least one council; other staff get `outsiders`
    MATCHERS = auto()  # who looks after ambassadors of at least one council; other staff get `outsiders`
    TALK_APPROVERS = auto()  # who approves ambassadors' time in at least one council; other staff get `outsiders`
    GATHERING_RUNNERS = auto()  # who runs events of at least one council; other staff get `outsiders`
    CAMPAIGN_EDITORS = auto()  # who runs campaigns of at least one council; other staff get `outsiders`
    FIGURE_READERS = auto()  # who sees the figures of at least one council; other staff get `outsiders`
    REGION_READERS = auto()  # who sees the figures of a whole hub; other staff get `outsiders`
    FILE_TAKERS = auto()  # who may take the household file of at least one council; other staff get `outsiders`
    OUTCOME_TELLERS = auto()  # who says how applications of at least one council stand; other staff get `outsiders`
    SAFEGUARDERS = auto()  # the safeguarding group of at least one council; other staff get `outsiders`
    MESSAGE_READERS = auto()  # who sees messages of at least one council; other staff get `outsiders`


HELD_BY: Mapping[Audience, Permission] = {
    Audience.WORKERS: Permission.WORK_CASES,
    Audience.EXPORTERS: Permission.EXPORT_CASES,
    Audience.JOINERS: Permission.JOIN_HOUSEHOLDS,
    Audience.ANSWERERS: Permission.ANSWER_RIGHTS,
    Audience.PEOPLE_MANAGERS: Permission.MANAGE_PEOPLE,
    Audience.TRAIL_READERS: Permission.SEE_TRAIL,
    Audience.MATCHERS: Permission.MATCH,
    Audience.TALK_APPROVERS: Permission.APPROVE_TALKS,
    Audience.GATHERING_RUNNERS: Permission.RUN_GATHERINGS,
    Audience.CAMPAIGN_EDITORS: Permission.EDIT_CAMPAIGNS,
    Audience.FIGURE_READERS: Permission.SEE_OWN_FIGURES,
    Audience.REGION_READERS: Permission.SEE_FIGURES,
    Audience.FILE_TAKERS: Permission.TAKE_FILE,
    Audience.OUTCOME_TELLERS: Permission.CONFIRM_OUTCOMES,
    Audience.SAFEGUARDERS: Permission.SAFEGUARD,
    Audience.MESSAGE_READERS: Permission.SEE_MESSAGES,
}


@dataclass(frozen=True)
class Expected:
    """`about`: the parameter that names a council's object, and its kind. `path`: where the route is a regex."""

    audience: Audience
    get: int = 405
    post: int = 405
    missing: int = 404
    needs: Permission | None = None  # to post; whoever sees cases without it gets `denied`
    denied: int = 403  # 403 is said before the object is looked for, anything else about one's own alone
    denied_here: int | None = None  # where they may elsewhere; as `denied` unless it differs
    outsiders: int = 403
    about: tuple[str, str] | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    sends: Mapping[str, str] = field(default_factory=dict)
    logged_in: int | None = None  # what it is, got or posted, for whoever is logged in already
    by_link: bool = False  # whoever holds the link acts for the enquirer, in the council that it belongs to
    inside: tuple[int, int] | None = None  # `get` and `post` for an enquirer who has opened their link
    to_ambassadors: tuple[int, int] | None = None  # `get` and `post` for one whose object it is; others get `missing`
    shows: Permission | None = None  # to whoever has it, also where they see no case
    writes_to_both: bool = False  # also in the other council of a pair
