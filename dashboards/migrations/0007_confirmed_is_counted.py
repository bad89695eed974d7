"""Months that were confirmed are a figure: told to the folder as other rows are, and also confirmed where nobody had to
say anything, since steps of the month had told of every application."""

from django.conf import settings
from django.db import migrations, models

TELL = """
    CREATE TRIGGER recounter_is_told AFTER INSERT OR UPDATE OR DELETE ON dashboards_confirmed FOR EACH ROW
        EXECUTE FUNCTION tell_recounter('confirmed');
"""
TELL_NO_MORE = "DROP TRIGGER recounter_is_told ON dashboards_confirmed"
PROMISES = [
    ("running", "Still running"),
    ("kept", "Kept in time"),
    ("late", "Kept late"),
    ("missed", "Missed, nobody has got in touch"),
    ("void", "Ended before it was due"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("dashboards", "0006_promises_before"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            "confirmed",
            "by",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=models.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField("journey", "promise", models.CharField(choices=PROMISES, max_length=8)),
        migrations.RunSQL(TELL, TELL_NO_MORE),
    ]
