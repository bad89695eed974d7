"""What senders, receivers of mail and the clock do, and how senders die."""

from datetime import timedelta
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from councils.models import Council
from councils.tenancy import scope_across
from outbox.models import Message
from outbox.outcomes import Outcome as Sent
from outbox.outcomes import ambiguous, refused, sent, unreachable
from outbox.sending import Run
from outbox.states import Lane
from tests.life.desk import Desk

ANSWERS: dict[str, Sent] = {
    "accepts": sent("250 OK"),
    "is busy": refused(450, "4.2.1 Mailbox busy"),
    "knows nobody": refused(550, "5.1.1 No such user"),
    "refuses us": refused(550, "5.7.1 Not allowed"),
    "is away": unreachable("ConnectionRefusedError"),
    "falls silent": ambiguous("TimeoutError"),
}


class Killed(BaseException):
    """What `kill -9` leaves behind: whatever was committed, and nothing more."""


class Carrier:
    """A channel that answers as told, and dies before or after the receiver has stored the mail."""

    def __init__(self, answer: str, dies: str) -> None:
        self.answer, self.dies = answer, dies
        self.stored: list[UUID] = []

    def send(self, message: Message) -> Sent:
        if self.dies == "before":
            raise Killed
        outcome = ANSWERS[self.answer]
        if self.answer in ("accepts", "falls silent"):
            self.stored.append(message.pk)
        if self.dies == "after":
            raise Killed
        return outcome

    def close(self) -> None:
        pass


class Senders(Desk):
    @rule(answer=st.sampled_from(sorted(ANSWERS)), dies=st.sampled_from(["", "", "before", "after"]))
    def deliver(self, answer: str, dies: str) -> None:
        carrier = Carrier(answer, dies)
        councils = scope_across(Council.objects.values_list("pk", flat=True), "deliver")
        run = Run(councils, (Lane.SERVICE,), timedelta(), told_to_stop=lambda: False)
        run.put_right()
        try:
            run.deliver(carrier)
        except Killed:
            self.excuses.update(carrier.stored[-1:])
        if answer == "falls silent":
            self.excuses.update(carrier.stored)
        self.copies.update(carrier.stored)

    def deliver_everything(self) -> None:
        self.deliver("accepts", dies="")

    @rule(minutes=st.sampled_from([1, 45, 600, 3000]))
    def time_passes(self, minutes: int) -> None:
        self.let_pass(minutes=minutes)

    @rule()
    def a_dead_sender_is_noticed(self) -> None:
        self.wait_for_dead_senders()
