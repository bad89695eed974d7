"""Whom somebody would like to talk to stands in a table of its own, which casework does not read."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import councils.clock
from councils.tenancy.operations import AddCouncilForeignKey, EraserMay, ProtectCouncilTable

# Under FORCE the owner sees no row either, so every council is in scope for it; and no check may be left pending when
# the columns go.
FILL = """
    SELECT set_config('app.councils', (SELECT string_agg(id::text, ',') FROM councils_council), true);
    INSERT INTO enquiries_wish (id, council_id, enquiry_id, whom, about, detail, languages, ways, since, changed_at)
        SELECT gen_random_uuid(), council_id, id, '{}', talk_about, talk_detail, '{}', '{}', created_at, created_at
        FROM enquiries_enquiry WHERE wants_ambassador AND erased_at IS NULL;
    SET CONSTRAINTS ALL IMMEDIATE;
    SELECT set_config('app.councils', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0011_ambassadors"),
        ("enquiries", "0011_consent_wordings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Wish",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "whom",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), blank=True, default=list, size=None
                    ),
                ),
                (
                    "about",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), blank=True, default=list, size=None
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=500)),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "ways",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), blank=True, default=list, size=None
                    ),
                ),
                ("since", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("changed_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("taken_back_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="wish",
            name="council",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="councils.council",
            ),
        ),
        migrations.AddField(
            model_name="wish",
            name="enquiry",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="wishes",
                to="enquiries.enquiry",
            ),
        ),
        migrations.AddIndex(
            model_name="wish",
            index=models.Index(
                condition=models.Q(("taken_back_at", None)),
                fields=["council", "since"],
                name="enquiries_wishes_standing",
            ),
        ),
        migrations.AddConstraint(
            model_name="wish",
            constraint=models.UniqueConstraint(fields=("council", "enquiry"), name="enquiries_one_wish"),
        ),
        ProtectCouncilTable("enquiries_wish"),
        AddCouncilForeignKey("enquiries_wish", "enquiry_id", "enquiries_enquiry"),
        EraserMay("enquiries_wish", "DELETE"),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name="enquiry",
            name="enquiries_erased_is_empty",
        ),
        migrations.RemoveField(
            model_name="enquiry",
            name="talk_about",
        ),
        migrations.RemoveField(
            model_name="enquiry",
            name="talk_detail",
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
                    ),
                    _connector="OR",
                ),
                name="enquiries_erased_is_empty",
            ),
        ),
    ]
