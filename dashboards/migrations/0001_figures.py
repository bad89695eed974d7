"""Counts without a key to a person, what they are made of, and a trigger that says which journeys to read anew."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import councils.clock
from councils.tenancy.operations import EraserMay, ProtectAggregateTable, ProtectCouncilTable

# One row a journey and statement, whoever writes the event: a page, a command that copies in a million, the eraser. Its
# insert is in the event's transaction, so that what was rolled back is not folded and what was committed is.
TELL = """
    CREATE FUNCTION tell_folder() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO dashboards_tofold (id, council_id, kind, key, at)
        SELECT gen_random_uuid(), council_id, kind, key, hub_now() FROM (
            SELECT DISTINCT council_id,
                CASE WHEN journey_id IS NULL THEN subject_kind ELSE 'journey' END AS kind,
                coalesce(journey_id, subject_id) AS key
            FROM added
            WHERE journey_id IS NOT NULL
               OR subject_kind IN ('introduction', 'message', 'campaign', 'spend', 'gathering', 'mailing')
        ) AS each;
        RETURN NULL;
    END $$;
    CREATE TRIGGER folder_is_told AFTER INSERT ON councils_event
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION tell_folder();
"""
TELL_NO_MORE = "DROP TRIGGER folder_is_told ON councils_event; DROP FUNCTION tell_folder()"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("councils", "0012_doors_of_campaigns"),
    ]

    operations = [
        migrations.CreateModel(
            name="Folded",
            fields=[
                (
                    "hub",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="councils.hub",
                    ),
                ),
                ("as_of", models.DateTimeField()),
                ("rules", models.CharField(max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name="Cell",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("grain", models.CharField(choices=[("d", "Day"), ("m", "Month")], max_length=1)),
                ("on", models.DateField()),
                ("figure", models.CharField(max_length=32)),
                ("split", models.CharField(blank=True, max_length=16)),
                ("value", models.CharField(blank=True, max_length=60)),
                ("n", models.BigIntegerField()),
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
                    "hub",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.hub",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        fields=["hub", "grain", "figure", "split", "on"],
                        include=("council", "value", "n"),
                        name="dashboards_cells_of_hub",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "grain", "figure", "split", "on", "value"),
                        include=("n",),
                        name="dashboards_one_cell",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Journey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("journey_id", models.UUIDField()),
                ("household_id", models.UUIDField()),
                ("case_key", models.UUIDField(help_text="The case in which it goes on")),
                ("came_on", models.DateField()),
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
                ("source_first", models.CharField(blank=True, max_length=16)),
                ("source_last", models.CharField(blank=True, max_length=16)),
                ("code_first", models.CharField(blank=True, max_length=40)),
                ("code_last", models.CharField(blank=True, max_length=40)),
                ("real", models.BooleanField(help_text="Neither held back as spam nor unconfirmed")),
                ("counts", models.BooleanField()),
                ("apart", models.BooleanField()),
                ("first_of_year", models.BooleanField()),
                ("again", models.BooleanField(help_text="The household had come before")),
                (
                    "promise",
                    models.CharField(
                        choices=[
                            ("running", "Still running"),
                            ("kept", "Kept in time"),
                            ("late", "Kept late"),
                            ("missed", "Missed, nobody has tried yet"),
                            ("void", "Ended before it was due"),
                        ],
                        max_length=8,
                    ),
                ),
                ("promise_on", models.DateField(help_text="The day on which it was due")),
                ("try_hours", models.PositiveSmallIntegerField(null=True)),
                ("reach_hours", models.PositiveSmallIntegerField(null=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("enquired", "Enquired"),
                            ("reached", "Spoken with"),
                            ("visited", "Visited"),
                            ("applied", "Applied"),
                            ("assessed", "In assessment"),
                            ("panel", "Panel"),
                            ("approved", "Approved"),
                        ],
                        max_length=8,
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
                        max_length=20,
                    ),
                ),
                ("reached_on", models.DateField(null=True)),
                ("booked_on", models.DateField(null=True)),
                ("visited_on", models.DateField(null=True)),
                ("applied_on", models.DateField(null=True)),
                ("assessed_on", models.DateField(null=True)),
                ("panel_on", models.DateField(null=True)),
                ("approved_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                (
                    "end_reason",
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
                ("slept_on", models.DateField(help_text="When they last said: not yet", null=True)),
                ("moves", models.JSONField(default=list)),
                ("lasted", models.JSONField(default=dict, help_text="Days in each stage that was left")),
                ("wished_on", models.DateField(null=True)),
                ("about", models.JSONField(default=list)),
                ("introduced_on", models.DateField(null=True)),
                ("spoke_on", models.DateField(null=True)),
                (
                    "arrived_in",
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
                    "hub",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.hub"
                    ),
                ),
                (
                    "promised_by",
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
                    models.Index(fields=["council", "household_id"], name="dashboards_household"),
                    models.Index(fields=["council", "came_on"], name="dashboards_journeys_by_day"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("council", "journey_id"), name="dashboards_one_journey")
                ],
            },
        ),
        migrations.CreateModel(
            name="ToFold",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("key", models.UUIDField()),
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
                "indexes": [models.Index(fields=["council", "at"], name="dashboards_to_fold")],
            },
        ),
        ProtectAggregateTable("dashboards_cell"),
        ProtectCouncilTable("dashboards_journey"),
        ProtectCouncilTable("dashboards_tofold"),
        EraserMay("dashboards_journey"),
        EraserMay("dashboards_tofold", "INSERT"),
        migrations.RunSQL(TELL, TELL_NO_MORE),
    ]
