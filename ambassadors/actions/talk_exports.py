"""Approved time and mileage are taken out of the hub: never without a purpose, and written down in every council."""

from collections import Counter
from uuid import uuid4

from django.db.models import TextChoices

from ambassadors.log.months import Month
from ambassadors.log.table import COLUMNS, table_of
from ambassadors.models import Talk, TalkState
from ambassadors.schemes import scheme_of
from councils.access import Access
from councils.events import record_list_taken
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.exports import MOST_ROWS, Table

VERB = "talks.exported"
_TOO_MANY = f"This month has more than {MOST_ROWS:,} entries, which is the most that a file can have."


class Purpose(TextChoices):
    PAY = "pay", "To pay time and mileage"
    REPORT = "report", "To report figures inside the council"
    OTHER = "other", "Something else"


def take_out_talks(month: Month, *, purpose: Purpose, words: str, by: Access) -> Table:
    """Of each council where they approve. Raises Refused where it is too much."""
    councils = by.where(Permission.APPROVE_TALKS)
    approved = Talk.objects.filter(council__in=councils, state=TalkState.APPROVED)
    in_month = approved.filter(on__gte=month.first, on__lt=month.after).select_related("ambassador", "council")
    talks = list(
        in_month.order_by("council__name", "ambassador__first_name", "ambassador", "on", "pk")[: MOST_ROWS + 1]
    )
    if len(talks) > MOST_ROWS:
        raise Refused(_TOO_MANY)
    counted = Counter(talk.council_id for talk in talks)
    facts: dict[str, object] = {
        "purpose": purpose.value,
        "columns": list(COLUMNS),
        "month": month.key,
        "file": "csv",
        "export": str(uuid4()),  # one taking out, told in each council
    }
    record_list_taken(
        VERB, rows=dict(counted) or dict.fromkeys(sorted(councils)[:1], 0), purpose=words, by=by.user, facts=facts
    )
    return table_of(talks, {council: scheme_of(council) for council in counted})
