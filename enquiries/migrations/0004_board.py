"""Indexes of the list of enquiries and of the first page (models/board_indexes.py says which serves what)."""

from django.db import migrations, models

# Counts read the index alone only where a page is known to be visible to all; at a fifth of a million rows, which is
# the default, the open cases would never be: they are few and change daily.
VACUUM_SOONER = "ALTER TABLE enquiries_enquiry SET (autovacuum_vacuum_scale_factor = 0.01)"


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0004_casework"),
        ("enquiries", "0003_casework"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="enquiry",
            name="enquiries_board",
        ),
        migrations.RemoveIndex(
            model_name="enquiry",
            name="enquiries_newest",
        ),
        migrations.RemoveIndex(
            model_name="enquiry",
            name="enquiries_owner",
        ),
        migrations.RemoveIndex(
            model_name="searchkey",
            name="enquiries_search",
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(("closed_at", None)),
                fields=["council", "next_due_at", "id"],
                include=("state", "kind", "owner", "first_seen_at", "promise_kept_at", "created_at"),
                name="enquiries_pressing",
            ),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(("closed_at", None)),
                fields=["council", "state", "next_due_at", "id"],
                name="enquiries_in_state",
            ),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(("closed_at", None)),
                fields=["council", "kind", "next_due_at", "id"],
                name="enquiries_of_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(("closed_at", None)),
                fields=["council", "owner", "next_due_at", "id"],
                name="enquiries_owned",
            ),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(("closed_at", None), ("promise_kept_at", None)),
                fields=["council", "promise_due_at"],
                include=("next_due_at", "id"),
                name="enquiries_promised",
            ),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(
                    ("closed_at", None),
                    models.Q(
                        ("quarantined", True),
                        ("to_confirm", True),
                        ("email_fails", True),
                        ("check_council", True),
                        _connector="OR",
                    ),
                ),
                fields=["council", "next_due_at", "id"],
                include=("quarantined", "to_confirm", "email_fails", "check_council"),
                name="enquiries_marked",
            ),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(("state", "not_yet")),
                fields=["council", "wake_on"],
                include=("id",),
                name="enquiries_to_wake",
            ),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False)),
                fields=["council", "closed_at", "id"],
                include=("kind", "owner"),
                name="enquiries_ended",
            ),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False)),
                fields=["council", "state", "closed_at", "id"],
                include=("kind", "owner"),
                name="enquiries_ended_as",
            ),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                fields=["council", "created_at", "id"], include=("kind", "owner"), name="enquiries_arrived"
            ),
        ),
        migrations.AddIndex(
            model_name="searchkey",
            index=models.Index(fields=["council", "kind", "key"], include=("enquiry",), name="enquiries_search_keys"),
        ),
        migrations.RunSQL(VACUUM_SOONER, "ALTER TABLE enquiries_enquiry RESET (autovacuum_vacuum_scale_factor)"),
    ]
