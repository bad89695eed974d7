"""Once a minute the records that have not come are looked for: among those asked for, not among all enquiries."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0005_handed_over_follow_up")]

    operations = [
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(records_due_on__isnull=False, records_came_on__isnull=True),
                fields=["records_due_on"],
                name="enquiries_records_due",
            ),
        ),
    ]
