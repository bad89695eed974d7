"""Who is asked to join, and which identity provider speaks for which councils."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import councils.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("councils", "0009_rights"),
        ("staff", "0001_no_admin_log"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SignOn",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(help_text="In the address that the provider sends people back to", unique=True),
                ),
                ("name", models.CharField(help_text="On the button", max_length=80)),
                (
                    "issuer",
                    models.CharField(
                        help_text="https://…, where /.well-known/openid-configuration stands", max_length=300
                    ),
                ),
                ("client_id", models.CharField(max_length=200)),
                ("secret", models.TextField(help_text="Encrypted (staff.secrets)")),
                (
                    "email_domains",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        help_text="It vouches for addresses of these alone",
                        size=None,
                    ),
                ),
                ("asks_second_factor", models.BooleanField(default=False, help_text="It does; else we ask for ours")),
                (
                    "compulsory",
                    models.BooleanField(
                        default=False, help_text="Its councils' staff log in through it and not otherwise"
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SignOnCouncil",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "council",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "sign_on",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="speaks_for", to="staff.signon"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.CharField(help_text="In lower case", max_length=254)),
                ("name", models.CharField(max_length=120)),
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
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(db_default=councils.clock.HubNow())),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at", None), ("withdrawn_at", None)),
                        fields=("council", "email", "role"),
                        name="staff_invited_once",
                    )
                ],
            },
        ),
    ]
