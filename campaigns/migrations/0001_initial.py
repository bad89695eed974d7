"""Gatherings, subscribers, campaigns and their emails."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import councils.clock
from councils.tenancy.operations import AddCouncilForeignKey, EraserMay, ProtectCouncilTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("councils", "0012_doors_of_campaigns"),
        ("enquiries", "0013_touches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("note", models.TextField(blank=True, max_length=1000)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
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
                    "created_by",
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
            },
        ),
        migrations.CreateModel(
            name="Click",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(blank=True, max_length=40)),
                ("mailing_key", models.UUIDField(null=True)),
                ("position", models.PositiveSmallIntegerField(null=True)),
                ("at", models.DateTimeField(db_default=councils.clock.HubNow())),
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
            },
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("campaign_key", models.UUIDField(db_index=True, null=True)),
                ("code", models.CharField(max_length=40)),
                ("label", models.CharField(blank=True, max_length=120)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("search", "Search, unpaid"),
                            ("search_paid", "Search, paid"),
                            ("social", "Social media, unpaid"),
                            ("social_paid", "Social media, paid"),
                            ("email", "Email"),
                            ("radio_tv", "Radio or television"),
                            ("print", "Posters, leaflets, newspapers"),
                            ("event", "An event"),
                            ("foster_carer", "A foster carer"),
                            ("word_of_mouth", "Friends, relatives, colleagues"),
                            ("council", "A council’s own website or newsletter"),
                            ("partner", "An employer, faith or community group, another website"),
                            ("direct", "Came by themselves"),
                            ("unknown", "Not known"),
                        ],
                        max_length=16,
                    ),
                ),
                ("path", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                (
                    "ended_at",
                    models.DateTimeField(
                        help_text="Since when its address leads to the start page uncounted", null=True
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.council",
                    ),
                ),
                (
                    "hub",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.hub"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Gathering",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("evening", "Information evening"),
                            ("training", "Preparation training (Skills to Foster)"),
                            ("other", "Another event"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Not published yet"),
                            ("published", "Published"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("is_listed", models.BooleanField(default=True)),
                ("title", models.CharField(max_length=120)),
                ("about", models.TextField(blank=True, max_length=3000)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("is_online", models.BooleanField(default=False)),
                ("venue", models.CharField(blank=True, max_length=120)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                (
                    "access",
                    models.TextField(
                        blank=True, help_text="Steps, parking, hearing loop, as the host tells", max_length=1000
                    ),
                ),
                ("join_link", models.URLField(blank=True, max_length=500)),
                ("contact", models.CharField(blank=True, max_length=200)),
                ("places", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("booking_until", models.DateTimeField(blank=True, help_text="None: until it starts", null=True)),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
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
                    "created_by",
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
            },
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("booked", "Booked"),
                            ("waiting", "On the waiting list"),
                            ("cancelled", "Cancelled"),
                            ("came", "Came"),
                            ("missed", "Did not come"),
                        ],
                        default="booked",
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, help_text="E.164", max_length=16)),
                ("address_hash", models.CharField(blank=True, max_length=64)),
                ("people", models.PositiveSmallIntegerField(default=1)),
                (
                    "needs",
                    models.TextField(
                        blank=True, help_text="What they need to take part, in their words", max_length=500
                    ),
                ),
                ("is_walk_in", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("waiting_since", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("marked_at", models.DateTimeField(help_text="When somebody wrote down whether they came", null=True)),
                ("attendance_key", models.UUIDField(null=True)),
                ("emptied_at", models.DateTimeField(help_text="Since when it tells nothing of anybody", null=True)),
                (
                    "case_council",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.council",
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
                    "marked_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gathering",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="bookings",
                        to="campaigns.gathering",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sender", models.CharField(blank=True, max_length=60)),
                ("reply_to", models.CharField(blank=True, max_length=254)),
                ("postal_address", models.CharField(blank=True, max_length=300)),
                ("colour", models.CharField(default="#1d70b8", help_text="#rrggbb", max_length=7)),
                (
                    "clicks",
                    models.BooleanField(default=True, help_text="Count how often a link is followed, never by whom"),
                ),
                ("two_above", models.PositiveIntegerField(default=50)),
                ("rest_days", models.PositiveSmallIntegerField(default=7)),
                (
                    "council",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="look", to="councils.council"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Mailing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("to_approve", "Waiting for a colleague’s approval"),
                            ("approved", "Approved"),
                            ("scheduled", "Scheduled"),
                            ("running", "Going out"),
                            ("paused", "Paused"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("news", "News and stories"), ("events", "Events")], default="news", max_length=8
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True, help_text="Whoever comes by one of its links brings this word", max_length=40
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=120)),
                ("preheader", models.CharField(blank=True, max_length=150)),
                ("blocks", models.JSONField(default=list)),
                ("rules", models.JSONField(default=dict)),
                ("excluded", models.JSONField(default=dict)),
                ("fixed", models.PositiveIntegerField(null=True)),
                ("fixed_at", models.DateTimeField(null=True)),
                ("counts_clicks", models.BooleanField(default=True)),
                ("per_minute", models.PositiveIntegerField(help_text="None: as fast as the outbox lets it", null=True)),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("approved_at", models.DateTimeField(null=True)),
                ("start_at", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("paused_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "approved_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="mailings",
                        to="campaigns.campaign",
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
                    "created_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "prepared_by",
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
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("url", models.URLField(max_length=500)),
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
                    "mailing",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="links",
                        to="campaigns.mailing",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("address_hash", models.CharField(max_length=64)),
                ("source_id", models.IntegerField(help_text="Council of the subscriber")),
                ("subscriber_key", models.UUIDField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Still to be written to"),
                            ("handed", "Handed to the outbox"),
                            ("dropped", "Left out since"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_consent", "Has not agreed to it, or has taken it back"),
                            ("suppressed", "Said no to news, in the whole region or here"),
                            ("bounced", "Mail to this address came back"),
                            ("recent", "Had a campaign email in the last days"),
                            ("in_conversation", "Is talking with somebody now"),
                            ("erasure", "Is about to be erased"),
                            ("no_address", "Has no email address"),
                            ("twice", "The same address stands on the list already"),
                        ],
                        max_length=16,
                    ),
                ),
                ("message_key", models.UUIDField(null=True)),
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
                    "mailing",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="recipients",
                        to="campaigns.mailing",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Refusal",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address_hash", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                (
                    "council",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.council",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Segment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("rules", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("version", models.PositiveIntegerField(default=1)),
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
                    "created_by",
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
            },
        ),
        migrations.AddField(
            model_name="mailing",
            name="segment",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="campaigns.segment",
            ),
        ),
        migrations.CreateModel(
            name="Spend",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("pence", models.PositiveIntegerField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("search", "Search, unpaid"),
                            ("search_paid", "Search, paid"),
                            ("social", "Social media, unpaid"),
                            ("social_paid", "Social media, paid"),
                            ("email", "Email"),
                            ("radio_tv", "Radio or television"),
                            ("print", "Posters, leaflets, newspapers"),
                            ("event", "An event"),
                            ("foster_carer", "A foster carer"),
                            ("word_of_mouth", "Friends, relatives, colleagues"),
                            ("council", "A council’s own website or newsletter"),
                            ("partner", "An employer, faith or community group, another website"),
                            ("direct", "Came by themselves"),
                            ("unknown", "Not known"),
                        ],
                        max_length=16,
                    ),
                ),
                ("what", models.CharField(blank=True, max_length=200)),
                ("row_key", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField(db_default=councils.clock.HubNow())),
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
                    "campaign",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="spends",
                        to="campaigns.campaign",
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
            },
        ),
        migrations.CreateModel(
            name="Subscriber",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "Has to confirm by email"), ("active", "Subscribed"), ("ended", "Ended")],
                        default="pending",
                        max_length=8,
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=254)),
                ("address_hash", models.CharField(blank=True, max_length=64)),
                ("first_name", models.CharField(blank=True, max_length=60)),
                ("area_code", models.CharField(blank=True, max_length=9)),
                (
                    "interests",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), blank=True, default=list, size=None
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("form", "The enquiry form"),
                            ("site", "The newsletter page"),
                            ("booking", "A booking for an event"),
                            ("import", "A list with recorded agreement"),
                            ("staff", "Written down by staff"),
                        ],
                        max_length=8,
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("last_mailed_at", models.DateTimeField(null=True)),
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
                        related_name="+",
                        to="enquiries.enquiry",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "purpose",
                    models.CharField(choices=[("news", "News and stories"), ("events", "Events")], max_length=8),
                ),
                ("channel", models.CharField(choices=[("email", "Email"), ("sms", "Text message")], max_length=8)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("form", "The enquiry form"),
                            ("site", "The newsletter page"),
                            ("booking", "A booking for an event"),
                            ("import", "A list with recorded agreement"),
                            ("staff", "Written down by staff"),
                        ],
                        max_length=8,
                    ),
                ),
                ("version", models.CharField(blank=True, max_length=20)),
                ("given_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "how_ended",
                    models.CharField(
                        blank=True, help_text="A code: one_click, page, case, complaint, staff", max_length=20
                    ),
                ),
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
                    "subscriber",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="agreements",
                        to="campaigns.subscriber",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="SubscriberImport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("filename", models.CharField(max_length=120)),
                ("digest", models.CharField(max_length=64)),
                ("wording", models.TextField(max_length=1000)),
                ("told_by", models.CharField(max_length=300)),
                ("rows", models.PositiveIntegerField()),
                ("taken", models.PositiveIntegerField()),
                ("at", models.DateTimeField(db_default=councils.clock.HubNow())),
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
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="subscriber",
            name="brought_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="campaigns.subscriberimport",
            ),
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("gathering_key", models.UUIDField()),
                ("booking_key", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("evening", "Information evening"),
                            ("training", "Preparation training (Skills to Foster)"),
                            ("other", "Another event"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("starts_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("booked", "Booked"),
                            ("waiting", "On the waiting list"),
                            ("cancelled", "Cancelled"),
                            ("came", "Came"),
                            ("missed", "Did not come"),
                        ],
                        max_length=12,
                    ),
                ),
                ("changed_at", models.DateTimeField(db_default=councils.clock.HubNow())),
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
                        related_name="attendances",
                        to="enquiries.enquiry",
                    ),
                ),
                (
                    "host",
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
                "indexes": [models.Index(fields=["council", "enquiry"], name="campaigns_attendance_of_case")],
                "constraints": [
                    models.UniqueConstraint(fields=("council", "booking_key"), name="campaigns_attends_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.UniqueConstraint(fields=("council", "name"), name="campaigns_one_of_a_name"),
        ),
        migrations.AddIndex(
            model_name="click",
            index=models.Index(fields=["council", "code", "at"], name="campaigns_clicks_of_code"),
        ),
        migrations.AddIndex(
            model_name="click",
            index=models.Index(
                condition=models.Q(("mailing_key__isnull", False)),
                fields=["council", "mailing_key"],
                name="campaigns_clicks_of_mailing",
            ),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.UniqueConstraint(fields=("hub", "code"), name="campaigns_code_once"),
        ),
        migrations.AddIndex(
            model_name="gathering",
            index=models.Index(fields=["council", "starts_at"], name="campaigns_gatherings"),
        ),
        migrations.AddConstraint(
            model_name="gathering",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="campaigns_gathering_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="gathering",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancelled_at__isnull", False), ("state", "cancelled")),
                    models.Q(models.Q(("state", "cancelled"), _negated=True), ("cancelled_at__isnull", True)),
                    _connector="OR",
                ),
                name="campaigns_gathering_cancelled_has_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(fields=["council", "gathering", "state"], name="campaigns_bookings"),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ["booked", "came", "missed", "waiting"]),
                    models.Q(("address_hash", ""), _negated=True),
                ),
                fields=("council", "gathering", "address_hash"),
                name="campaigns_booked_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(("people__gte", 1), ("people__lte", 6)), name="campaigns_booking_of_so_many"
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(
                fields=("council", "mailing", "position"), name="campaigns_link_of_mailing"
            ),
        ),
        migrations.AddIndex(
            model_name="recipient",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["council", "mailing", "id"],
                name="campaigns_still_to_write_to",
            ),
        ),
        migrations.AddIndex(
            model_name="recipient",
            index=models.Index(fields=["council", "subscriber_key"], name="campaigns_mailed_to"),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.UniqueConstraint(
                fields=("council", "mailing", "address_hash"), name="campaigns_one_copy_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "dropped"), models.Q(("reason", ""), _negated=True)),
                    models.Q(("state", "dropped"), _negated=True),
                    _connector="OR",
                ),
                name="campaigns_dropped_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="refusal",
            constraint=models.UniqueConstraint(fields=("council", "address_hash"), name="campaigns_refused_once"),
        ),
        migrations.AddConstraint(
            model_name="segment",
            constraint=models.UniqueConstraint(fields=("council", "name"), name="campaigns_segment_once"),
        ),
        migrations.AddIndex(
            model_name="mailing",
            index=models.Index(fields=["council", "-created_at"], name="campaigns_mailings"),
        ),
        migrations.AddIndex(
            model_name="mailing",
            index=models.Index(
                condition=models.Q(("state__in", ["scheduled", "running"])),
                fields=["council", "state"],
                name="campaigns_mailings_at_work",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "cancelled"]), ("fixed__isnull", False), _connector="OR"),
                name="campaigns_audience_is_fixed_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "scheduled"), _negated=True), ("start_at__isnull", False), _connector="OR"
                ),
                name="campaigns_scheduled_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("state__in", ["done", "cancelled"])),
                    models.Q(models.Q(("state__in", ["done", "cancelled"]), _negated=True), ("ended_at__isnull", True)),
                    _connector="OR",
                ),
                name="campaigns_mailing_ended_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="spend",
            constraint=models.UniqueConstraint(
                condition=models.Q(("row_key", ""), _negated=True),
                fields=("council", "campaign", "row_key"),
                name="campaigns_spend_imported_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="spend",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))), name="campaigns_spend_days_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("council", "subscriber", "purpose", "channel"),
                name="campaigns_agreed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscriberimport",
            constraint=models.UniqueConstraint(fields=("council", "digest"), name="campaigns_list_taken_once"),
        ),
        migrations.AddIndex(
            model_name="subscriber",
            index=models.Index(fields=["council", "state"], name="campaigns_subscribers"),
        ),
        migrations.AddIndex(
            model_name="subscriber",
            index=models.Index(
                condition=models.Q(("enquiry__isnull", False)),
                fields=["council", "enquiry"],
                name="campaigns_subscriber_of_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscriber",
            constraint=models.UniqueConstraint(
                condition=models.Q(("address_hash", ""), _negated=True),
                fields=("council", "address_hash"),
                name="campaigns_one_of_an_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscriber",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("address", ""), _negated=True), ("state", "ended"), _connector="OR"),
                name="campaigns_written_to_by_an_address",
            ),
        ),
        ProtectCouncilTable("campaigns_gathering"),
        ProtectCouncilTable("campaigns_booking"),
        ProtectCouncilTable("campaigns_attendance"),
        ProtectCouncilTable("campaigns_subscriberimport"),
        ProtectCouncilTable("campaigns_subscriber"),
        ProtectCouncilTable("campaigns_agreement"),
        ProtectCouncilTable("campaigns_campaign"),
        ProtectCouncilTable("campaigns_click"),
        ProtectCouncilTable("campaigns_spend"),
        ProtectCouncilTable("campaigns_segment"),
        ProtectCouncilTable("campaigns_mailing"),
        ProtectCouncilTable("campaigns_recipient"),
        ProtectCouncilTable("campaigns_link"),
        AddCouncilForeignKey("campaigns_booking", "gathering_id", "campaigns_gathering"),
        AddCouncilForeignKey("campaigns_attendance", "enquiry_id", "enquiries_enquiry"),
        AddCouncilForeignKey("campaigns_subscriber", "enquiry_id", "enquiries_enquiry"),
        AddCouncilForeignKey("campaigns_subscriber", "brought_by_id", "campaigns_subscriberimport"),
        AddCouncilForeignKey("campaigns_agreement", "subscriber_id", "campaigns_subscriber"),
        AddCouncilForeignKey("campaigns_spend", "campaign_id", "campaigns_campaign"),
        AddCouncilForeignKey("campaigns_mailing", "campaign_id", "campaigns_campaign"),
        AddCouncilForeignKey("campaigns_mailing", "segment_id", "campaigns_segment"),
        AddCouncilForeignKey("campaigns_recipient", "mailing_id", "campaigns_mailing"),
        AddCouncilForeignKey("campaigns_link", "mailing_id", "campaigns_mailing"),
        EraserMay("campaigns_gathering"),
        EraserMay("campaigns_booking", "UPDATE (name, email, phone, needs, address_hash, emptied_at)"),
        EraserMay("campaigns_attendance"),
        EraserMay("campaigns_subscriber", "UPDATE (address, address_hash, first_name, area_code, interests, state)"),
        EraserMay("campaigns_mailing"),
        EraserMay("campaigns_recipient", "DELETE"),
    ]
