"""Events of one transaction have one time, so a test that runs in one finds them in no order by it."""

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from councils.models import Event


def as_written(events: QuerySet[Event]) -> QuerySet[Event]:
    """By their time, and within a transaction by the statement that wrote them: PostgreSQL numbers those."""
    return events.annotate(statement=RawSQL("councils_event.cmin::text::bigint", [])).order_by("at", "statement")
