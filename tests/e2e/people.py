"""The cast of the journeys: an officer in every council but one, Mina who manages Kent, Sade who leads its
safeguarding; Moss who manages Medway, Edie who runs its campaigns; Olu who takes calls for the hub, and Hugh who
decides for it.

Wanda manages West Berkshire, where Lena will leave; Achieng works there and for two more councils.
Cora looks after Kent's ambassadors, Colin after Hampshire's, of whom Priti speaks Punjabi; both cross borders.
For the log-in: Noor and Pia have a password and no second step yet, Wim has an app and recovery codes."""

from collections.abc import Callable, Iterable

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.db import connection
from django.test import Client

from ambassadors.models import Scheme
from councils.models import Council, Membership, User
from councils.roles import Role
from staff.secrets import encrypted
from tests import factories

APP, RECOVERY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "12345678"  # Wim's
NOBODY_THERE = "portsmouth"  # its cases go to the hub office's list
OFFICE = "lafse-office"
NOOR, WIM, PIA = "noor@example.org", "wim@example.org", "pia@example.org"
WANDA, LENA, ACHIENG = "wanda@example.org", "lena@example.org", "achieng@example.org"
MINA, MOSS, SADE, HUGH = "mina@example.org", "moss@example.org", "sade@example.org", "hugh@example.org"
EDIE = "edie@example.org"
CORA, COLIN, PRITI = "cora@example.org", "colin@example.org", "priti.ambassador@example.org"


def arrive() -> None:
    """Nothing happens a second time."""
    if User.objects.exists():
        return
    for council in Council.objects.filter(hub__slug="lafse"):
        council.duty_mailbox = duty_mailbox(council.slug)
        council.save(update_fields=["duty_mailbox"])
        if council.slug not in (NOBODY_THERE, OFFICE):
            factories.user(council.slug, council, Role.OFFICER)
    factories.user("Mina", Council.objects.get(slug="kent"), Role.MANAGER)
    factories.user("Sade", Council.objects.get(slug="kent"), Role.SAFEGUARDING)
    factories.user("Moss", Council.objects.get(slug="medway"), Role.MANAGER)
    factories.user("Edie", Council.objects.get(slug="medway"), Role.CAMPAIGN_EDITOR)
    factories.user("Hugh", Council.objects.get(slug=OFFICE), Role.HUB_MANAGER)
    factories.user("Olu", Council.objects.get(slug=OFFICE), Role.HUB_OFFICER)
    _carers_talk()
    island = Council.objects.get(slug="isle-of-wight")
    for name in ("Noor", "Wim", "Pia"):
        made = factories.user(name, island, Role.OFFICER)
        User.objects.filter(pk=made.pk).update(second_factor_at=None)
    _gives_app(User.objects.get(email=WIM))
    west = Council.objects.get(slug="west-berkshire")
    factories.user("Wanda", west, Role.MANAGER)
    factories.user("Lena", west, Role.OFFICER)
    achieng = factories.user("Achieng", west, Role.OFFICER)
    for council in Council.objects.filter(slug__in=["bracknell-forest", "wokingham"]):
        Membership.objects.create(user=achieng, council=council, role=Role.OFFICER)


def _carers_talk() -> None:
    kent, hampshire = Council.objects.get(slug="kent"), Council.objects.get(slug="hampshire")
    factories.user("Cora", kent, Role.COORDINATOR)
    factories.user("Colin", hampshire, Role.COORDINATOR)
    Scheme.objects.bulk_create([Scheme(council=each, across_borders=True) for each in (kent, hampshire)])
    factories.ambassador(hampshire, first_name="Priti", email=PRITI, languages=["Punjabi"])


def _gives_app(user: User) -> None:
    TOTP.activate(user, APP)
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.RECOVERY_CODES, data={"migrated_codes": [encrypted(RECOVERY)]}
    )


def session_of(email: str) -> str:
    """The key of a new one."""
    client = Client()
    try:
        client.force_login(User.objects.get(email=email))
    finally:
        connection.close()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def closing(jobs: Iterable[Callable[[], object]]) -> None:
    """Of a thread that ends afterwards, so its connection does too."""
    try:
        for job in jobs:
            job()
    finally:
        connection.close()


def officer_of(council: str) -> str:
    """Who works the cases of this council: an email address to log in with."""
    return "olu@example.org" if council in (NOBODY_THERE, OFFICE) else f"{council}@example.org"


def duty_mailbox(council: str) -> str:
    return f"duty-{council}@example.org"
