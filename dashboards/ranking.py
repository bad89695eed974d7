"""Who comes before whom. Nobody is put in an order on few cases: there, a page shows the count and an interval (the
`words` of a value). Pure."""

from collections.abc import Mapping
from typing import TypeVar

from dashboards.measures import Value

K = TypeVar("K")


def ranks(values: Mapping[K, Value], *, greatest_first: bool = False) -> dict[K, int | None]:
    """From 1; equal numbers share a place. None: too few cases, or none."""
    numbers = {key: _number(value) for key, value in values.items()}
    ordered = sorted((n for n in numbers.values() if n is not None), reverse=greatest_first)
    return {key: None if n is None else ordered.index(n) + 1 for key, n in numbers.items()}


def in_order(values: Mapping[K, Value], *, greatest_first: bool = False) -> tuple[list[K], list[K]]:
    """Those with a place, by it; and those without. Equal ones stay in the order given."""
    places = ranks(values, greatest_first=greatest_first)
    placed = sorted((place, number) for number, place in enumerate(places.values()) if place is not None)
    keys = list(places)
    return [keys[number] for _, number in placed], [key for key, place in places.items() if place is None]


def _number(value: Value) -> float | None:
    return value.number if value.is_steady else None
