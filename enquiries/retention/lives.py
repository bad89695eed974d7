"""How long everything lasts that does not go with an enquiry: one table. No ORM and no clock.

Every rule that a personal field may name (councils.retention_names) has a row here; a test holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from councils.retention_names import Kept

_OURS = "The hub’s own: no law sets a time."
_YEARS = 365


@dataclass(frozen=True)
class Life:
    """`days` after `what` came to its end; None where it does not end by itself."""

    what: str
    until: str
    source: str
    reason: str
    days: int | None = None

    @property
    def lasts(self) -> timedelta:
        """Raises ValueError where it does not end by itself."""
        if self.days is None:
            raise ValueError(self.what)
        return timedelta(days=self.days)


LIVES: Mapping[Kept, Life] = {
    Kept.CASE: Life(
        "Everything about one enquiry",
        "as long as the enquiry, by how it ended",
        "See the table of enquiries.",
        "It is one record: a part of it tells little, and the rest would name the person all the same.",
    ),
    Kept.DRAFT: Life(
        "Answers in progress on the public form",
        "24 hours after the last answer, one hour after it was sent",
        _OURS,
        "Long enough to finish tomorrow what was begun today.",
        days=1,
    ),
    Kept.DOOR: Life(
        "Links in our messages, and forms’ tokens (hashes; they hold nothing of the person)",
        "a year after the link stopped working, or with the enquiry; a form’s token 30 days",
        _OURS,
        "Whoever finds an old message can ask for a new link.",
        days=_YEARS,
    ),
    Kept.REPORT: Life(
        "Reports of mail providers",
        "90 days",
        _OURS,
        "A provider repeats a report for days; the same one must not be taken twice.",
        days=90,
    ),
    Kept.SESSION: Life(
        "Who is logged in, from which network and browser",
        "30 days after it was last used",
        _OURS,
        "Staff can see where they are logged in, and what was odd last month.",
        days=30,
    ),
    Kept.STAFF_MESSAGE: Life(
        "What the hub writes to staff, and every other message that is about no enquiry",
        "90 days after it left or ended; then it says only that there was one",
        _OURS,
        "To see whether somebody was told. What it was about is an event.",
        days=90,
    ),
    Kept.STAFF_ACCOUNT: Life(
        "Address, password and second factors of staff",
        "two years after they left their last council",
        _OURS,
        "Somebody who comes back has their account; a complaint can be put to whoever answered.",
        days=2 * _YEARS,
    ),
    Kept.STAFF_NAME: Life(
        "The name of staff beside what they wrote and did",
        "as long as that is kept",
        _OURS,
        "A council answers for what its people did, and an enquirer may ask who it was.",
    ),
    Kept.INVITATION: Life(
        "Invitations of staff",
        "90 days after they were taken up, withdrawn or too old",
        _OURS,
        "To see who invited whom; after that the event says it without the address.",
        days=90,
    ),
    Kept.ABSENCE: Life(
        "Days on which staff were away",
        "two years after the last day",
        _OURS,
        "Why a promise was missed can be asked as long as the enquiry is kept.",
        days=2 * _YEARS,
    ),
    Kept.AMBASSADOR: Life(
        "What an ambassador says of themselves, and their log of conversations",
        "a year after they left, or after an invitation that was not taken up; what they chose to offer about "
        "themselves goes the moment they take it back",
        "Explicit consent for each attribute: Article 9(2)(a) of the UK GDPR.",
        "Time and mileage are settled with the council’s year; past conversations keep their first name.",
        days=_YEARS,
    ),
    Kept.GATHERING: Life(
        "Who booked for an event, and what they need to take part",
        "three months after the event; on their case it stays said that they came",
        _OURS,
        "Long enough to thank who came and to ring who did not.",
        days=90,
    ),
    Kept.SUBSCRIBER: Life(
        "To which addresses a campaign email went (keyed hashes, never the address); addresses of people who ended "
        "news, or who never confirmed that they want it",
        "13 months after it was done or ended; seven days where it was never confirmed",
        _OURS,
        "Somebody who complains can be told what was sent, and a year can be compared with the last.",
        days=396,
    ),
    Kept.CONCERN: Life(
        "Concerns that were raised about a conversation with an ambassador",
        "ten years",
        "As long as a foster carer’s record: regulation 32 of the Fostering Services (England) Regulations 2011.",
        "One concern may only be understood beside the next.",
        days=10 * _YEARS,
    ),
    Kept.EXPORT_PURPOSE: Life(
        "Why somebody took a list out, in their own words",
        "three years",
        _OURS,
        "Who let a list leave answers for it; the words may name somebody, so they do not stay for ever.",
        days=3 * _YEARS,
    ),
    Kept.SUPPRESSION: Life(
        "Addresses that want no news or do not work (keyed hashes, never the address)",
        "as long as the hub sends",
        "Right to object: Article 21 of the UK GDPR.",
        "Whoever said no must not be asked again because they were forgotten.",
    ),
    Kept.COUNCIL_TEXT: Life(
        "A council’s own words and settings",
        "as long as they are used",
        _OURS,
        "They name no enquirer.",
    ),
    Kept.FOREVER: Life(
        "What happened and when, without names: events, the ledger of what was erased",
        "as long as the hub runs",
        "Accountability: Article 5(2) of the UK GDPR.",
        "Figures stay as they were, and that something was erased can be shown.",
    ),
}
