"""A booking that looks like spam takes no place until a person has looked. Only the choices change."""

from django.db import migrations, models

STATES = [
    ("booked", "Booked"),
    ("waiting", "On the waiting list"),
    ("cancelled", "Cancelled"),
    ("came", "Came"),
    ("missed", "Did not come"),
    ("held", "Looks like spam: has no place until somebody has looked at the enquiry"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0001_initial"),
    ]

    operations = [
        migrations.AlterField("attendance", "state", models.CharField(choices=STATES, max_length=12)),
        migrations.AlterField("booking", "state", models.CharField(choices=STATES, default="booked", max_length=12)),
    ]
