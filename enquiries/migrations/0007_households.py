"""The cases of one household, for whoever says that two are one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enquiries", "0006_late_records"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(fields=["council", "household_id"], name="enquiries_household"),
        ),
    ]
