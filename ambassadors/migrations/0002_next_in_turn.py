"""Whom to ask next, where staff have confirmed a short list; when to remind; how many said that they did not speak."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import councils.clock
from councils.tenancy.operations import AddCouncilForeignKey, EraserMay, ProtectCouncilTable


class Migration(migrations.Migration):
    dependencies = [
        ("ambassadors", "0001_initial"),
        ("councils", "0011_ambassadors"),
        ("enquiries", "0012_wishes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="introduction",
            name="noes",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="How many of the two said that they did not speak"
            ),
        ),
        migrations.AddField(
            model_name="introduction",
            name="remind_at",
            field=models.DateTimeField(help_text="When whoever has to do something next is reminded, once", null=True),
        ),
        migrations.CreateModel(
            name="NextInTurn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("ambassador_key", models.UUIDField()),
                ("position", models.PositiveSmallIntegerField()),
                ("reasons", models.CharField(blank=True, max_length=500)),
                ("confirmed_at", models.DateTimeField(db_default=councils.clock.HubNow())),
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
                    "confirmed_by",
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
                        related_name="next_in_turn",
                        to="enquiries.enquiry",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "enquiry", "ambassador_key"), name="ambassadors_in_turn_once"
                    ),
                    models.UniqueConstraint(
                        fields=("council", "enquiry", "position"), name="ambassadors_one_at_a_time"
                    ),
                ],
            },
        ),
        ProtectCouncilTable("ambassadors_nextinturn"),
        AddCouncilForeignKey("ambassadors_nextinturn", "enquiry_id", "enquiries_enquiry"),
        EraserMay("ambassadors_nextinturn", "DELETE"),
    ]
