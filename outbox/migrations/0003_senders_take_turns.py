"""Councils take turns inside campaigns; a message is tried for three days from its first try, not from its making."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0002_delivery_and_follow_ups"),
        ("outbox", "0002_delivery_and_follow_ups"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="first_tried_at",
            field=models.DateTimeField(help_text="A message is tried for so long from here on", null=True),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("lane", 2), ("state", "queued")),
                fields=["council", "not_before"],
                name="outbox_turns",
            ),
        ),
    ]
