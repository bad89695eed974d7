"""Enquiries, what was sent, what staff did, what a case is found by, and answers in progress."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import councils.clock
from councils.tenancy.operations import AddCouncilForeignKey, ProtectCouncilTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("councils", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("ciphertext", models.BinaryField()),
                ("updated_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("erase_after", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=16)),
                ("journey_id", models.UUIDField()),
                ("household_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("new", "New to fostering"),
                            ("transfer", "Transfer from another agency or council"),
                            ("returning", "Fostered before"),
                            ("supported_lodgings", "Supported lodgings"),
                            ("short_breaks", "Short breaks only"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "Online form"),
                            ("phone", "Phone"),
                            ("email", "Email"),
                            ("gathering", "Event"),
                            ("other", "Another way"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("in_contact", "In contact"),
                            ("visit_booked", "Visit booked"),
                            ("visited", "Visited"),
                            ("applied", "Applied"),
                            ("in_assessment", "In assessment"),
                            ("panel", "Panel"),
                            ("decision", "Decision"),
                            ("approved", "Approved"),
                            ("withdrawn", "Withdrawn"),
                            ("not_yet", "Not yet"),
                            ("declined_by_service", "Declined by the service"),
                            ("not_approved", "Not approved"),
                            ("passed_on", "Passed on"),
                            ("no_reply", "No reply"),
                            ("duplicate", "Duplicate"),
                        ],
                        default="new",
                        max_length=20,
                    ),
                ),
                ("state_changed_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                (
                    "close_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("chose_agency", "Chose an independent agency"),
                            ("chose_council", "Chose another council"),
                            ("no_room", "No spare room"),
                            ("work_or_money", "Work or money"),
                            ("health", "Health"),
                            ("family_change", "Change in the family"),
                            ("could_not_reach_us", "Could not reach us"),
                            ("not_for_us", "Learned that it is not for them"),
                            ("other", "Another reason"),
                            ("AW0", "AW0: other or unknown"),
                            ("AW1", "AW1: fostering not as expected"),
                            ("AW2", "AW2: assessment process not as expected"),
                            ("AW3", "AW3: household circumstances changed (not financial)"),
                            ("AW4", "AW4: financial reasons"),
                            ("AW5", "AW5: concerned about risk of allegations"),
                        ],
                        max_length=24,
                    ),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                ("wake_on", models.DateField(null=True)),
                ("name", models.CharField(max_length=120)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, help_text="E.164", max_length=16)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("call", "Phone call"),
                            ("text", "Text message"),
                            ("email", "Email"),
                            ("video", "Video call"),
                            ("visit", "Visit"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "times",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), default=list, size=None
                    ),
                ),
                ("voicemail_ok", models.BooleanField(default=False)),
                ("text_ok", models.BooleanField(default=False)),
                ("language", models.CharField(blank=True, max_length=60)),
                ("needs_interpreter", models.BooleanField(default=False)),
                ("uses_bsl", models.BooleanField(default=False)),
                ("uses_text_relay", models.BooleanField(default=False)),
                ("message", models.TextField(blank=True, max_length=2000)),
                (
                    "fosters_with",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Does not foster now"),
                            ("agency", "An independent fostering agency"),
                            ("council", "Another council"),
                        ],
                        max_length=12,
                    ),
                ),
                ("fosters_with_name", models.CharField(blank=True, max_length=120)),
                ("notice_version", models.CharField(max_length=20)),
                ("news_by_email", models.BooleanField(default=False)),
                ("news_by_text", models.BooleanField(default=False)),
                ("send_nothing", models.BooleanField(default=False)),
                ("postcode", models.CharField(blank=True, help_text="As routed, else as typed", max_length=40)),
                ("area_code", models.CharField(blank=True, max_length=9)),
                ("authority_code", models.CharField(blank=True, max_length=9)),
                ("route_outcome", models.CharField(blank=True, max_length=24)),
                ("route_reason", models.CharField(blank=True, max_length=300)),
                ("route_release", models.CharField(blank=True, max_length=40)),
                ("route_version", models.BigIntegerField(default=0)),
                (
                    "route_choice",
                    models.CharField(
                        choices=[
                            ("routed", "The postcode decided"),
                            ("named_area", "The person named who sends the council tax bill"),
                            ("not_sure", "The person was not sure: nearest council taken"),
                            ("chose_council", "The person chose another council"),
                            ("outside", "Lives outside the hub's area and went on"),
                            ("no_postcode", "Went on without a postcode"),
                            ("staff_choice", "A member of staff chose"),
                        ],
                        max_length=16,
                    ),
                ),
                ("check_council", models.BooleanField(default=False, help_text="The right council is in doubt")),
                ("of_age", models.CharField(blank=True, choices=[("yes", "Yes"), ("no", "No")], max_length=4)),
                ("minimum_age", models.PositiveSmallIntegerField(null=True)),
                (
                    "bedroom",
                    models.CharField(
                        blank=True, choices=[("yes", "Yes"), ("no", "No"), ("not_yet", "Not yet")], max_length=8
                    ),
                ),
                ("second_adult", models.CharField(blank=True, max_length=120)),
                (
                    "care_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), default=list, size=None
                    ),
                ),
                (
                    "heard_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("search", "Searching online"),
                            ("social_media", "Social media"),
                            ("foster_carer", "A foster carer"),
                            ("friend", "A friend, relative or colleague"),
                            ("council", "The council’s website or newsletter"),
                            ("event", "An event or information evening"),
                            ("print", "A poster, leaflet or newspaper"),
                            ("radio_tv", "Radio or television"),
                            ("employer", "My employer"),
                            ("community", "A faith or community group"),
                            ("other", "Another way"),
                        ],
                        max_length=16,
                    ),
                ),
                ("heard_detail", models.CharField(blank=True, max_length=120)),
                ("wants_ambassador", models.BooleanField(default=False)),
                (
                    "talk_about",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), default=list, size=None
                    ),
                ),
                ("talk_detail", models.CharField(blank=True, max_length=500)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("first_seen_at", models.DateTimeField(null=True)),
                ("promise_due_at", models.DateTimeField()),
                (
                    "promise_by",
                    models.CharField(choices=[("council", "The council"), ("hub", "The hub office")], max_length=8),
                ),
                (
                    "promise_slot",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("weekday_morning", "Weekday mornings, 9am to midday"),
                            ("weekday_afternoon", "Weekday afternoons, midday to 5pm"),
                            ("weekday_evening", "Weekday evenings, 5pm to 8pm"),
                            ("saturday", "Saturdays, 10am to 4pm"),
                        ],
                        max_length=20,
                    ),
                ),
                ("promise_kept_at", models.DateTimeField(null=True)),
                ("next_due_at", models.DateTimeField(null=True)),
                ("reached_at", models.DateTimeField(null=True)),
                ("quarantined", models.BooleanField(default=False)),
                (
                    "suspicions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), default=list, size=None
                    ),
                ),
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
                "verbose_name_plural": "enquiries",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ContactAttempt",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("call", "Phone call"),
                            ("text", "Text message"),
                            ("email", "Email"),
                            ("video", "Video call"),
                            ("visit", "Visit"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("reached", "Reached: we spoke or they answered"),
                            ("voicemail", "Left a voicemail"),
                            ("no_answer", "No answer"),
                            ("sent", "Sent, waiting for an answer"),
                            ("wrong_details", "Wrong number or address"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("comment", models.TextField(blank=True, max_length=2000)),
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
                        related_name="attempts",
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
            name="Note",
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
                        related_name="notes",
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
            name="SearchKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("name", "Name"),
                            ("email", "Email"),
                            ("phone", "Phone"),
                            ("postcode", "Postcode"),
                            ("ref", "Reference"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(db_collation="C", max_length=254)),
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
                        related_name="search_keys",
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
            name="Submission",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField(default=1)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "Online form"),
                            ("phone", "Phone"),
                            ("email", "Email"),
                            ("gathering", "Event"),
                            ("other", "Another way"),
                        ],
                        max_length=12,
                    ),
                ),
                ("answers", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("notice_version", models.CharField(max_length=20)),
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
                    "enquiry",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="submissions",
                        to="enquiries.enquiry",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(fields=["council", "state", "next_due_at"], name="enquiries_board"),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(fields=["council", "-created_at"], name="enquiries_newest"),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(fields=["council", "journey_id"], name="enquiries_journey"),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(fields=["council", "owner"], name="enquiries_owner"),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.UniqueConstraint(fields=("council", "reference"), name="enquiries_reference_once"),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("email", ""), ("phone", ""), _negated=True),
                    ("channel__in", ["phone", "gathering"]),
                    _connector="OR",
                ),
                name="enquiries_can_be_reached",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        (
                            "state__in",
                            [
                                "approved",
                                "declined_by_service",
                                "duplicate",
                                "no_reply",
                                "not_approved",
                                "not_yet",
                                "passed_on",
                                "withdrawn",
                            ],
                        ),
                    ),
                    models.Q(
                        ("closed_at__isnull", True),
                        (
                            "state__in",
                            [
                                "applied",
                                "decision",
                                "in_assessment",
                                "in_contact",
                                "new",
                                "panel",
                                "visit_booked",
                                "visited",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="enquiries_closed_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "approved",
                            "declined_by_service",
                            "duplicate",
                            "no_reply",
                            "not_approved",
                            "not_yet",
                            "passed_on",
                            "withdrawn",
                        ],
                    ),
                    ("next_due_at__isnull", False),
                    _connector="OR",
                ),
                name="enquiries_open_has_a_due_time",
            ),
        ),
        migrations.AddIndex(
            model_name="contactattempt",
            index=models.Index(fields=["council", "enquiry", "at"], name="enquiries_attempts"),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["council", "enquiry", "created_at"], name="enquiries_notes"),
        ),
        migrations.AddIndex(
            model_name="searchkey",
            index=models.Index(fields=["council", "kind", "key"], name="enquiries_search"),
        ),
        migrations.AddConstraint(
            model_name="searchkey",
            constraint=models.UniqueConstraint(
                fields=("council", "enquiry", "kind", "key"), name="enquiries_search_key_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                fields=("council", "enquiry", "digest"), name="enquiries_submission_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                fields=("council", "enquiry", "number"), name="enquiries_submission_number"
            ),
        ),
        ProtectCouncilTable("enquiries_enquiry"),
        ProtectCouncilTable("enquiries_submission"),
        ProtectCouncilTable("enquiries_contactattempt"),
        ProtectCouncilTable("enquiries_note"),
        ProtectCouncilTable("enquiries_searchkey"),
        AddCouncilForeignKey("enquiries_submission", "enquiry_id", to="enquiries_enquiry"),
        AddCouncilForeignKey("enquiries_contactattempt", "enquiry_id", to="enquiries_enquiry"),
        AddCouncilForeignKey("enquiries_note", "enquiry_id", to="enquiries_enquiry"),
        AddCouncilForeignKey("enquiries_searchkey", "enquiry_id", to="enquiries_enquiry"),
    ]
