"""Approved time and mileage of a month as a table to take out: ambassadors by first name, and no enquirer."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ambassadors.log.amounts import for_miles, for_time
from ambassadors.models import Scheme, Talk
from councils.working_time import in_london
from enquiries.exports import Cell, Table

COLUMNS = (
    *("Council", "Ambassador", "Ambassador number", "Date", "What", "How", "Minutes", "Miles"),
    *("For time (£)", "For mileage (£)", "Approved on"),
)
_NUMBER = 8  # of 32 digits: enough to tell two of one name apart


def table_of(talks: Sequence[Talk], schemes: Mapping[int, Scheme]) -> Table:
    return Table(COLUMNS, [_row(talk, schemes[talk.council_id]) for talk in talks])


def _row(talk: Talk, scheme: Scheme) -> list[Cell]:
    return [
        talk.council.name,
        talk.ambassador.first_name,
        talk.ambassador_id.hex[:_NUMBER],
        talk.on,
        "Mentoring" if talk.mentorship_id else "Conversation",
        talk.get_way_display(),
        str(talk.minutes),
        f"{talk.miles:.1f}",
        _pounds(for_time(talk.minutes, scheme.rate_an_hour)),
        _pounds(for_miles(talk.miles, scheme.rate_a_mile)),
        in_london(talk.decided_at).date() if talk.decided_at else None,
    ]


def _pounds(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"
