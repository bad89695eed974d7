"""Absences, and the to-dos of delivery and follow-ups."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import councils.clock


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="todo",
            name="kind",
            field=models.CharField(
                choices=[
                    ("nobody_here", "A council with no active officer has a new enquiry"),
                    ("unseen", "Nobody has looked at a new enquiry"),
                    ("ring_instead", "Email does not work: ring"),
                    ("mail_failed", "A message could not be sent"),
                    ("sent_again", "Somebody sent their form again with other answers"),
                    ("promise_missed", "A promise was missed"),
                    ("due_soon", "A promise runs out soon"),
                    ("owner_away", "The owner of a case is away"),
                    ("replied", "They replied: read it"),
                    ("came_direct", "Somebody wrote to the council: is it an enquiry?"),
                    ("still_interested", "They are still interested: get in touch"),
                    ("no_longer_interested", "They no longer want to go on"),
                    ("changed_details", "They changed how to reach them"),
                    ("asked_to_stop", "They asked us to stop writing"),
                    ("wake_up", "They asked to be contacted again now"),
                    ("no_answer", "No answer to “are you still interested?”: ring or close"),
                    ("template_failed", "A council’s own wording could not be used"),
                    ("sending_stopped", "Messages are not leaving: tell the operator"),
                ],
                max_length=24,
            ),
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first_day__lte", models.F("last_day"))),
                        name="councils_absence_ends_after_it_begins",
                    )
                ],
            },
        ),
    ]
