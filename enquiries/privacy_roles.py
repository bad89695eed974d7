"""Who is responsible for what, as this deployment stands: joint controllers from the hub's councils, processors from
the settings. Shown to everybody. That the councils have agreed on it (Article 26) is theirs to sign, and not for a
program to say."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from councils.models import Council, Hub
from outbox.channels.carriers import CONSOLE, MAILBOX, NOTIFY, SMTP, provider_of
from outbox.states import ChannelKind

NOT_NAMED = "Still to be named by the hub office"


@dataclass(frozen=True)
class Controller:
    """`service`: the name under which it answers, where that is another; some councils share one."""

    name: str
    service: str = ""


@dataclass(frozen=True)
class Processor:
    name: str
    does: str
    told_by: str  # where it is configured, for whoever checks


def controllers_of(hub: Hub) -> list[Controller]:
    """Every council of the hub, by name."""
    councils = Council.objects.fostering().filter(hub=hub).order_by("name")
    return [Controller(each.name, each.service_name if each.service_name != each.name else "") for each in councils]


def lead_of(hub: Hub) -> Council | None:
    """Whoever stands for the hub office, which is no legal person of its own."""
    return Council.objects.fostering().filter(hub=hub, authority_code=hub.lead_authority or None).first()


def processors() -> list[Processor]:
    return [
        Processor(settings.HOSTED_BY or NOT_NAMED, "Runs the servers and keeps the backups", "HOSTED_BY"),
        *_carriers(),
    ]


def _carriers() -> Iterator[Processor]:
    email, texts = provider_of(ChannelKind.EMAIL), provider_of(ChannelKind.SMS)
    if email == SMTP:
        yield Processor(settings.EMAIL_HOST, "Carries email", "EMAIL_URL")
    if NOTIFY in (email, texts):
        what = [name for name, by in (("email", email), ("text messages", texts)) if by == NOTIFY]
        yield Processor("GOV.UK Notify (Cabinet Office)", f"Carries {' and '.join(what)}", "NOTIFY_API_KEY")
    if email in (MAILBOX, CONSOLE):
        yield Processor("Nobody", "Carries email: nothing leaves this copy of the hub", "EMAIL_URL")
