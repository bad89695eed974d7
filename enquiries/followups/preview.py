"""A message as it will arrive, before it does. The code that writes it is the code that sends it; only the links,
which are made anew for every message, lead nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from councils.models import Council
from enquiries.follow_up_states import FollowUp
from enquiries.followups import composing
from enquiries.followups.placeholders import Words, filled
from enquiries.followups.plan import Planned
from enquiries.followups.reading import Desk
from enquiries.followups.sequences import BY_NAME
from enquiries.followups.trial import faults, samples
from enquiries.followups.values import about, values_of
from outbox.states import ChannelKind


@dataclass(frozen=True, slots=True)
class Preview:
    """`text_message` is empty where no text is sent, `text` and `html` where no email is."""

    title: str
    step: str
    subject: str
    text: str
    html: str
    text_message: str


def as_it_will_arrive(desk: Desk, planned: Planned) -> Preview:
    message = planned.sequence.message
    if message is None:
        raise ValueError("a to-do does not arrive anywhere")
    letter = composing.letter(message, desk.wordings.get(message), values_of(about(desk, planned)))
    mail = composing.rendered(letter.words, desk.council, promotional=planned.sequence.promotional)
    by_email, by_text = ChannelKind.EMAIL in planned.channels, ChannelKind.SMS in planned.channels
    return Preview(
        title=message.label,
        step=planned.step,
        subject=letter.words.subject if by_email else "",
        text=mail.text if by_email else "",
        html=mail.html if by_email else "",
        text_message=composing.text_message(letter.words, composing.EXAMPLE_LINKS) if by_text else "",
    )


@dataclass(frozen=True, slots=True)
class Sample:
    """A council's words, as they would arrive at Erin Example's. `faults` are sentences; with any, nothing else."""

    subject: str = ""
    text: str = ""
    html: str = ""
    text_message: str = ""
    faults: tuple[str, ...] = ()


def sample(follow_up: FollowUp, words: Words, council: Council, now: datetime) -> Sample:
    if found := faults(follow_up, words, council, now):
        return Sample(faults=tuple(found))
    return at_erins(words, samples(follow_up, council, now)[0], council, promotional=BY_NAME[follow_up].promotional)


def at_erins(words: Words, values: Mapping[str, str], council: Council, *, promotional: bool = False) -> Sample:
    """Of words that passed their trial."""
    done = filled(words, values)
    mail = composing.rendered(done, council, promotional=promotional)
    text = composing.text_message(done, composing.EXAMPLE_LINKS) if done.text_message else ""
    return Sample(done.subject, mail.text, mail.html, text)
