"""What people are asked to agree to on the newsletter page, by version. No ORM and no clock.

An agreement keeps which version was shown. A wording that has landed is never changed: a new one is added below it,
under a later version, and a test holds the old ones as they were.
"""

from collections.abc import Mapping

from campaigns.states import Origin, Purpose
from enquiries.consents import WORDINGS as OF_THE_FORM
from enquiries.consents import Consent, Wording

_NEWS = "Stories from foster carers, and news about fostering near you. You can stop at any time."
_EVENTS = "Information evenings and other events near you. You can stop at any time."
_QUESTION = "What would you like to get by email?"

WORDINGS: Mapping[Purpose, Mapping[str, Wording]] = {
    Purpose.NEWS: {"2026-11-22": Wording(_QUESTION, "News and stories", _NEWS)},
    Purpose.EVENTS: {"2026-11-22": Wording(_QUESTION, "Events", _EVENTS)},
}


def newest(purpose: Purpose) -> str:
    return max(WORDINGS[purpose])


def now_shown(purpose: Purpose) -> Wording:
    return WORDINGS[purpose][newest(purpose)]


def shown(origin: Origin, purpose: Purpose, version: str) -> Wording | None:
    """As it was then. None for an imported list, which brings its own words, and for what staff heard."""
    match origin:
        case Origin.FORM | Origin.BOOKING:  # one box, in the same words
            return OF_THE_FORM[Consent.NEWS_EMAIL].get(version)
        case Origin.SITE:
            return WORDINGS[purpose].get(version)
    return None
