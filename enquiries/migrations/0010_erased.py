"""An erased case stays for the figures and holds nobody's data; and whoever erases may do that and nothing else.

From here on the eraser's log-in has no table by default: a table that holds something personal of a case names here,
or in a migration of its own, what may be done to it.
"""

from django.conf import settings
from django.db import migrations, models

from councils.tenancy.operations import EraserMay

NOTHING = """
    REVOKE ALL ON ALL TABLES IN SCHEMA public FROM lafse_eraser;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM lafse_eraser;
    REVOKE INSERT ON councils_erasure FROM lafse_app;
"""
AS_BEFORE = """
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO lafse_eraser;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO lafse_eraser;
    REVOKE UPDATE, DELETE ON councils_event, councils_erasure FROM lafse_eraser;
    REVOKE UPDATE ON councils_eventdetail, enquiries_safeguardingnote FROM lafse_eraser;
    REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM lafse_eraser;
    REVOKE ALL ON django_admin_log FROM lafse_eraser;
    GRANT INSERT ON councils_erasure TO lafse_app;
"""
CASE = (
    "name, email, phone, language, message, fosters_with_name, second_adult, postcode, route_reason, heard_detail,"
    " talk_detail, case_number, times, talk_about, needs_interpreter, uses_bsl, uses_text_relay, erased_at, state,"
    " state_changed_at, state_since, closed_at, close_reason, wake_on, next_due_at, next_follow_up_at, version"
)
MESSAGE = "to_address, to_domain, subject, text, mime, provider_id, smtp_reply, state, settled_at, cancel_asked"


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0010_asked_erasure"),
        ("outbox", "0006_texts_out_of_the_way"),
        ("staff", "0002_invitations_and_sign_on"),
        ("enquiries", "0009_one_index_of_what_is_due"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="enquiry",
            name="enquiries_can_be_reached",
        ),
        migrations.AddField(
            model_name="enquiry",
            name="erased_at",
            field=models.DateTimeField(help_text="Since when it tells nothing of anybody", null=True),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("email", ""), ("phone", ""), _negated=True),
                    ("channel__in", ["phone", "gathering"]),
                    ("erased_at__isnull", False),
                    _connector="OR",
                ),
                name="enquiries_can_be_reached",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at", None),
                    models.Q(
                        ("case_number", ""),
                        ("closed_at__isnull", False),
                        ("email", ""),
                        ("fosters_with_name", ""),
                        ("heard_detail", ""),
                        ("language", ""),
                        ("message", ""),
                        ("name", "Erased"),
                        ("next_follow_up_at", None),
                        ("phone", ""),
                        ("postcode", ""),
                        ("route_reason", ""),
                        ("second_adult", ""),
                        ("talk_detail", ""),
                    ),
                    _connector="OR",
                ),
                name="enquiries_erased_is_empty",
            ),
        ),
        migrations.RunSQL(NOTHING, AS_BEFORE),
        EraserMay("councils_hub"),
        EraserMay("councils_council"),
        EraserMay("councils_erasurerequest", "UPDATE (state, done_at)", "DELETE"),
        EraserMay("councils_erasure", "INSERT"),
        EraserMay("councils_legalhold", "UPDATE (reason)"),
        EraserMay("councils_event", "INSERT"),
        EraserMay("councils_eventdetail", "DELETE"),
        EraserMay("councils_todo", "UPDATE (done_at)"),
        EraserMay("councils_door", "DELETE"),
        EraserMay("councils_householdkey", "DELETE"),
        EraserMay("outbox_message", f"UPDATE ({MESSAGE})"),
        EraserMay("enquiries_enquiry", f"UPDATE ({CASE})"),
        EraserMay("enquiries_contactattempt", "UPDATE (comment)"),
        EraserMay("enquiries_handover", "UPDATE (explanation, summary, answer, state, answered_at)"),
        EraserMay("enquiries_merge", "UPDATE (moved, before)"),
        EraserMay("enquiries_note", "DELETE"),
        EraserMay("enquiries_reply", "DELETE"),
        EraserMay("enquiries_safeguardingnote", "DELETE"),
        EraserMay("enquiries_searchkey", "DELETE"),
        EraserMay("enquiries_submission", "DELETE"),
        EraserMay("enquiries_suggestion", "DELETE"),
    ]
