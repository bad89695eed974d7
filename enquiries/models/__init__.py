from enquiries.models.attempts import ContactAttempt, Note
from enquiries.models.drafts import Draft
from enquiries.models.enquiry import Enquiry
from enquiries.models.follow_ups import FollowUpRecord, Wording
from enquiries.models.replies import Reply
from enquiries.models.search_keys import SearchKey
from enquiries.models.submissions import Submission

__all__ = [
    "ContactAttempt",
    "Draft",
    "Enquiry",
    "FollowUpRecord",
    "Note",
    "Reply",
    "SearchKey",
    "Submission",
    "Wording",
]
