"""What people are asked to agree to: every wording that was ever shown, by its version. No ORM and no clock.

Forms take their words from here, and a submission keeps which versions were shown with it. A wording that has landed is
never changed: a new one is added below it, under a later version, and a test holds the old ones as they were.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from enquiries.answers import Answers
from enquiries.contact_details import may_be_texted
from enquiries.states import Channel


class Consent(StrEnum):
    NEWS_EMAIL = "news_by_email"
    NEWS_TEXT = "news_by_text"
    VOICEMAIL = "voicemail_ok"
    TEXT_MESSAGE = "text_ok"
    AMBASSADOR = "wants_ambassador"
    READ_OUT = "read_out"  # said on the phone before anything is saved
    SPOKEN_VOICEMAIL = "spoken_voicemail_ok"
    SPOKEN_TEXT = "spoken_text_ok"
    RECORDS = "records_consent_on"
    SPOKEN_WISH = "spoken_wish"


@dataclass(frozen=True)
class Wording:
    """`answer`: what stands beside the box. All of it was on the page, or was said."""

    question: str
    answer: str
    explanation: str = ""


_NEWS = ("Would you like news about fostering? (optional)",)
_NEWS_EXPLAINED = "Stories and events. This is separate from your enquiry, and you can stop it at any time."
_MENTION = "May we say that it is about fostering? (optional)"
_MENTION_EXPLAINED = "If other people may hear your messages, leave this empty. Then we leave only a name and a number."
_AGREE = (
    "“I write down what you told me so that the right fostering team can answer you. The privacy notice on our website "
    "says how we use it and how long we keep it. Is that all right?”"
)

WORDINGS: Mapping[Consent, Mapping[str, Wording]] = {
    Consent.NEWS_EMAIL: {"2026-11": Wording(*_NEWS, "Yes, by email", _NEWS_EXPLAINED)},
    Consent.NEWS_TEXT: {"2026-11": Wording(*_NEWS, "Yes, by text message", _NEWS_EXPLAINED)},
    Consent.VOICEMAIL: {"2026-11": Wording(_MENTION, "In a voicemail", _MENTION_EXPLAINED)},
    Consent.TEXT_MESSAGE: {"2026-11": Wording(_MENTION, "In a text message", _MENTION_EXPLAINED)},
    Consent.AMBASSADOR: {
        "2026-11": Wording(
            "Would you like to talk to a foster carer?",
            "Yes, please",
            "Some of our foster carers have offered to answer questions.",
        ),
        # With the questions below it, special categories of data among them: UK GDPR, Article 9(2)(a).
        "2026-11-22": Wording(
            "Would you like to talk to a foster carer?",
            "Yes, please",
            "Some of our foster carers have offered to answer questions. You can say whom you would like to talk to. "
            "Some of that is sensitive: faith, health, ethnic background or sexual orientation. Tick only what you "
            "want us to know. By ticking it you agree that we use it to find somebody for you, and for nothing else. "
            "Only the staff who arrange these conversations see it. You can change it or take it back at any time on "
            "“Your enquiry”.",
        ),
    },
    Consent.READ_OUT: {"2026-11": Wording(_AGREE, "They agree")},
    Consent.SPOKEN_VOICEMAIL: {"2026-11": Wording("How to get in touch", "Call, voicemail may say fostering")},
    Consent.SPOKEN_TEXT: {"2026-11": Wording("How to get in touch", "Text message, may say fostering")},
    Consent.RECORDS: {
        "2026-11": Wording("They foster for another service. Ask them whether we may ask it for its records.", "Yes")
    },
    Consent.SPOKEN_WISH: {
        "2026-11-22": Wording(
            "“May I write down whom you would like to talk to? Some of it is sensitive. Only the people who arrange "
            "these conversations see it, we use it for nothing else, and you can take it back at any time.”",
            "They were asked in these words, and said yes",
        )
    },
}

Versions = Mapping[str, str]  # of a consent's value: the version that was shown


@dataclass(frozen=True)
class Shown:
    """As it was, and what came of it. `given` is None where nothing was kept of the answer here."""

    consent: Consent
    version: str
    wording: Wording
    given: bool | None


def newest(consent: Consent) -> str:
    return max(WORDINGS[consent])


def now_shown(consent: Consent) -> Wording:
    return WORDINGS[consent][newest(consent)]


def version_of(consents: Collection[Consent]) -> str:
    """Of a page that asks for these: the newest of theirs."""
    return max(newest(consent) for consent in consents)


def shown_with(answers: Answers, channel: Channel) -> dict[str, str]:
    """What the form of this channel asks, given what it knows. Whoever wrote to a council was shown nothing."""
    return shown_to(email=answers.email, phone=answers.phone, channel=channel) if answers.notice_version else {}


def shown_to(*, email: str, phone: str, channel: Channel) -> dict[str, str]:
    asked = _on_the_web(email, phone) if channel == Channel.WEB else _on_the_phone()
    return {consent.value: newest(consent) for consent in asked}


def _on_the_web(email: str, phone: str) -> Iterator[Consent]:
    if email:
        yield Consent.NEWS_EMAIL
    if may_be_texted(phone):
        yield from (Consent.NEWS_TEXT, Consent.TEXT_MESSAGE)
    if phone:
        yield Consent.VOICEMAIL


def _on_the_phone() -> tuple[Consent, ...]:
    return (Consent.READ_OUT, Consent.SPOKEN_VOICEMAIL, Consent.SPOKEN_TEXT)


_ANSWERED_AS = {Consent.SPOKEN_VOICEMAIL: "voicemail_ok", Consent.SPOKEN_TEXT: "text_ok"}
_ONCE_GIVEN = frozenset({Consent.READ_OUT, Consent.AMBASSADOR, Consent.RECORDS})  # kept only where they said yes


def as_shown(versions: Versions, answers: Mapping[str, object]) -> list[Shown]:
    """In the words of then: `versions` and `answers` of one submission. Emptied answers leave `given` unknown."""
    return [_shown(consent, versions[consent.value], answers) for consent in Consent if consent.value in versions]


class Sent(Protocol):
    """A submission."""

    @property
    def consents(self) -> Versions: ...

    @property
    def answers(self) -> Mapping[str, object]: ...


def shown_newest(sendings: Sequence[Sent]) -> list[Shown]:
    """With the last sending that asked for anything."""
    asked = [sending for sending in sendings if sending.consents]
    return as_shown(asked[-1].consents, asked[-1].answers) if asked else []


def _shown(consent: Consent, version: str, answers: Mapping[str, object]) -> Shown:
    answered = answers.get(_ANSWERED_AS.get(consent, consent.value))
    given = True if consent in _ONCE_GIVEN else answered if isinstance(answered, bool) else None
    return Shown(consent, version, WORDINGS[consent][version], given)
