"""Why nobody new is offered to an ambassador now, said to them; and what their profile lacks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ambassadors.models import Ambassador


@dataclass(frozen=True)
class Missing:
    """`page`: the name of the address where it is put right."""

    words: str
    page: str


def notices_of(row: Ambassador, today: date) -> list[str]:
    return list(_notices(row, today))


def _notices(row: Ambassador, today: date) -> Iterator[str]:
    if row.leaving_asked_at is not None:
        yield "You have asked to stop. Your council gets in touch about the conversations that are open."
    if row.standing_until is None or row.standing_until < today:
        yield "Your council has to confirm that you are approved and in good standing. " + _UNTIL_THEN
    if row.paused_by_staff:
        yield "Your council has paused your conversations. Nobody new is offered to you. Please ask them about it."
    elif row.paused_until and row.paused_until >= today:
        yield f"You are taking a break up to and including {row.paused_until:%-d %B %Y}. {_UNTIL_THEN}"


_UNTIL_THEN = "Until then nobody new is offered to you."


def missing_in(row: Ambassador) -> list[Missing]:
    """What people ask for when they choose, and what a conversation cannot do without."""
    lacks = (
        (not row.district, Missing("where you live, roughly", "ambassadors:profile")),
        (not row.about, Missing("a few words about you", "ambassadors:profile")),
        (not row.ways, Missing("how you would talk to people", "ambassadors:availability")),
        (not row.times, Missing("when it suits you", "ambassadors:availability")),
    )
    return [missing for is_missing, missing in lacks if is_missing]
