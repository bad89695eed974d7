"""The policy of counts asks for the hub: with it beside the key, counts of a council are read from its index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0002_shown")]

    operations = [
        migrations.RemoveConstraint("cell", "dashboards_one_cell"),
        migrations.AddConstraint(
            "cell",
            models.UniqueConstraint(
                fields=("council", "grain", "figure", "split", "on", "value"),
                include=("hub", "n"),
                name="dashboards_one_cell",
            ),
        ),
    ]
