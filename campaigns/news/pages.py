"""What somebody who holds the link of an email is shown. No more of the address than its owner needs to know it by:
emails are forwarded."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from campaigns import wordings
from campaigns.actions.leaving import agreements_of
from campaigns.models import Agreement, Subscriber
from campaigns.states import Origin, Purpose
from councils.models import Council, CouncilKind


@dataclass(frozen=True)
class Choice:
    """One purpose. `given_at` and `said`: what they agreed to, where they have."""

    purpose: Purpose
    title: str
    explanation: str
    given_at: datetime | None
    said: str

    @property
    def is_on(self) -> bool:
        return self.given_at is not None


@dataclass(frozen=True)
class Choices:
    sender: str
    address: str
    choices: list[Choice]
    has_case: bool

    @property
    def gets_news(self) -> bool:
        return any(choice.is_on for choice in self.choices)


def choices_of(own: Subscriber, *, standing: Collection[Purpose]) -> Choices:
    """`standing`: what really may be sent to them now."""
    council = Council.objects.select_related("hub").get(pk=own.council_id)
    given = {each.purpose: each for each in agreements_of(own) if each.purpose in standing}
    shown = [_choice(purpose, given.get(purpose)) for purpose in Purpose]
    return Choices(sender_of(council), masked(own.address), shown, own.enquiry_id is not None)


def sender_of(council: Council) -> str:
    """As people know it, and as the emails themselves say: the hub office writes for the hub."""
    return council.hub.name if council.kind == CouncilKind.HUB_OFFICE else council.service_name


def _choice(purpose: Purpose, given: Agreement | None) -> Choice:
    now = wordings.now_shown(purpose)
    return Choice(purpose, now.answer, now.explanation, given.given_at if given else None, said(given) if given else "")


def said(given: Agreement) -> str:
    """The words of then; for those that stand elsewhere, where they do."""
    shown = wordings.shown(Origin(given.origin), Purpose(given.purpose), given.version)
    if shown:
        return " ".join(part for part in (shown.question, shown.answer + ".", shown.explanation) if part)
    if given.origin == Origin.IMPORT and given.subscriber.brought_by:
        return str(given.subscriber.brought_by.wording)
    return "You told us so."


def masked(address: str) -> str:
    """As "e…@example.org"."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}" if local else ""
