from campaigns.models.campaigns import Campaign, Click, Code, Spend
from campaigns.models.gatherings import Attendance, Booking, Gathering
from campaigns.models.mailings import Link, Look, Mailing, Recipient, Segment
from campaigns.models.subscribers import Agreement, Refusal, Subscriber, SubscriberImport

__all__ = [
    "Agreement",
    "Attendance",
    "Booking",
    "Campaign",
    "Click",
    "Code",
    "Gathering",
    "Link",
    "Look",
    "Mailing",
    "Recipient",
    "Refusal",
    "Segment",
    "Spend",
    "Subscriber",
    "SubscriberImport",
]
