"""With each submission: which wording of each consent was shown. Of what came before nothing is known, and none is
made up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0010_erased")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="consents",
            field=models.JSONField(default=dict, help_text="Which wordings were shown: enquiries.consents"),
        ),
    ]
