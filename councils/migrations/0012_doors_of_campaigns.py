"""Doors to bookings and to choices about news."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0011_ambassadors"),
    ]

    operations = [
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
                    ("booking", "A booking for an event"),
                    ("news", "Choices about news, and one click to end it"),
                    ("confirm", "Confirming a subscription"),
                ],
                max_length=12,
            ),
        ),
    ]
