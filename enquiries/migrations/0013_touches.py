"""How somebody came, each time they did."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import councils.clock
from councils.tenancy.operations import AddCouncilForeignKey, EraserMay, ProtectCouncilTable


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0012_doors_of_campaigns"),
        ("enquiries", "0012_wishes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Touch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("journey_id", models.UUIDField()),
                ("at", models.DateTimeField(db_default=councils.clock.HubNow())),
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
                ("detail", models.CharField(blank=True, max_length=60)),
                ("medium", models.CharField(blank=True, max_length=60)),
                ("campaign", models.CharField(blank=True, max_length=60)),
                ("code", models.CharField(blank=True, max_length=40)),
                (
                    "referrer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("own", "One of our own pages"),
                            ("search", "A search engine"),
                            ("social", "A social network"),
                            ("mail", "A mail program on the web"),
                            ("council", "A council’s website"),
                            ("elsewhere", "Another website"),
                        ],
                        max_length=12,
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
                        related_name="touches",
                        to="enquiries.enquiry",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["council", "enquiry", "at"], name="enquiries_touches"),
                    models.Index(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=["council", "code", "at"],
                        name="enquiries_touches_by_code",
                    ),
                ],
            },
        ),
        ProtectCouncilTable("enquiries_touch"),
        AddCouncilForeignKey("enquiries_touch", "enquiry_id", "enquiries_enquiry"),
        EraserMay("enquiries_touch"),
    ]
