"""Nobody changes what somebody told the safeguarding group, and only the eraser removes it: pages may close it."""

from django.db import migrations

from councils.tenancy.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("ambassadors", "0002_next_in_turn")]

    operations = [
        AppendOnly("ambassadors_concern", erasable=True),
        migrations.RunSQL(
            "GRANT UPDATE (closed_at, closed_by_id) ON ambassadors_concern TO lafse_app",
            "REVOKE UPDATE (closed_at, closed_by_id) ON ambassadors_concern FROM lafse_app",
        ),
    ]
