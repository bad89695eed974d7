"""Who asks, when, and what they are like. Everything follows from one seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from councils.models import Council, CouncilArea
from councils.postcodes.sources import CarriedByPackage
from councils.working_time import LONDON
from enquiries.states import Slot, Way

# Hours of the day at which people fill in a form: mostly evenings, some nights.
_HOURS = (1, 1, 1, 0, 0, 1, 2, 4, 6, 8, 9, 9, 10, 9, 8, 8, 8, 9, 11, 13, 14, 12, 8, 3)
_WAYS = {Way.CALL: 60, Way.TEXT: 18, Way.EMAIL: 17, Way.VIDEO: 5}
_TIMES: tuple[tuple[Slot, ...], ...] = (
    (),
    (),
    (Slot.WEEKDAY_EVENING,),
    (Slot.WEEKDAY_MORNING,),
    (Slot.WEEKDAY_AFTERNOON, Slot.WEEKDAY_EVENING),
    (Slot.SATURDAY,),
)


@dataclass(frozen=True)
class Arrival:
    """`answers_calls` and `answers_mail` are chances from 0 to 1; `resolve` that they want to go on when reached."""

    at: datetime
    number: int
    postcode: str
    way: Way
    times: tuple[Slot, ...]
    has_email: bool
    has_phone: bool
    answers_calls: float
    answers_mail: float
    resolve: float
    mail_bounces: bool
    stops: bool
    sends_twice: bool

    @property
    def email(self) -> str:
        return f"person{self.number}@example.org" if self.has_email else ""

    @property
    def asks_twice(self) -> bool:
        """With a second form, as if there had been none."""
        return self.number % 20 == 7

    @property
    def second_email(self) -> str:
        """Half of them have another address; then only the number says that they are the same."""
        return f"second{self.number}@example.org" if self.email and self.phone and self.number % 40 == 7 else self.email

    @property
    def phone(self) -> str:
        """Ofcom's numbers for drama end after a thousand; several people may share one."""
        return f"+447700900{self.number % 1000:03}" if self.has_phone else ""


def arrivals(count: int, first: date, last: date, chance: Random) -> list[Arrival]:
    """In the order of their coming; two in a hundred give no postcode, three one outside the region."""
    postcodes = _postcodes(count, chance)
    days = (last - first).days + 1
    moments = sorted(_moment(first + timedelta(days=chance.randrange(days)), chance) for _ in range(count))
    return [_arrival(n, at, postcode, chance) for n, (at, postcode) in enumerate(zip(moments, postcodes, strict=True))]


def _moment(day: date, chance: Random) -> datetime:
    hour = chance.choices(range(24), cum_weights=list(accumulate(_HOURS)))[0]
    return datetime.combine(day, time(hour, chance.randrange(60), chance.randrange(60)), tzinfo=LONDON)


def _postcodes(count: int, chance: Random) -> Iterator[str]:
    rows = CarriedByPackage().rows()
    ours = set(CouncilArea.objects.filter(council__hub__slug="lafse").values_list("area_code", flat=True))
    inside = [key for key, area in zip(rows.keys, rows.areas, strict=True) if area in ours]
    for _ in range(count):
        kind = chance.random()
        yield "" if kind < 0.02 else chance.choice(rows.keys) if kind < 0.05 else chance.choice(inside)


def _arrival(number: int, at: datetime, postcode: str, chance: Random) -> Arrival:
    way = chance.choices(list(_WAYS), weights=list(_WAYS.values()))[0]
    return Arrival(
        at=at,
        number=number,
        postcode=postcode,
        way=way,
        times=chance.choice(_TIMES) if way in (Way.CALL, Way.VIDEO) else (),
        has_email=way in (Way.EMAIL, Way.VIDEO) or chance.random() < 0.9,
        has_phone=way in (Way.CALL, Way.TEXT) or chance.random() < 0.7,
        answers_calls=chance.choice((0.0, 0.2, 0.5, 0.5, 0.8)),
        answers_mail=chance.choice((0.0, 0.1, 0.3, 0.6)),
        resolve=chance.random(),
        mail_bounces=chance.random() < 0.02,
        stops=chance.random() < 0.01,
        sends_twice=chance.random() < 0.03,
    )


def hub_councils() -> list[Council]:
    return list(Council.objects.filter(hub__slug="lafse").select_related("hub"))
