"""What every rule stands on: two councils with their people, a clock, and what each enquirer was told.

A sending is one form. Where it goes on is kept here by what was done, not read from the database: that is compared.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from hypothesis.stateful import Bundle, RuleBasedStateMachine

from councils.access import Access
from councils.models import Council, User
from councils.refusals import Refused
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions import Receipt, run_due
from enquiries.answers import Answers
from enquiries.links import reply_address
from enquiries.models import Enquiry
from lafse.verification import verify
from outbox.timings import LEASE

Move = Callable[[datetime], None]
BEGINS = datetime(2026, 11, 26, 15, 30, tzinfo=LONDON)  # a Thursday: two days on it is the weekend


@dataclass(frozen=True)
class Sending:
    """`joined`: it was answered like a new enquiry, and is one more sending of a case that stood already."""

    number: int
    answers: Answers
    token: str
    reference: str
    reply_to: str
    joined: bool


@dataclass(frozen=True)
class Place:
    """Where a sending goes on."""

    council: Council
    case: UUID


@dataclass(frozen=True)
class Staff:
    officer: Access
    manager: Access
    mate: User


class Desk(RuleBasedStateMachine):
    sendings = Bundle("sendings")
    kent: Council
    hampshire: Council
    staff: dict[int, Staff]
    hub_manager: Access
    move: Move

    def __init__(self) -> None:
        super().__init__()
        self.stack = transaction.atomic()
        self.stack._from_testcase = True  # type: ignore[attr-defined]  # as Django marks the one around a test
        self.stack.__enter__()
        self.set_clock(BEGINS)
        self.sent: list[Sending] = []
        self.places: dict[int, Place] = {}
        self.promised: dict[int, datetime] = {}  # until somebody gets in touch, or the time has passed
        self.copies: Counter[UUID] = Counter()
        self.excuses: Counter[UUID] = Counter()  # deaths and silences, each of which may cost one more copy

    def teardown(self) -> None:
        """In the end a sender that lives, and then everything holds."""
        try:
            self.wait_for_dead_senders()
            self.deliver_everything()
            assert [found for found in verify() if not found.holds] == []
        finally:
            transaction.set_rollback(True)
            self.stack.__exit__(None, None, None)

    def deliver_everything(self) -> None:
        raise NotImplementedError

    def wait_for_dead_senders(self) -> None:
        self.set_clock(self.now + LEASE + timedelta(seconds=1))

    def let_pass(self, *, minutes: int) -> None:
        self.set_clock(self.now + timedelta(minutes=minutes))
        run_due()

    def set_clock(self, to: datetime) -> None:
        self.now = to
        self.move(to)

    def remember(self, answers: Answers, token: str, receipt: Receipt, *, joined: bool) -> Sending:
        place = Place(self.council(receipt.council_id), receipt.enquiry_id)
        with as_council(place.council):
            reply_to = reply_address(Enquiry.objects.get(pk=place.case))
        sending = Sending(len(self.sent), answers, token, receipt.reference, reply_to, joined)
        self.sent.append(sending)
        self.places[sending.number] = place
        self.promised[sending.number] = receipt.promise.due_at
        return sending

    def goes_on(self, old: UUID, new: Place) -> list[int]:
        """Every sending of the one case is the other's now."""
        moved = [number for number, place in self.places.items() if place.case == old]
        self.places.update(dict.fromkeys(moved, new))
        return moved

    def case(self, sending: Sending) -> Enquiry:
        return self.read(self.places[sending.number])

    def read(self, place: Place) -> Enquiry:
        with as_council(place.council):
            return Enquiry.objects.get(pk=place.case)

    def by(self, sending: Sending) -> Access:
        return self.staff[self.places[sending.number].council.pk].officer

    def other(self, sending: Sending) -> Council:
        return self.kent if self.places[sending.number].council == self.hampshire else self.hampshire

    def council(self, key: int) -> Council:
        return self.kent if key == self.kent.pk else self.hampshire


@contextmanager
def allowed_to_refuse() -> Iterator[None]:
    """A closed case refuses, and says so."""
    try:
        yield
    except Refused as refusal:
        assert str(refusal)
