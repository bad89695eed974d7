"""A message that cannot be sent, or came back, becomes work for a person: somebody is waiting for what it said."""

from councils.models import ToDo
from councils.models.todos import ToDoKind
from outbox.confidential import confidential
from outbox.models import Message
from outbox.states import ChannelKind, Lane, State


def tell_a_person(message: Message, *, no_such_address: bool = False) -> None:
    """Campaigns tell nobody: nobody waits for them; nor does what is confidential. Open to-dos of the same kind and
    subject are not doubled."""
    if message.lane != Lane.SERVICE or message.kind in confidential():
        return
    todo = ToDo(
        council_id=message.council_id,
        about_council_id=message.council_id,
        kind=_kind(message, no_such_address or message.state == State.SUPPRESSED),
        subject_kind=message.subject_kind or "message",
        subject_id=message.subject_id or message.pk,
    )
    ToDo.objects.bulk_create([todo], ignore_conflicts=True)


def _kind(message: Message, no_such_address: bool) -> ToDoKind:
    """Ringing helps where the person written to is the one the message is about, and it was an email."""
    about_somebody = message.subject_id is not None and not message.to_staff
    no_email = no_such_address and message.channel == ChannelKind.EMAIL
    return ToDoKind.RING_INSTEAD if no_email and about_somebody else ToDoKind.MAIL_FAILED
