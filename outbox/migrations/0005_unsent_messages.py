"""What ended unsent is found without reading a council's every message. Nothing is written for what was sent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0004_hand_over")]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("state__in", ["dead", "expired", "suppressed", "unknown"])),
                fields=["council", "-created_at"],
                name="outbox_unsent",
            ),
        ),
    ]
