"""Events are the one record of what staff did, under row-level security. The admin's own log knows no council, so the
app's log-ins may not touch it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("admin", "0003_logentry_add_action_flag_choices"), ("councils", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "REVOKE ALL ON django_admin_log FROM lafse_app, lafse_eraser",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON django_admin_log TO lafse_app, lafse_eraser",
        )
    ]
