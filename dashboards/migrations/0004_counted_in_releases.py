"""What was counted for a release, so that its year adds up to what was released, whatever is put right meanwhile."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0003_counts_of_a_council")]

    operations = [
        migrations.AddField("release", "counted", models.JSONField(default=dict)),
        migrations.AlterField("release", "shown", models.JSONField(default=dict)),
    ]
