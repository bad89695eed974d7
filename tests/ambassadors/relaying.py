"""A conversation by email, and mail as it comes in."""

from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from ambassadors.introduction_states import State
from ambassadors.models import Ambassador, Introduction
from ambassadors.pairs import Pair, pair_at, where_of_introduction
from ambassadors.relay import Side, address_for, open_relay
from councils.models import Council
from councils.tenancy import as_council
from enquiries.actions.incoming import receive
from enquiries.incoming_states import Came
from enquiries.models import Enquiry
from outbox.incoming import parse
from outbox.models import Message
from tests import factories
from tests.enquiries.test_incoming import raw


@dataclass(frozen=True)
class Conversation:
    case: Enquiry
    ambassador: Ambassador
    introduction: Introduction

    def address(self, writer: Side) -> str:
        return address_for(self.introduction.pair_id, writer)

    def writes(self, writer: Side, text: str = "When shall we talk?", *, sender: str = "", **headers: str) -> Came:
        own = self.case.email if writer is Side.ENQUIRER else self.ambassador.email
        return self.sends(writer, raw(text, sender or f"Somebody <{own}>", **headers))

    def sends(self, writer: Side, mail: bytes, **options: str) -> Came:
        return receive(parse(mail, **options), to=self.address(writer))

    def messages(self, *kinds: str) -> list[Message]:
        with as_council(self.case.council_id):
            found = Message.objects.filter(subject_id=self.introduction.pk, kind__in=kinds or ["relay"])
            return list(found.order_by("created_at", "pk"))

    def last(self, writer: Side = Side.ENQUIRER) -> Message:
        return [message for message in self.messages() if message.to_staff == (writer is Side.ENQUIRER)][-1]

    def told(self) -> list[str]:
        return [message.text for message in self.messages("relay_told")]


def agreed(council: Council, other: Council | None = None, *, state: State = State.AGREED) -> Conversation:
    """Erin of this council and Anna, of this one or the other, have agreed to write to each other."""
    case = factories.enquiry(council)
    ambassador = factories.ambassador(other or council)
    introduction = factories.introduction(case, ambassador, State.AGREED)
    conversation = Conversation(case, ambassador, introduction)
    with pair_at(where_of_introduction(introduction), lock=True) as pair:
        open_relay(pair)
        stands(pair, state)
    return conversation


def stands(pair: Pair, state: State) -> None:
    for row in (pair.introduction, pair.offer):
        row.state = state
        row.save(update_fields=["state"])


def mail_of(message: Message) -> EmailMessage:
    return message_from_bytes(bytes(message.mime), EmailMessage, policy=default)


def bodies(mail: EmailMessage) -> Sequence[str]:
    return [str(part.get_content()) for part in mail.walk() if not part.is_multipart()]


def everything_in(message: Message) -> str:
    """All of it that its reader gets, headers and bodies decoded, but the address it goes to."""
    mail = mail_of(message)
    headers = [f"{name}: {value}" for name, value in mail.items() if name.lower() != "to"]
    return "\n".join([*headers, *bodies(mail), message.subject, message.text])
