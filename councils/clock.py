"""The one clock: SQL's `hub_now()`. Python code takes `now` as an argument; who needs it first asks here."""

from datetime import datetime

from django.db import DEFAULT_DB_ALIAS, connections, models


class HubNow(models.Func):
    """Column default and expression; the start of the transaction, with time zone."""

    function = "hub_now"
    output_field = models.DateTimeField()


def hub_now(using: str = DEFAULT_DB_ALIAS) -> datetime:
    """An aware time in UTC; inside a transaction it does not move."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT hub_now()")
        row: tuple[datetime] = cursor.fetchone()
    return row[0]
