"""Handovers, cases that belong together, safeguarding notes, letters, imports, and what a case carries besides."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import councils.clock
from councils.tenancy.operations import AddCouncilForeignKey, AppendOnly, ProtectCouncilTable


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0004_casework"),
        ("enquiries", "0002_delivery_and_follow_ups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="enquiry",
            name="applied_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="case_number",
            field=models.CharField(blank=True, help_text="In the council's case system", max_length=40),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="earlier_references",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=16), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="import_id",
            field=models.UUIDField(help_text="Which import brought it", null=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="merged_into",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="merged",
                to="enquiries.enquiry",
            ),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="records_asked_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="records_came_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="records_consent_on",
            field=models.DateField(help_text="Consent to ask the other service for its records", null=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="records_due_on",
            field=models.DateField(help_text="15 working days later, regulation 32(6)", null=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="stage_1_from",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="stage_1_to",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="stage_2_from",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="stage_2_to",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="state_since",
            field=models.DateField(help_text="When the present state began, as told; else state_changed_at", null=True),
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("pair_id", models.UUIDField()),
                ("side", models.CharField(choices=[("sent", "Sent"), ("received", "Received")], max_length=8)),
                ("journey_id", models.UUIDField()),
                ("reference", models.CharField(help_text="The sender's, by which both speak of it", max_length=16)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("lives_there", "They live in the other council’s area"),
                            ("moved", "They have moved, or will soon"),
                            ("asked_for_it", "They asked to foster for the other council"),
                            ("recruits_here", "The other council recruits across the border"),
                            ("known_to_us", "Somebody here knows them: a conflict of interest"),
                            ("known_there", "The other council knows them already"),
                            ("hub_allocates", "The hub office places them"),
                            ("other", "Another reason"),
                        ],
                        max_length=16,
                    ),
                ),
                ("explanation", models.TextField(blank=True, max_length=1000)),
                ("summary", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "Waiting for an answer"),
                            ("accepted", "Accepted"),
                            ("refused", "Refused"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="offered",
                        max_length=12,
                    ),
                ),
                (
                    "refusal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_ours", "They do not live in our area, and we do not recruit there"),
                            ("wants_the_other", "They want to foster for the other council"),
                            ("known_to_us", "Somebody here knows them: a conflict of interest"),
                            ("ended_before", "Their earlier enquiry with us has ended"),
                            ("other", "Another reason"),
                        ],
                        max_length=16,
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=1000)),
                ("decided_by_hub", models.BooleanField(default=False)),
                ("offered_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                (
                    "answer_due_at",
                    models.DateTimeField(help_text="One working day later: then it is the hub manager's"),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.council",
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="handovers",
                        to="enquiries.enquiry",
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.council",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["council", "state", "answer_due_at"], name="enquiries_handovers_waiting")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("council", "pair_id", "side"), name="enquiries_handover_side_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("side", "sent"), ("state", "offered")),
                        fields=("council", "enquiry"),
                        name="enquiries_one_open_handover",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("refusal", ""), _negated=True),
                            ("decided_by_hub", True),
                            _connector="OR",
                        ),
                        name="enquiries_refusal_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HouseholdProposal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("household_a", models.UUIDField()),
                ("household_b", models.UUIDField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "To look at"), ("merged", "Joined"), ("different", "Not the same people")],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "council",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.council",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "household_a", "household_b"), name="enquiries_household_pair_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("rows", models.PositiveIntegerField()),
                ("at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "council",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.council",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)),
                        fields=("council", "digest"),
                        name="enquiries_import_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterTemplate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("subject", models.CharField(max_length=150)),
                ("text", models.TextField(max_length=5000)),
                ("retired_at", models.DateTimeField(null=True)),
                ("updated_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                (
                    "council",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.council",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at", None)),
                        fields=("council", "name"),
                        name="enquiries_letter_name_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("moved", models.JSONField(default=dict)),
                ("before", models.JSONField(default=dict)),
                ("at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.council",
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="merges",
                        to="enquiries.enquiry",
                    ),
                ),
                (
                    "merged",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="merges_into",
                        to="enquiries.enquiry",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["council", "kept"], name="enquiries_merges_kept")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)),
                        fields=("council", "merged"),
                        name="enquiries_merged_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SafeguardingNote",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("text", models.TextField(max_length=5000)),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.council",
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="safeguarding_notes",
                        to="enquiries.enquiry",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["council", "enquiry", "created_at"], name="enquiries_safeguarding")],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("email", "The same email address"),
                            ("phone", "The same phone number"),
                            ("name_postcode", "The same surname and postcode"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "To look at"), ("merged", "Joined"), ("different", "Not the same people")],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "council",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.council",
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="suggestions",
                        to="enquiries.enquiry",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="suggested_by",
                        to="enquiries.enquiry",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["council", "enquiry"],
                        name="enquiries_suggestions_open",
                    ),
                    models.Index(fields=["council", "other"], name="enquiries_suggested_by"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("council", "enquiry", "other"), name="enquiries_suggested_once")
                ],
            },
        ),
        ProtectCouncilTable("enquiries_handover"),
        ProtectCouncilTable("enquiries_suggestion"),
        ProtectCouncilTable("enquiries_merge"),
        ProtectCouncilTable("enquiries_householdproposal"),
        ProtectCouncilTable("enquiries_safeguardingnote"),
        ProtectCouncilTable("enquiries_lettertemplate"),
        ProtectCouncilTable("enquiries_import"),
        AddCouncilForeignKey("enquiries_enquiry", "merged_into_id", to="enquiries_enquiry"),
        AddCouncilForeignKey("enquiries_handover", "enquiry_id", to="enquiries_enquiry"),
        AddCouncilForeignKey("enquiries_suggestion", "enquiry_id", to="enquiries_enquiry"),
        AddCouncilForeignKey("enquiries_suggestion", "other_id", to="enquiries_enquiry"),
        AddCouncilForeignKey("enquiries_merge", "kept_id", to="enquiries_enquiry"),
        AddCouncilForeignKey("enquiries_merge", "merged_id", to="enquiries_enquiry"),
        AddCouncilForeignKey("enquiries_safeguardingnote", "enquiry_id", to="enquiries_enquiry"),
        AppendOnly("enquiries_safeguardingnote", erasable=True),
    ]
