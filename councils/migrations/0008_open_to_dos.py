"""What waits for a person is counted and listed by an index of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0007_households"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="todo",
            index=models.Index(
                condition=models.Q(("done_at", None)), fields=["council", "due_at"], name="councils_todo_open"
            ),
        ),
    ]
