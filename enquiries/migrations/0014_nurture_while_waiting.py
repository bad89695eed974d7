"""Three more messages that a council may word itself. The table does not change."""

from django.db import migrations, models

FOLLOW_UPS = [
    ("confirmation", "We have your enquiry"),
    ("tried", "We tried to reach you"),
    ("information", "About fostering with us"),
    ("visit_booked", "Your visit"),
    ("visit_reminder", "Your visit is soon"),
    ("application", "We have your application"),
    ("not_yet", "Until you are ready"),
    ("wake_up", "You asked us to get in touch again"),
    ("still_interested", "Are you still interested?"),
    ("handed_over", "Another council answers now"),
    ("closed", "Your enquiry is closed"),
    ("nurture", "News about fostering"),
    ("nurture_3", "While you wait: who can foster"),
    ("nurture_10", "While you wait: how it begins"),
    ("nurture_30", "While you wait: what carers get"),
]


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0013_touches")]

    operations = [
        migrations.AlterField(
            model_name="wording", name="follow_up", field=models.CharField(choices=FOLLOW_UPS, max_length=20)
        ),
    ]
