"""Take the file with a line for each household out of the hub: never without a purpose, and written down in every
council that it is of."""

from collections import Counter
from collections.abc import Collection, Iterator
from uuid import uuid4

from django.db.models import TextChoices

from councils.access import Access
from councils.events import record_list_taken
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from dashboards.exports.chosen import year_in_words
from dashboards.exports.households import COLUMNS, csv_of, journeys_of, lines
from dashboards.figures import RULES
from dashboards.models import Folded
from enquiries.exports import Cell

VERB = "households.exported"
NOT_YOURS = "You may not take this file out of any council."


class Purpose(TextChoices):
    RETURN = "return", "For a return that the council has to make"
    ANALYSIS = "analysis", "To look into what works, with what is no page here"
    QUALITY = "quality", "To check that what we wrote down is right"
    OTHER = "other", "Something else"


def take_out_households(year: int, *, purpose: Purpose, words: str, by: Access) -> bytes:
    """A CSV file. `year`: from April to March, by the calendar year in which it began. Raises Refused."""
    mine = by.where(Permission.TAKE_FILE)
    if not mine:
        raise Refused(NOT_YOURS)
    rows = Counter[int]()
    made = csv_of(_told(year, mine, rows))
    facts: dict[str, object] = {
        "purpose": purpose.value,
        "columns": [column.column for column in COLUMNS],
        "year": year_in_words(year),
        "file": "csv",
        "export": str(uuid4()),  # one taking out, told in each council
    }
    record_list_taken(
        VERB, rows=dict(rows) or dict.fromkeys(sorted(mine)[:1], 0), purpose=words, by=by.user, facts=facts
    )
    return made


def _told(year: int, mine: Collection[int], rows: Counter[int]) -> Iterator[list[Cell]]:
    """Council by council, each line counted as it is written. What a journey names may be another council's."""
    for council in Council.objects.filter(pk__in=mine).order_by("name"):
        named = {each.pk: each for each in Council.objects.filter(hub=council.hub_id)}
        rules = Folded.objects.filter(hub=council.hub_id).values_list("rules", flat=True).first() or RULES
        for line in lines(journeys_of([council.pk], year), named, rules):
            rows[council.pk] += 1
            yield line
