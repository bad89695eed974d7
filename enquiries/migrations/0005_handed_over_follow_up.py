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
]


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0004_board")]

    operations = [
        migrations.AlterField(
            model_name="wording", name="follow_up", field=models.CharField(choices=FOLLOW_UPS, max_length=20)
        ),
    ]
