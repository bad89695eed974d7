"""One who asks: an invented name, and how to reach them."""

from dataclasses import dataclass, replace

from enquiries.states import FostersWith, Kind, Slot, Way
from lafse.demo.seed.draw import Draw, deck
from lafse.demo.seed.names import FIRST_NAMES, MESSAGES, SURNAMES

# There are only a thousand numbers, so most people have none: else everybody would seem to be somebody else.
_OPEN_HAS_PHONE, _CLOSED_HAS_PHONE = 0.5, 0.12
_MESSAGE, _LANGUAGE, _VOICEMAIL, _NEWS = 0.3, 0.03, 0.5, 0.15
WAYS = deck(((Way.CALL, 7), (Way.TEXT, 1), (Way.EMAIL, 1), (Way.VIDEO, 1)))
WRITTEN_WAYS = deck(((Way.EMAIL, 9), (Way.VIDEO, 1)))
TIMES: tuple[tuple[Slot, ...], ...] = (
    (),
    (),
    (Slot.WEEKDAY_EVENING,),
    (Slot.WEEKDAY_MORNING, Slot.WEEKDAY_AFTERNOON),
    (Slot.SATURDAY,),
)
KINDS = deck(
    (
        (Kind.NEW, 80),
        (Kind.TRANSFER, 9),
        (Kind.RETURNING, 4),
        (Kind.SUPPORTED_LODGINGS, 3),
        (Kind.SHORT_BREAKS, 4),
    )
)
_LANGUAGES = ("Polish", "Punjabi", "Romanian", "Urdu", "Welsh")
_SERVICES = {FostersWith.AGENCY: "An agency", FostersWith.COUNCIL: "Another council"}


@dataclass(frozen=True, slots=True)
class Person:
    first_name: str
    surname: str
    email: str
    phone: str
    kind: Kind
    way: Way
    times: tuple[Slot, ...]
    voicemail_ok: bool
    fosters_with: FostersWith
    message: str
    language: str
    news: bool

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.surname}"

    def answers(self) -> dict[str, object]:
        """As the form sends them and the case keeps them."""
        return {
            "name": self.name,
            "email": self.email,
            "phone": self.phone,
            "kind": self.kind.value,
            "way": self.way.value,
            "times": [slot.value for slot in self.times],
            "voicemail_ok": self.voicemail_ok,
            "text_ok": self.way is Way.TEXT,
            "language": self.language,
            "message": self.message,
            "fosters_with": self.fosters_with.value,
            "fosters_with_name": _SERVICES.get(self.fosters_with, ""),
            "news_by_email": self.news,
        }

    def partner(self, draw: Draw, number: int) -> "Person":
        """Asks as well, from another address."""
        first_name = draw.choice(FIRST_NAMES)
        return replace(self, first_name=first_name, email=_email(first_name, self.surname, number), message="")


def somebody(draw: Draw, number: int, *, is_open: bool, transfers: bool = False) -> Person:
    first_name, surname = draw.choice(FIRST_NAMES), draw.choice(SURNAMES)
    kind = Kind.TRANSFER if transfers else draw.choice(KINDS)
    phone = draw.drama_number() if draw.chance(_OPEN_HAS_PHONE if is_open else _CLOSED_HAS_PHONE) else ""
    way = draw.choice(WAYS if phone else WRITTEN_WAYS)
    return Person(
        first_name,
        surname,
        email=_email(first_name, surname, number),
        phone=phone,
        kind=kind,
        way=way,
        times=draw.choice(TIMES) if way in (Way.CALL, Way.VIDEO) else (),
        voicemail_ok=bool(phone) and draw.chance(_VOICEMAIL),
        fosters_with=draw.choice(tuple(_SERVICES)) if kind is Kind.TRANSFER else FostersWith.NOBODY,
        message=draw.choice(MESSAGES) if draw.chance(_MESSAGE) else "",
        language=draw.choice(_LANGUAGES) if draw.chance(_LANGUAGE) else "",
        news=draw.chance(_NEWS),
    )


def _email(first_name: str, surname: str, number: int) -> str:
    return f"{first_name}.{surname}{number}@example.org".lower()
