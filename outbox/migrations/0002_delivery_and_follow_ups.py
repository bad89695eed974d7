"""What senders share: suppressed addresses, circuits, allowances, receipts, the release to send."""

import django.db.models.deletion
from django.db import migrations, models

import councils.clock


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0002_delivery_and_follow_ups"),
        ("outbox", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Allowance",
            fields=[
                ("key", models.CharField(max_length=280, primary_key=True, serialize=False)),
                ("tokens", models.FloatField()),
                ("filled_at", models.DateTimeField(db_default=councils.clock.HubNow())),
            ],
        ),
        migrations.CreateModel(
            name="Circuit",
            fields=[
                ("provider", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("failures", models.PositiveIntegerField(default=0, help_text="In a row")),
                ("last_error", models.CharField(blank=True, max_length=60)),
                ("opened_at", models.DateTimeField(null=True)),
                ("open_until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SendingRelease",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("instance_id", models.CharField(help_text="INSTANCE_ID of the deployment", max_length=80)),
                ("system_identifier", models.CharField(help_text="Of the database cluster", max_length=40)),
                (
                    "timeline",
                    models.PositiveIntegerField(help_text="Goes up when a backup is restored or a standby takes over"),
                ),
                ("released_at", models.DateTimeField(db_default=councils.clock.HubNow())),
            ],
        ),
        migrations.AddField(
            model_name="message",
            name="cancel_asked",
            field=models.BooleanField(default=False, help_text="While it was being sent: not to be tried again"),
        ),
        migrations.AddField(
            model_name="message",
            name="provider_id",
            field=models.CharField(blank=True, help_text="What the provider calls it", max_length=80),
        ),
        migrations.AddField(
            model_name="message",
            name="receipt",
            field=models.CharField(
                blank=True, help_text="What became of it, by the provider's last word", max_length=40
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="receipt_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="to_domain",
            field=models.CharField(blank=True, help_text="Of an email, in ASCII and lower case", max_length=253),
        ),
        migrations.AddField(
            model_name="message",
            name="window",
            field=models.CharField(
                choices=[("any_time", "At any time"), ("daytime", "By day, not on bank holidays")],
                default="any_time",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="mime",
            field=models.BinaryField(help_text="Empty for a text message"),
        ),
        migrations.AlterField(
            model_name="message",
            name="to_address",
            field=models.CharField(help_text="An email address, or a number in E.164", max_length=254),
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider", models.CharField(max_length=20)),
                ("report_id", models.CharField(max_length=200)),
                ("received_at", models.DateTimeField(db_default=councils.clock.HubNow())),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("provider", "report_id"), name="outbox_receipt_once")],
            },
        ),
        migrations.CreateModel(
            name="Suppression",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address_hash", models.CharField(max_length=64)),
                (
                    "cover",
                    models.CharField(
                        choices=[
                            ("everything", "Everything: it does not work"),
                            ("promotional", "Promotion: they said no"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(help_text="A code: hard_bounce, complaint, opted_out", max_length=40)),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                (
                    "hub",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.hub"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("hub", "address_hash", "cover"), name="outbox_suppressed_once")
                ],
            },
        ),
    ]
