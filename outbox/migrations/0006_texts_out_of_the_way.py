"""A message is written once and its row changed several times. Text and mail are kept beside the row, so that a change
copies a tenth of it; room on the page lets the start of a send leave the indexes alone. Rows of before stay as they
are until they change."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("outbox", "0005_unsent_messages")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE outbox_message SET (toast_tuple_target = 256, fillfactor = 60)",
            "ALTER TABLE outbox_message RESET (toast_tuple_target, fillfactor)",
        )
    ]
