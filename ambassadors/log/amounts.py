"""What approved time and mileage come to, by the council's own rates. A rate that nobody has set gives no amount."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ambassadors.models import Scheme, Talk

_PENNY = Decimal("0.01")


def for_time(minutes: int, an_hour: Decimal | None) -> Decimal | None:
    """Each entry is rounded to the penny by itself, so that rows add up to their sum."""
    return None if an_hour is None else (an_hour * minutes / 60).quantize(_PENNY, ROUND_HALF_UP)


def for_miles(miles: Decimal, a_mile: Decimal | None) -> Decimal | None:
    return None if a_mile is None else (a_mile * miles).quantize(_PENNY, ROUND_HALF_UP)


@dataclass(frozen=True)
class Sums:
    count: int
    minutes: int
    miles: Decimal
    time: Decimal | None
    mileage: Decimal | None

    @property
    def hours(self) -> str:
        return f"{self.minutes // 60} h {self.minutes % 60:02} min"


def sums_of(talks: Iterable[Talk], scheme: Scheme) -> Sums:
    """Of one council."""
    rows = list(talks)
    time = [for_time(each.minutes, scheme.rate_an_hour) for each in rows]
    mileage = [for_miles(each.miles, scheme.rate_a_mile) for each in rows]
    return Sums(
        len(rows),
        sum(each.minutes for each in rows),
        sum((each.miles for each in rows), Decimal(0)),
        None if scheme.rate_an_hour is None else sum((each for each in time if each), Decimal("0.00")),
        None if scheme.rate_a_mile is None else sum((each for each in mileage if each), Decimal("0.00")),
    )


def rates_missing(scheme: Scheme) -> list[str]:
    rates = {"an hour": scheme.rate_an_hour, "a mile": scheme.rate_a_mile}
    return [name for name, rate in rates.items() if rate is None]
