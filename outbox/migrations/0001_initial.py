"""The outbox: one row for everything that leaves."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import councils.clock
from councils.tenancy.operations import ProtectCouncilTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("councils", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=60)),
                ("lane", models.PositiveSmallIntegerField(choices=[(1, "Service"), (2, "Campaign")], default=1)),
                (
                    "channel",
                    models.CharField(
                        choices=[("email", "Email"), ("sms", "Text message")], default="email", max_length=8
                    ),
                ),
                ("dedupe_key", models.CharField(max_length=200)),
                ("subject_kind", models.CharField(blank=True, max_length=40)),
                ("subject_id", models.UUIDField(null=True)),
                ("to_staff", models.BooleanField(default=False)),
                ("to_address", models.CharField(max_length=254)),
                ("from_address", models.CharField(max_length=320)),
                ("subject", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("mime", models.BinaryField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting to be sent"),
                            ("leased", "Being sent"),
                            ("sent", "Sent"),
                            ("unknown", "May have been sent"),
                            ("suppressed", "The address does not work"),
                            ("cancelled", "Cancelled"),
                            ("dead", "Could not be sent"),
                            ("expired", "Not sent in time"),
                        ],
                        default="queued",
                        max_length=12,
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("not_before", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("expires_at", models.DateTimeField()),
                ("attempts", models.PositiveIntegerField(default=0)),
                (
                    "deaths",
                    models.PositiveSmallIntegerField(default=0, help_text="Senders that ended while sending it"),
                ),
                ("lease_token", models.BigIntegerField(default=0)),
                ("lease_until", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("smtp_reply", models.CharField(blank=True, max_length=500)),
                ("last_error", models.CharField(blank=True, max_length=60)),
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
                        condition=models.Q(("state", "queued")), fields=["lane", "not_before"], name="outbox_due"
                    ),
                    models.Index(
                        condition=models.Q(("state", "queued")), fields=["expires_at"], name="outbox_too_late"
                    ),
                    models.Index(condition=models.Q(("state", "leased")), fields=["lease_until"], name="outbox_leases"),
                    models.Index(fields=["council", "subject_id", "created_at"], name="outbox_subject"),
                    models.Index(fields=["council", "-created_at"], name="outbox_newest"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("council", "dedupe_key"), name="outbox_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lease_until__isnull", False), ("state", "leased")),
                            models.Q(
                                models.Q(("state", "leased"), _negated=True),
                                ("lease_until__isnull", True),
                                ("started_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="outbox_only_a_lease_has_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("state__in", ["leased", "queued"])),
                            models.Q(
                                models.Q(("state__in", ["leased", "queued"]), _negated=True),
                                ("settled_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="outbox_settled_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("smtp_reply", ""), ("state", "sent"), _negated=True),
                        name="outbox_sent_has_a_reply",
                    ),
                ],
            },
        ),
        ProtectCouncilTable("outbox_message"),
    ]
