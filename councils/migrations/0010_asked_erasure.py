"""Somebody asks on their own page for what is held on them to be deleted: a council decides."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0009_rights"),
    ]

    operations = [
        migrations.AlterField(
            model_name="todo",
            name="kind",
            field=models.CharField(
                choices=[
                    ("nobody_here", "A council with no active officer has a new enquiry"),
                    ("unseen", "Nobody has looked at a new enquiry"),
                    ("call", "We cannot write to them: call"),
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
                    ("asked_erasure", "They asked us to delete what we hold on them: decide"),
                    ("wake_up", "They asked to be contacted again now"),
                    ("no_answer", "No answer to “are you still interested?”: ring or close"),
                    ("handover_offered", "Another council asks you to take an enquiry"),
                    ("handover_refused", "The other council did not take an enquiry: it is still yours"),
                    ("handover_stuck", "Councils do not agree who answers an enquiry: decide"),
                    ("check_council", "The right council is in doubt"),
                    ("maybe_duplicate", "Perhaps the same people as another enquiry"),
                    ("same_household", "Perhaps one household in two councils"),
                    ("records_due", "Another service’s records should have come"),
                    ("template_failed", "A council’s own wording could not be used"),
                    ("sending_stopped", "Messages are not leaving: tell the operator"),
                ],
                max_length=24,
            ),
        ),
    ]
