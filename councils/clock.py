"""The one clock: SQL's `hub_now()`. Python code takes `now` as an argument; who needs it first asks here."""

from datetime import datetime

from django.db import DEFAULT_DB_ALIAS, connections, models


class HubNow(models.Func):
    """Column default and expression; the start of the transaction, with time zone."""

    function = "hub_now"
    output_field = models.DateTimeField()


def hub_now(using: str = DEFAULT_DB_ALIAS) -> datetime:
    """An aware time in UTC. It does not move inside a transaction; in a scope, entering has asked for it already."""
    connection = connections[using]
    if getattr(connection, "hub_scope", None) is not None:
        began: datetime = connection.hub_time  # type: ignore[attr-defined]  # set by our backend's wrapper
        return began
    with connection.cursor() as cursor:
        cursor.execute("SELECT hub_now()")
        row: tuple[datetime] = cursor.fetchone()
    return row[0]
