"""Hubs, councils, places, people, events and doors, on the foundation that every later table needs."""

import datetime
import uuid

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import councils.clock
import councils.models.places
from councils.tenancy.foundation import FOUNDATION
from councils.tenancy.operations import AddCouncilForeignKey, AppendOnly, ProtectCouncilTable

# Every process keeps a snapshot of the places in memory and asks for this number to know whether it is stale.
_ROUTED = (
    "councils_hub",
    "councils_council",
    "councils_area",
    "councils_councilarea",
    "councils_postcodeoverride",
    "councils_postcoderelease",
)
RAISES = """
    INSERT INTO councils_routingversion (version) VALUES (1);
    CREATE FUNCTION raise_routing_version() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN UPDATE councils_routingversion SET version = version + 1; RETURN NULL; END $$;
"""
TRIGGER = """
    CREATE TRIGGER routing_changed AFTER INSERT OR UPDATE OR DELETE ON {}
        EXECUTE FUNCTION raise_routing_version();
"""
NO_TRIGGER = "DROP TRIGGER routing_changed ON {};"
RAISES_NO_MORE = "DROP FUNCTION raise_routing_version(); DELETE FROM councils_routingversion;"


class Migration(migrations.Migration):
    initial = True
    # The grants of the foundation are defaults for tables made later, so it comes first of all.
    run_before = [
        ("contenttypes", "0001_initial"),
        ("auth", "0001_initial"),
        ("sessions", "0001_initial"),
    ]

    dependencies = []

    operations = [
        *FOUNDATION,
        migrations.CreateModel(
            name="Area",
            fields=[
                ("code", models.CharField(max_length=9, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("authority_code", models.CharField(max_length=9)),
                ("authority_name", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="Council",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("council", "Council"), ("hub_office", "Hub office")], default="council", max_length=12
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("code", models.CharField(max_length=4, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("authority_code", models.CharField(blank=True, max_length=9)),
                ("fostering_service", models.CharField(blank=True, max_length=120)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("email", models.CharField(blank=True, max_length=120)),
                ("website", models.CharField(blank=True, max_length=200)),
                ("contact_as_of", models.CharField(blank=True, max_length=20)),
                ("minimum_age", models.PositiveSmallIntegerField(default=21)),
                (
                    "duty_mailbox",
                    models.CharField(blank=True, help_text="Told of every new enquiry, without names", max_length=120),
                ),
                ("promise_working_days", models.PositiveSmallIntegerField(default=1)),
                (
                    "first_contact_by",
                    models.CharField(
                        choices=[("council", "The council"), ("hub", "The hub office")], default="council", max_length=8
                    ),
                ),
                ("opens_at", models.TimeField(default=datetime.time(9, 0))),
                ("closes_at", models.TimeField(default=datetime.time(17, 0))),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Hub",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=120)),
                ("short_name", models.CharField(max_length=40)),
                ("website", models.CharField(blank=True, max_length=200)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("email", models.CharField(blank=True, max_length=120)),
                ("domain", models.CharField(blank=True, help_text="Host name of its public site", max_length=120)),
                ("lead_authority", models.CharField(blank=True, max_length=9)),
                ("launched", models.DateField(blank=True, null=True)),
                ("membership_complete", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="RoutingVersion",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.BigIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.CharField(help_text="In lower case", max_length=254, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("is_active", models.BooleanField(default=True)),
                ("is_staff", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                (
                    "home",
                    models.ForeignKey(
                        help_text="The hub office that owns this account's log-ins",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.council",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Door",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("form", "A form in progress"),
                            ("status", "Your enquiry"),
                            ("reply", "A reply by email"),
                            ("stop", "Please stop"),
                        ],
                        max_length=12,
                    ),
                ),
                ("subject_id", models.UUIDField(db_index=True)),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("expires_at", models.DateTimeField()),
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
            name="Event",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("verb", models.CharField(max_length=60)),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.UUIDField()),
                ("journey_id", models.UUIDField(null=True)),
                ("household_id", models.UUIDField(null=True)),
                ("rule_version", models.CharField(blank=True, max_length=20)),
                ("facts", models.JSONField(default=dict)),
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
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="EventDetail",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("field", models.CharField(max_length=60)),
                ("old", models.TextField()),
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
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="details",
                        to="councils.event",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="HouseholdKey",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=8)),
                ("hmac", models.CharField(max_length=64)),
                ("household_id", models.UUIDField()),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "hub",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.hub"),
                ),
            ],
        ),
        migrations.AddField(
            model_name="council",
            name="hub",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="councils", to="councils.hub"
            ),
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("officer", "Officer"),
                            ("manager", "Manager"),
                            ("safeguarding", "Safeguarding"),
                            ("coordinator", "Ambassador coordinator"),
                            ("campaign_editor", "Campaign editor"),
                            ("hub_officer", "Hub officer"),
                            ("hub_manager", "Hub manager"),
                            ("data_analyst", "Hub data analyst"),
                            ("regional_lead", "Regional lead"),
                            ("operator", "Operator"),
                        ],
                        max_length=24,
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="councils.council"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PostcodeOverride",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("postcode", models.CharField(max_length=7)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("reason", models.CharField(max_length=200)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="overrides", to="councils.council"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PostcodeRelease",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, unique=True)),
                ("rows", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("path", models.CharField(help_text="File name inside DATA_DIR", max_length=255)),
                ("active", models.BooleanField(default=False)),
                ("loaded_at", models.DateTimeField(db_default=councils.clock.HubNow())),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("active", True)), fields=("active",), name="councils_one_active_release"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ToDo",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("nobody_here", "A council with no active officer has a new enquiry"),
                            ("unseen", "Nobody has looked at a new enquiry"),
                            ("ring_instead", "Email does not work: ring"),
                            ("mail_failed", "A message could not be sent"),
                            ("sent_again", "Somebody sent their form again with other answers"),
                            ("promise_missed", "A promise was missed"),
                        ],
                        max_length=24,
                    ),
                ),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.UUIDField()),
                ("due_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "about_council",
                    models.ForeignKey(
                        db_index=False,
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
                    "done_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
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
            name="CouncilArea",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_code", models.CharField(max_length=9)),
                ("valid_from", models.DateField(blank=True, null=True)),
                (
                    "valid_to",
                    models.DateField(blank=True, help_text="The first day on which it no longer holds", null=True),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="areas", to="councils.council"
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("area_code", "="),
                            (councils.models.places.DateRange("valid_from", "valid_to"), "&&"),
                        ],
                        name="councils_area_has_one_council",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                        name="councils_area_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["council", "subject_id", "at"], name="councils_event_subject"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["council", "at"], name="councils_event_at"),
        ),
        migrations.AddConstraint(
            model_name="householdkey",
            constraint=models.UniqueConstraint(
                fields=("hub", "kind", "hmac", "council", "household_id"), name="councils_household_key_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="council",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "hub_office")), fields=("hub",), name="councils_one_office_per_hub"
            ),
        ),
        migrations.AddConstraint(
            model_name="council",
            constraint=models.CheckConstraint(
                condition=models.Q(("opens_at__lt", models.F("closes_at"))), name="councils_opening_hours"
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("user", "council", "role"),
                name="councils_role_held_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="postcodeoverride",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("postcode", "="), (councils.models.places.DateRange("valid_from", "valid_to"), "&&")],
                name="councils_override_is_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="todo",
            constraint=models.UniqueConstraint(
                condition=models.Q(("done_at", None)),
                fields=("council", "kind", "subject_id"),
                name="councils_todo_once",
            ),
        ),
        ProtectCouncilTable("councils_event"),
        AppendOnly("councils_event"),
        ProtectCouncilTable("councils_eventdetail"),
        AddCouncilForeignKey("councils_eventdetail", "event_id", to="councils_event"),
        AppendOnly("councils_eventdetail", erasable=True),
        ProtectCouncilTable("councils_todo"),
        migrations.RunSQL(RAISES, RAISES_NO_MORE),
        *(migrations.RunSQL(TRIGGER.format(table), NO_TRIGGER.format(table)) for table in _ROUTED),
    ]
