"""The cast of the journeys: an officer in every council but one, Mina who manages Kent, Sade who leads its
safeguarding, Moss who manages Medway; Olu who takes calls for the hub, and Hugh who decides for it."""

from councils.models import Council, User
from councils.roles import Role
from tests import factories

NOBODY_THERE = "portsmouth"  # its cases go to the hub office's list
OFFICE = "lafse-office"
MINA, MOSS, SADE, HUGH = "mina@example.org", "moss@example.org", "sade@example.org", "hugh@example.org"


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
    factories.user("Hugh", Council.objects.get(slug=OFFICE), Role.HUB_MANAGER)
    factories.user("Olu", Council.objects.get(slug=OFFICE), Role.HUB_OFFICER)


def officer_of(council: str) -> str:
    """Who works the cases of this council: an email address to log in with."""
    return "olu@example.org" if council in (NOBODY_THERE, OFFICE) else f"{council}@example.org"


def duty_mailbox(council: str) -> str:
    return f"duty-{council}@example.org"
