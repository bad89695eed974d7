"""Who is responsible for what, as this deployment stands: joint controllers from the hub's councils, processors from
the settings. Shown to everybody. That the councils have agreed on it (Article 26) is theirs to sign, and not for a
program to say."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from councils.models import Council, CouncilKind, Hub
from outbox.channels.carriers import CONSOLE, MAILBOX, NOTIFY, SMTP, provider_of
from outbox.states import ChannelKind

NOT_NAMED = "Still to be named by the hub office"


@dataclass(frozen=True)
class Controller:
    """`service`: the name under which it answers, where that is another; some councils share one."""

    name: str
    responsible_for: str
    service: str = ""


@dataclass(frozen=True)
class Processor:
    name: str
    does: str
    told_by: str  # where it is configured, for whoever checks


def controllers_of(hub: Hub) -> list[Controller]:
    """Councils by name, and at the end whoever stands for the hub office, which is no legal person of its own."""
    councils = list(Council.objects.filter(hub=hub).order_by("name"))
    members = [council for council in councils if council.kind == CouncilKind.COUNCIL]
    lead = next((council.name for council in members if council.authority_code == hub.lead_authority), "")
    return [*map(_council, members), _office(hub, lead)]


def _council(council: Council) -> Controller:
    service = council.service_name
    return Controller(
        council.name,
        "The enquiries that it answers: what people told it, what it wrote down and sent, how long it keeps that, and "
        "its own staff’s access",
        "" if service == council.name else service,
    )


def _office(hub: Hub, lead: str) -> Controller:
    return Controller(
        f"{hub.name}: {lead}, which leads the partnership" if lead else f"{hub.name}: {NOT_NAMED.lower()}",
        "What belongs to no council yet: enquiries without a council of the hub, this website, answers that were not "
        "sent, staff accounts, and who wants no news",
    )


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
