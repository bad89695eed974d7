from ambassadors.models.concerns import Concern, ConcernAbout, ConcernFrom
from ambassadors.models.introductions import Introduction, KeptApart, Offer, Proposal
from ambassadors.models.mentors import Mentorship, Talk, TalkState
from ambassadors.models.people import Ambassador, AmbassadorState, LogInAddress, Offering
from ambassadors.models.scheme import Scheme
from ambassadors.models.turns import NextInTurn

__all__ = [
    "Ambassador",
    "AmbassadorState",
    "Concern",
    "ConcernAbout",
    "ConcernFrom",
    "Introduction",
    "KeptApart",
    "LogInAddress",
    "Mentorship",
    "NextInTurn",
    "Offer",
    "Offering",
    "Proposal",
    "Scheme",
    "Talk",
    "TalkState",
]
