"""The eraser forgets where an ambassador lived as well as who they were."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ambassadors", "0003_concerns_stay")]

    operations = [
        migrations.RunSQL(
            "GRANT UPDATE (easting, northing) ON ambassadors_ambassador TO lafse_eraser",
            "REVOKE UPDATE (easting, northing) ON ambassadors_ambassador FROM lafse_eraser",
        ),
    ]
