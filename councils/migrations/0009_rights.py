"""Erasure on request and after its time, holds against it; and since when somebody has a second factor."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import councils.clock
from councils.tenancy.operations import AppendOnly, ProtectCouncilTable


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0008_open_to_dos"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="second_factor_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Since when they can log in with more than a password; without it, nothing opens",
                null=True,
            ),
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("subject_id", models.UUIDField()),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("asked", "The person asked for it"),
                            ("retention", "It was kept as long as it may be"),
                            ("mistake", "It should never have been here"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("rows", models.JSONField(default=dict, help_text="By table: how many rows were emptied or deleted")),
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
                "indexes": [models.Index(fields=["council", "subject_id"], name="councils_erasure_subject")],
            },
        ),
        migrations.CreateModel(
            name="ErasureRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("subject_id", models.UUIDField()),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("asked", "The person asked for it"),
                            ("retention", "It was kept as long as it may be"),
                            ("mistake", "It should never have been here"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("done", "Erased"), ("held", "Kept: there is a legal hold")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
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
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["council", "asked_at"],
                        name="councils_erasure_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("council", "subject_id"),
                        name="councils_erasure_waits_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", False), ("state", "done")),
                            models.Q(models.Q(("state", "done"), _negated=True), ("done_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="councils_erasure_done_has_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalHold",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("subject_id", models.UUIDField()),
                ("reason", models.CharField(help_text="Which claim or inquiry, without names", max_length=200)),
                ("placed_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("lifted_at", models.DateTimeField(null=True)),
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
                    "lifted_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "placed_by",
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
                        condition=models.Q(("lifted_at", None)),
                        fields=("council", "subject_id"),
                        name="councils_held_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionRule",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("outcome", models.CharField(max_length=24)),
                ("months", models.PositiveSmallIntegerField(help_text="After the case was closed")),
                ("changed_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                (
                    "changed_by",
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
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("council", "outcome"), name="councils_retention_rule_once"),
                    models.CheckConstraint(
                        condition=models.Q(("months__gt", 0)), name="councils_retention_months_counted"
                    ),
                ],
            },
        ),
        ProtectCouncilTable("councils_erasurerequest"),
        ProtectCouncilTable("councils_erasure"),
        ProtectCouncilTable("councils_legalhold"),
        ProtectCouncilTable("councils_retentionrule"),
        AppendOnly("councils_erasure"),
    ]
