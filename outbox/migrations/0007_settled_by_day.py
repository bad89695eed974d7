"""What ended on a day is counted without reading a council's every message. Nothing is written for what waits."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0006_texts_out_of_the_way")]

    operations = [
        migrations.AddIndex(
            "message",
            models.Index(
                fields=["council", "settled_at"],
                condition=models.Q(settled_at__isnull=False),
                name="outbox_settled",
            ),
        ),
    ]
