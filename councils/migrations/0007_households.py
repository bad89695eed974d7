"""Whether another council knows a household is asked on every page of a case."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0006_what_happened_lately"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="householdkey",
            index=models.Index(fields=["household_id"], name="councils_household"),
        ),
    ]
