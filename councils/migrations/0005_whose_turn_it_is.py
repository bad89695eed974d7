"""Whose turn it is among a council's officers; and a working day is a day of the week."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0004_casework"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="turn",
            field=models.PositiveBigIntegerField(
                default=0, help_text="Of the last enquiry that was given to them in turn: the lowest is next"
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("working_days__contained_by", list(range(7))), ("working_days__len__gt", 0)),
                name="councils_user_works_on_days_of_the_week",
            ),
        ),
    ]
