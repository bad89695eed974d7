"""Ambassadors, introductions, mentors and concerns. Five tables an ambassador may read their own rows of."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import councils.clock
from councils.tenancy.operations import AddCouncilForeignKey, AmbassadorReads, EraserMay, ProtectCouncilTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("councils", "0011_ambassadors"),
        ("enquiries", "0012_wishes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Ambassador",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("invited", "Invited"), ("active", "Active"), ("left", "Left")],
                        default="invited",
                        max_length=8,
                    ),
                ),
                ("first_name", models.CharField(max_length=60)),
                ("email", models.CharField(max_length=254)),
                (
                    "phone",
                    models.CharField(
                        blank=True, help_text="E.164; for texts of ours, shown to nobody else", max_length=16
                    ),
                ),
                ("texts", models.BooleanField(default=False, help_text="Offers by text message as well")),
                ("about", models.TextField(blank=True, max_length=1000)),
                ("household", models.CharField(blank=True, max_length=300)),
                ("carer_since", models.PositiveSmallIntegerField(blank=True, help_text="A year", null=True)),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), blank=True, default=list, size=None
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("district", models.CharField(blank=True, max_length=4)),
                ("easting", models.IntegerField(null=True)),
                ("northing", models.IntegerField(null=True)),
                (
                    "near",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), blank=True, default=list, size=None
                    ),
                ),
                (
                    "times",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), blank=True, default=list, size=None
                    ),
                ),
                (
                    "ways",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), blank=True, default=list, size=None
                    ),
                ),
                ("most", models.PositiveSmallIntegerField(default=1)),
                ("most_a_month", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("rest_weeks", models.PositiveSmallIntegerField(default=0)),
                ("paused_until", models.DateField(blank=True, null=True)),
                (
                    "paused_by_staff",
                    models.BooleanField(default=False, help_text="Until staff end it, whatever the date"),
                ),
                ("is_mentor", models.BooleanField(default=False)),
                ("standing_until", models.DateField(null=True)),
                ("standing_at", models.DateTimeField(null=True)),
                ("invited_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("joined_at", models.DateTimeField(null=True)),
                (
                    "leaving_asked_at",
                    models.DateTimeField(help_text="They asked to leave; staff hand over what is open", null=True),
                ),
                ("left_at", models.DateTimeField(null=True)),
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
                    "invited_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "standing_by",
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
            name="Concern",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("concern_id", models.UUIDField()),
                ("pair_id", models.UUIDField(null=True)),
                ("enquiry_key", models.UUIDField(null=True)),
                ("ambassador_key", models.UUIDField(null=True)),
                (
                    "said_by",
                    models.CharField(
                        choices=[
                            ("enquirer", "An enquirer"),
                            ("ambassador", "An ambassador"),
                            ("staff", "A member of staff"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("carer", "The foster carer"),
                            ("enquirer", "The person who is thinking about fostering"),
                            ("child", "A child"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField(max_length=3000)),
                ("raised_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("closed_at", models.DateTimeField(null=True)),
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
                    "closed_by",
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
            name="Introduction",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("pair_id", models.UUIDField()),
                ("ambassador_key", models.UUIDField()),
                ("ambassador_name", models.CharField(help_text="First name", max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_confirm", "Waiting for the ambassador’s council to confirm"),
                            ("offered", "Waiting for the ambassador"),
                            ("accepted", "Waiting for the enquirer"),
                            ("agreed", "They are in touch"),
                            ("spoke", "They spoke"),
                            ("not_spoken", "They did not speak"),
                            ("not_confirmed", "Not confirmed by the ambassador’s council"),
                            ("declined", "The ambassador could not"),
                            ("expired", "No answer from the ambassador"),
                            ("unwanted", "The enquirer asked for somebody else"),
                            ("lapsed", "No answer from the enquirer"),
                            ("stopped", "Stopped"),
                            ("handed_on", "Another ambassador took over"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("phone", "Phone"),
                            ("email", "Email"),
                            ("video", "Video"),
                            ("event", "In person, at a council’s event"),
                        ],
                        max_length=8,
                    ),
                ),
                ("talk_at", models.DateTimeField(null=True)),
                ("shared_name", models.CharField(blank=True, max_length=60)),
                ("released_phone", models.CharField(blank=True, max_length=16)),
                ("link", models.CharField(blank=True, max_length=300)),
                ("place", models.CharField(blank=True, max_length=300)),
                (
                    "reasons",
                    models.CharField(
                        blank=True, help_text="Why they were introduced, in words of a score", max_length=500
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("agreed_at", models.DateTimeField(null=True)),
                ("answer_by", models.DateTimeField(help_text="Until when the one who is asked may answer", null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "stopped_by",
                    models.CharField(
                        blank=True,
                        choices=[("enquirer", "The enquirer"), ("ambassador", "The ambassador"), ("staff", "Staff")],
                        max_length=12,
                    ),
                ),
                ("asked_at", models.DateTimeField(help_text="When both were asked whether they spoke", null=True)),
                ("spoke", models.BooleanField(null=True)),
                ("how", models.CharField(blank=True, max_length=500)),
                (
                    "ambassador_council",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.council",
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
                    "enquiry",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="introductions",
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
            name="KeptApart",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("enquiry_key", models.UUIDField(null=True)),
                ("surname_hmac", models.CharField(blank=True, max_length=64)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                (
                    "ambassador",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="kept_apart",
                        to="ambassadors.ambassador",
                    ),
                ),
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
        migrations.CreateModel(
            name="LogInAddress",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hmac", models.CharField(db_index=True, max_length=64)),
                ("ambassador_id", models.UUIDField(unique=True)),
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
            name="Mentorship",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("begins_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("meetings", models.PositiveSmallIntegerField(help_text="At least so many", null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ambassador",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="mentorships",
                        to="ambassadors.ambassador",
                    ),
                ),
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
                        related_name="mentorships",
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
            name="Offer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("pair_id", models.UUIDField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_confirm", "Waiting for the ambassador’s council to confirm"),
                            ("offered", "Waiting for the ambassador"),
                            ("accepted", "Waiting for the enquirer"),
                            ("agreed", "They are in touch"),
                            ("spoke", "They spoke"),
                            ("not_spoken", "They did not speak"),
                            ("not_confirmed", "Not confirmed by the ambassador’s council"),
                            ("declined", "The ambassador could not"),
                            ("expired", "No answer from the ambassador"),
                            ("unwanted", "The enquirer asked for somebody else"),
                            ("lapsed", "No answer from the enquirer"),
                            ("stopped", "Stopped"),
                            ("handed_on", "Another ambassador took over"),
                        ],
                        max_length=16,
                    ),
                ),
                ("seat", models.PositiveSmallIntegerField()),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("offered_at", models.DateTimeField(null=True)),
                ("answer_by", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("spoke", models.BooleanField(null=True)),
                ("how", models.CharField(blank=True, max_length=500)),
                (
                    "ambassador",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="offers",
                        to="ambassadors.ambassador",
                    ),
                ),
                (
                    "confirmed_by",
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
                    "enquirer_council",
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
            },
        ),
        migrations.CreateModel(
            name="Offering",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "attribute",
                    models.CharField(
                        choices=[
                            ("teenagers", "Fosters teenagers"),
                            ("own_children", "Fosters with children of their own at home"),
                            ("single", "Fosters on their own"),
                            ("couple", "Fosters as a couple"),
                            ("working", "Works and fosters"),
                            ("lgbtq", "Is LGBTQ+"),
                            ("christian", "Is Christian"),
                            ("muslim", "Is Muslim"),
                            ("hindu", "Is Hindu"),
                            ("sikh", "Is Sikh"),
                            ("jewish", "Is Jewish"),
                            ("buddhist", "Is Buddhist"),
                            ("disabled", "Is disabled or has a long-term health condition"),
                            ("black", "Is Black"),
                            ("asian", "Is Asian"),
                            ("mixed", "Has a mixed or multiple ethnic background"),
                            ("came_to_uk", "Came to the UK from another country"),
                            ("care_experienced", "Grew up in care"),
                        ],
                        max_length=24,
                    ),
                ),
                ("version", models.CharField(max_length=20)),
                ("consented_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                (
                    "ambassador",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="offerings",
                        to="ambassadors.ambassador",
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
            name="Proposal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("ambassador_key", models.UUIDField(null=True)),
                ("ambassador_name", models.CharField(blank=True, max_length=60)),
                ("score", models.FloatField(null=True)),
                ("words", models.CharField(blank=True, max_length=500)),
                ("why_not", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                (
                    "ambassador_council",
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
                    "enquiry",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="proposals",
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
            name="Scheme",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("runs", models.BooleanField(default=True)),
                ("across_borders", models.BooleanField(default=False)),
                ("answer_days", models.PositiveSmallIntegerField(default=3)),
                ("standing_months", models.PositiveSmallIntegerField(default=3)),
                ("mentor_meetings", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("mentor_months", models.PositiveSmallIntegerField(blank=True, help_text="After approval", null=True)),
                ("rate_an_hour", models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                ("rate_a_mile", models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True)),
                ("out_of_hours_phone", models.CharField(blank=True, max_length=20)),
                (
                    "council",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scheme", to="councils.council"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Talk",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("pair_id", models.UUIDField(null=True)),
                ("on", models.DateField()),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("phone", "Phone"),
                            ("email", "Email"),
                            ("video", "Video"),
                            ("event", "In person, at a council’s event"),
                        ],
                        max_length=8,
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField()),
                ("miles", models.DecimalField(decimal_places=1, default=0, max_digits=5)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("logged", "Waiting for approval"),
                            ("approved", "Approved"),
                            ("sent_back", "Sent back"),
                        ],
                        default="logged",
                        max_length=10,
                    ),
                ),
                ("logged_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("decided_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=300)),
                (
                    "ambassador",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="talks",
                        to="ambassadors.ambassador",
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
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mentorship",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="talks",
                        to="ambassadors.mentorship",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="ambassador",
            index=models.Index(fields=["council", "state"], name="ambassadors_by_state"),
        ),
        migrations.AddConstraint(
            model_name="ambassador",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "left"), _negated=True),
                fields=("council", "email"),
                name="ambassadors_one_of_an_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="ambassador",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("left_at__isnull", False), ("state", "left")),
                    models.Q(models.Q(("state", "left"), _negated=True), ("left_at__isnull", True)),
                    _connector="OR",
                ),
                name="ambassadors_left_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="ambassador",
            constraint=models.CheckConstraint(
                condition=models.Q(("most__gte", 1), ("most__lte", 20)), name="ambassadors_most"
            ),
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(fields=["council", "closed_at", "raised_at"], name="ambassadors_concerns"),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.UniqueConstraint(fields=("council", "concern_id"), name="ambassadors_concern_once"),
        ),
        migrations.AddIndex(
            model_name="introduction",
            index=models.Index(fields=["council", "state", "answer_by"], name="ambassadors_introductions"),
        ),
        migrations.AddIndex(
            model_name="introduction",
            index=models.Index(fields=["council", "enquiry", "created_at"], name="ambassadors_of_a_case"),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.UniqueConstraint(fields=("council", "pair_id"), name="ambassadors_introduction_once"),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["accepted", "agreed", "offered", "to_confirm"])),
                fields=("council", "enquiry"),
                name="ambassadors_one_open_introduction",
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.CheckConstraint(
                condition=models.Q(("released_phone", ""), ("ended_at", None), _connector="OR"),
                name="ambassadors_phone_while_open",
            ),
        ),
        migrations.AddIndex(
            model_name="keptapart",
            index=models.Index(fields=["council", "ambassador"], name="ambassadors_kept_apart"),
        ),
        migrations.AddConstraint(
            model_name="keptapart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("enquiry_key__isnull", False), models.Q(("surname_hmac", ""), _negated=True), _connector="OR"
                ),
                name="ambassadors_apart_from_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="mentorship",
            index=models.Index(fields=["council", "ambassador"], name="ambassadors_mentorships"),
        ),
        migrations.AddConstraint(
            model_name="mentorship",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("council", "enquiry"), name="ambassadors_one_mentor"
            ),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["council", "state", "answer_by"], name="ambassadors_offers"),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["council", "ambassador", "created_at"], name="ambassadors_offers_of_one"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(fields=("council", "pair_id"), name="ambassadors_offer_once"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["accepted", "agreed", "offered", "to_confirm"])),
                fields=("council", "ambassador", "seat"),
                name="ambassadors_one_a_seat",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["offered", "accepted", "agreed"]), _negated=True),
                    ("confirmed_by__isnull", False),
                    _connector="OR",
                ),
                name="ambassadors_staff_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="offering",
            constraint=models.UniqueConstraint(
                fields=("council", "ambassador", "attribute"), name="ambassadors_offers_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(fields=("council", "enquiry"), name="ambassadors_one_proposal"),
        ),
        migrations.AddConstraint(
            model_name="scheme",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer_days__gte", 1), ("answer_days__lte", 30)), name="ambassadors_days_to_answer"
            ),
        ),
        migrations.AddConstraint(
            model_name="scheme",
            constraint=models.CheckConstraint(
                condition=models.Q(("standing_months__gte", 1), ("standing_months__lte", 24)),
                name="ambassadors_months_of_standing",
            ),
        ),
        migrations.AddIndex(
            model_name="talk",
            index=models.Index(fields=["council", "state", "on"], name="ambassadors_talks"),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__gte", 1), ("minutes__lte", 1440)), name="ambassadors_minutes"
            ),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.CheckConstraint(condition=models.Q(("miles__gte", 0)), name="ambassadors_miles"),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "logged"), ("decided_by__isnull", False), _connector="OR"),
                name="ambassadors_decided_by",
            ),
        ),
        ProtectCouncilTable("ambassadors_ambassador"),
        ProtectCouncilTable("ambassadors_offering"),
        ProtectCouncilTable("ambassadors_introduction"),
        ProtectCouncilTable("ambassadors_offer"),
        ProtectCouncilTable("ambassadors_proposal"),
        ProtectCouncilTable("ambassadors_keptapart"),
        ProtectCouncilTable("ambassadors_mentorship"),
        ProtectCouncilTable("ambassadors_talk"),
        ProtectCouncilTable("ambassadors_concern"),
        AmbassadorReads("ambassadors_ambassador", "id"),
        AmbassadorReads("ambassadors_offering", "ambassador_id"),
        AmbassadorReads("ambassadors_offer", "ambassador_id"),
        AmbassadorReads("ambassadors_mentorship", "ambassador_id"),
        AmbassadorReads("ambassadors_talk", "ambassador_id"),
        AddCouncilForeignKey("ambassadors_offering", "ambassador_id", "ambassadors_ambassador"),
        AddCouncilForeignKey("ambassadors_introduction", "enquiry_id", "enquiries_enquiry"),
        AddCouncilForeignKey("ambassadors_offer", "ambassador_id", "ambassadors_ambassador"),
        AddCouncilForeignKey("ambassadors_proposal", "enquiry_id", "enquiries_enquiry"),
        AddCouncilForeignKey("ambassadors_keptapart", "ambassador_id", "ambassadors_ambassador"),
        AddCouncilForeignKey("ambassadors_mentorship", "ambassador_id", "ambassadors_ambassador"),
        AddCouncilForeignKey("ambassadors_mentorship", "enquiry_id", "enquiries_enquiry"),
        AddCouncilForeignKey("ambassadors_talk", "ambassador_id", "ambassadors_ambassador"),
        AddCouncilForeignKey("ambassadors_talk", "mentorship_id", "ambassadors_mentorship"),
        EraserMay(
            "ambassadors_ambassador",
            "UPDATE (first_name, email, phone, about, household, languages, district, near, kinds)",
        ),
        EraserMay("ambassadors_offering", "DELETE"),
        EraserMay("ambassadors_loginaddress", "DELETE"),
        EraserMay(
            "ambassadors_introduction",
            "UPDATE (shared_name, released_phone, link, place, reasons, how, state, ended_at)",
        ),
        EraserMay("ambassadors_offer", "UPDATE (how, state, ended_at)"),
        EraserMay("ambassadors_proposal", "DELETE"),
        EraserMay("ambassadors_keptapart", "DELETE"),
        EraserMay("ambassadors_mentorship", "UPDATE (ended_at)"),
        EraserMay("ambassadors_talk", "UPDATE (note, answer)"),
        EraserMay("ambassadors_concern", "DELETE"),
    ]
