from enquiries.models.attempts import ContactAttempt, Note
from enquiries.models.drafts import Draft
from enquiries.models.enquiry import Enquiry
from enquiries.models.follow_ups import FollowUpRecord, Wording
from enquiries.models.handovers import Handover
from enquiries.models.imports import Import
from enquiries.models.letters import LetterTemplate
from enquiries.models.replies import Reply
from enquiries.models.safeguarding import SafeguardingNote
from enquiries.models.same import HouseholdProposal, Merge, Suggestion
from enquiries.models.search_keys import SearchKey
from enquiries.models.submissions import Submission
from enquiries.models.touches import Touch
from enquiries.models.wishes import Wish

__all__ = [
    "ContactAttempt",
    "Draft",
    "Enquiry",
    "FollowUpRecord",
    "Handover",
    "HouseholdProposal",
    "Import",
    "LetterTemplate",
    "Merge",
    "Note",
    "Reply",
    "SafeguardingNote",
    "SearchKey",
    "Submission",
    "Suggestion",
    "Touch",
    "Wish",
    "Wording",
]
