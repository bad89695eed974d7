"""Ambassadors read their own rows by a setting of the transaction; their pages and the masked addresses have doors."""

from django.db import migrations, models

# After a SET LOCAL reverts, the setting is '' and not NULL.
AMBASSADOR = """
    CREATE FUNCTION hub_ambassador() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT nullif(current_setting('app.ambassador', true), '')::uuid $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0010_asked_erasure"),
    ]

    operations = [
        migrations.RunSQL(AMBASSADOR, "DROP FUNCTION hub_ambassador()"),
        migrations.AlterField(
            model_name="door",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("form", "A form in progress"),
                    ("status", "Your enquiry"),
                    ("reply", "A reply by email"),
                    ("stop", "Please stop"),
                    ("ambassador", "An ambassador’s own pages"),
                    ("relay", "A masked address of one conversation"),
                ],
                max_length=12,
            ),
        ),
    ]
