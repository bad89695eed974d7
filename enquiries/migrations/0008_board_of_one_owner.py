"""All cases of one owner, closed ones too, by the index of the list."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0007_households"),
        ("enquiries", "0007_households"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(("owner__isnull", False)),
                fields=["council", "owner", "created_at", "id"],
                name="enquiries_owned_ever",
            ),
        ),
    ]
