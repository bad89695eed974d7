"""The database of the harness's hub: tables, the councils, the postcodes, and somebody who works in two places."""

import io
import os
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from tests.faults.hub import Hub

# Campaigns leave by day, and councils' daily digests on working days: so for the harness it is a Saturday morning.
BY_DAY = """
    CREATE OR REPLACE FUNCTION hub_now() RETURNS timestamptz LANGUAGE sql STABLE AS
    $$SELECT timestamptz '2027-03-06 10:00+00' + (now() - timestamptz '{began}')$$
"""


def prepare(hub: Hub) -> None:
    """Also sets Django up in this process, as the app's log-in: the harness asks `verify` without starting it anew."""
    data = Path(__file__).resolve().parents[2] / ".run" / "test-data"  # the tests' postcode index, made once
    os.environ |= {"DATA_DIR": str(data), "LOG_LEVEL": "ERROR"}
    os.environ |= {**hub.environment("harness"), "DATABASE_OWNER_URL": hub.owner_url, "FAILPOINTS": ""}
    django.setup()
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT now()")
        cursor.execute(BY_DAY.format(began=cursor.fetchone()[0].isoformat()))
    connections["owner"].close()
    call_command("load_hubs", stdout=io.StringIO())
    call_command("release_sending", "--first", stdout=io.StringIO())
    _people_and_places()
    del os.environ["DATABASE_OWNER_URL"]
    settings.DATABASES.pop("owner")


def _people_and_places() -> None:
    from councils.models import Council  # noqa: PLC0415  # needs Django set up
    from councils.postcodes import releases  # noqa: PLC0415  # as above
    from councils.postcodes.sources import CarriedByPackage  # noqa: PLC0415  # as above
    from councils.roles import Role  # noqa: PLC0415  # as above
    from tests import factories  # noqa: PLC0415  # as above

    releases.load(CarriedByPackage())
    hampshire = Council.objects.get(slug="hampshire")
    Council.objects.filter(pk=hampshire.pk).update(duty_mailbox="duty@example.org")
    factories.user("Hal", hampshire, Role.OFFICER)
    factories.user("Olu", Council.objects.get(slug="lafse-office"), Role.HUB_OFFICER)
