"""The index of what happened when also says to which case, so that “nothing happened lately” reads the index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0005_whose_turn_it_is"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="event",
            name="councils_event_at",
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["council", "at"], include=("subject_id", "verb"), name="councils_event_lately"),
        ),
    ]
