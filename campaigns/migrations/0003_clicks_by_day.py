"""Clicks of a day are counted without reading all of a council's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0002_bookings_to_look_at")]

    operations = [
        migrations.AddIndex("click", models.Index(fields=["council", "at"], name="campaigns_clicks_by_day")),
    ]
