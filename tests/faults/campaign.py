"""An email to many that goes out while something breaks.

It is not repeated as service mail is: whoever has it has it once, whatever dies. What was on its way when its sender
died is parked as "may have been sent". So each of its people has one copy or none, and none only where it is parked.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, islice

from django.core.management import CommandError, call_command
from django.db import connection

from campaigns.models import Mailing
from councils.models import Council
from tests.campaigns import sending
from tests.faults.mail import Record
from tests.faults.truth import Truth

PEOPLE = 40
DEALT_WITH = {"sent", "unknown"}
NUMBERS = count()  # each address once in the whole run
_ON_ITS_WAY = "SELECT count(*) FROM outbox_message WHERE subject_id = %s AND started_at IS NOT NULL"
_TO_COME = """
    SELECT (SELECT count(*) FROM campaigns_recipient WHERE mailing_id = %s AND state = 'waiting')
         + (SELECT count(*) FROM outbox_message WHERE subject_id = %s AND state IN ('queued', 'leased'))
"""


@dataclass
class Outgoing:
    """`dead`: sends that somebody had begun who died since; so many may be parked, and no more."""

    truth: Truth
    mailing: Mailing
    dead: int = 0

    def notes_who_died(self) -> None:
        self.dead += self.truth.count(_ON_ITS_WAY, str(self.mailing.pk))

    def to_come(self) -> int:
        return self.truth.count(_TO_COME, str(self.mailing.pk), str(self.mailing.pk))

    def copies(self, record: Record) -> int:
        return sum(record.copies[key] for key in self._states())

    def told(self) -> str:
        states = list(self._states().values())
        return f"{states.count('sent')} of {self.mailing.fixed} sent, {states.count('unknown')} parked"

    def faults(self, record: Record) -> Iterator[str]:
        yield from wrongs(self._states(), record, dead=self.dead)
        yield from self._unaudited()

    def _unaudited(self) -> Iterator[str]:
        """The command itself says whether the sums agree."""
        connection.close()  # PostgreSQL may have died since
        try:
            call_command("campaign_audit", str(self.mailing.pk), stdout=io.StringIO())
        except CommandError as fault:
            yield f"campaign_audit: {fault}"

    def _states(self) -> dict[str, str]:
        rows = self.truth.ask("SELECT id, state FROM outbox_message WHERE subject_id = %s", str(self.mailing.pk))
        return {str(key): str(state) for key, state in rows}


def wrongs(states: Mapping[str, str], record: Record, *, dead: int) -> Iterator[str]:
    """`states`: of its messages. `dead`: as in Outgoing."""
    several = [key for key in states if record.copies[key] > 1]
    missing = [key for key, state in states.items() if state == "sent" and not record.copies[key]]
    unsaid = [key for key, state in states.items() if state not in DEALT_WITH and record.copies[key]]
    left = [key for key, state in states.items() if state not in DEALT_WITH]
    parked = list(states.values()).count("unknown")
    checks = (
        (not several, f"{len(several)} people have more than one copy"),
        (not missing, f"{len(missing)} copies are told as sent, and were never received"),
        (not unsaid, f"{len(unsaid)} copies were received, and are not told as sent"),
        (not left, f"{len(left)} people are left over"),
        (parked <= dead, f"{parked} are parked, {dead} were on their way"),
    )
    yield from (told for holds, told in checks if not holds)


def goes_out(truth: Truth) -> Outgoing:
    """Hampshire's, begun now, to people whom nobody has written to yet."""
    connection.close()
    hampshire, numbers = Council.objects.get(slug="hampshire"), list(islice(NUMBERS, PEOPLE))
    people = [sending.subscriber(hampshire, f"reader{number}@d{number % 5}.example.org") for number in numbers]
    return Outgoing(truth, sending.running(hampshire, 0, *people, name=f"Email {numbers[0]}"))
