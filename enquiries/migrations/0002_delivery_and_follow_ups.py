"""Follow-ups, replies, a council's own wording; what a case remembers of them."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import councils.clock
from councils.tenancy.operations import AddCouncilForeignKey, ProtectCouncilTable


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0002_delivery_and_follow_ups"),
        ("enquiries", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FollowUpRecord",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("step", models.CharField(max_length=60)),
                (
                    "end",
                    models.CharField(
                        choices=[
                            ("sent", "Sent"),
                            ("skipped", "Skipped by a colleague"),
                            ("not_possible", "Could not be sent"),
                        ],
                        max_length=16,
                    ),
                ),
                ("why", models.CharField(blank=True, help_text="A code, where it was not sent", max_length=60)),
                ("message_ids", models.JSONField(default=list, help_text="Of the outbox: one by email, one by text")),
                ("at", models.DateTimeField(db_default=councils.clock.HubNow())),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("from_address", models.CharField(max_length=254)),
                ("subject", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField(blank=True, max_length=20000)),
                ("files", models.PositiveSmallIntegerField(default=0, help_text="Attachments, which are not kept")),
                (
                    "automatic",
                    models.BooleanField(default=False, help_text="An out-of-office note: nobody wrote it (RFC 3834)"),
                ),
                ("message_id", models.CharField(max_length=200)),
                ("received_at", models.DateTimeField(db_default=councils.clock.HubNow())),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "follow_up",
                    models.CharField(
                        choices=[
                            ("confirmation", "We have your enquiry"),
                            ("tried", "We tried to reach you"),
                            ("information", "About fostering with us"),
                            ("visit_booked", "Your visit"),
                            ("visit_reminder", "Your visit is soon"),
                            ("application", "We have your application"),
                            ("not_yet", "Until you are ready"),
                            ("wake_up", "You asked us to get in touch again"),
                            ("still_interested", "Are you still interested?"),
                            ("closed", "Your enquiry is closed"),
                            ("nurture", "News about fostering"),
                        ],
                        max_length=20,
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=150)),
                ("text", models.TextField(blank=True, max_length=5000)),
                (
                    "text_message",
                    models.CharField(blank=True, help_text="At most three parts of 153 letters", max_length=459),
                ),
                (
                    "days",
                    models.PositiveSmallIntegerField(help_text="Working days to wait, instead of the hub's", null=True),
                ),
                ("off", models.BooleanField(default=False)),
                ("updated_at", models.DateTimeField(db_default=councils.clock.HubNow())),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="enquiry",
            name="asked_at",
            field=models.DateTimeField(help_text="When “are you still interested?” was last asked", null=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="email_fails",
            field=models.BooleanField(default=False, help_text="Mail to them came back: ring"),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="escalated",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "Nobody yet"), (1, "The officer"), (2, "The manager"), (3, "The hub")], default=0
            ),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="escalated_for",
            field=models.DateTimeField(help_text="The due time that was escalated", null=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="heard_at",
            field=models.DateTimeField(help_text="When the enquirer last wrote or answered", null=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="next_follow_up_at",
            field=models.DateTimeField(help_text="When the next step of a sequence is to be looked at", null=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="stopped_at",
            field=models.DateTimeField(help_text="“Please stop”: no more follow-ups", null=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="to_confirm",
            field=models.BooleanField(default=False, help_text="Wrote to the council directly: is it an enquiry?"),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="visit_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="enquiry",
            name="route_choice",
            field=models.CharField(
                choices=[
                    ("routed", "The postcode decided"),
                    ("named_area", "The person named who sends the council tax bill"),
                    ("not_sure", "The person was not sure: nearest council taken"),
                    ("chose_council", "The person chose another council"),
                    ("outside", "Lives outside the hub's area and went on"),
                    ("no_postcode", "Went on without a postcode"),
                    ("staff_choice", "A member of staff chose"),
                    ("wrote_to_council", "The person wrote to this council"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(("next_follow_up_at__isnull", False)),
                fields=["next_follow_up_at"],
                name="enquiries_follow_ups_due",
            ),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)), fields=["next_due_at"], name="enquiries_running"
            ),
        ),
        migrations.AddField(
            model_name="followuprecord",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="followuprecord",
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
            model_name="followuprecord",
            name="enquiry",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="follow_ups",
                to="enquiries.enquiry",
            ),
        ),
        migrations.AddField(
            model_name="reply",
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
            model_name="reply",
            name="enquiry",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="replies",
                to="enquiries.enquiry",
            ),
        ),
        migrations.AddField(
            model_name="wording",
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
            model_name="wording",
            name="updated_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="followuprecord",
            constraint=models.UniqueConstraint(fields=("council", "enquiry", "step"), name="enquiries_follow_up_once"),
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(fields=["council", "enquiry", "received_at"], name="enquiries_replies"),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.UniqueConstraint(
                fields=("council", "enquiry", "message_id"), name="enquiries_reply_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.UniqueConstraint(fields=("council", "follow_up"), name="enquiries_wording_once"),
        ),
        ProtectCouncilTable("enquiries_followuprecord"),
        ProtectCouncilTable("enquiries_reply"),
        ProtectCouncilTable("enquiries_wording"),
        AddCouncilForeignKey("enquiries_followuprecord", "enquiry_id", to="enquiries_enquiry"),
        AddCouncilForeignKey("enquiries_reply", "enquiry_id", to="enquiries_enquiry"),
    ]
