"""What people do with the messages that the hub sends them: answer on "Your enquiry", ask to stop, or nothing; and the
mail that comes back."""

import heapq
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID

from councils.models import Council
from councils.refusals import Refused
from councils.tenancy import across, as_council
from councils.working_time import in_london
from enquiries.actions.status import ask_to_stop, say_no, say_not_now, say_still_interested
from enquiries.follow_up_states import FollowUp, FollowUpEnd
from enquiries.models import Enquiry, FollowUpRecord
from tests.year.people import Arrival

_ASKED = (FollowUp.TRIED, FollowUp.STILL_INTERESTED, FollowUp.WAKE_UP)
_THINKS_FOR = (2, 72)  # hours


@dataclass
class Replies:
    read_until: datetime | None = None
    waiting: list[tuple[datetime, int, UUID, int]] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=count)

    def come_in(self, people: dict[UUID, Arrival], councils: list[Council], now: datetime, chance: Random) -> None:
        with across(councils, reason="the year's replies"):
            self._read(people, now, chance)
        while self.waiting and self.waiting[0][0] <= now:
            _, _, enquiry, council = heapq.heappop(self.waiting)
            _answer(enquiry, council, people[enquiry], now, chance)

    def _read(self, people: dict[UUID, Arrival], now: datetime, chance: Random) -> None:
        records = FollowUpRecord.objects.filter(end=FollowUpEnd.SENT)
        if self.read_until:
            records = records.filter(at__gt=self.read_until)
        self.read_until = now
        for record in records.order_by("at", "pk"):
            person = people.get(record.enquiry_id)
            asked = record.step.partition(":")[0] in _ASKED
            if person and asked and (person.stops or chance.random() < person.answers_mail):
                at = now + timedelta(hours=chance.randint(*_THINKS_FOR))
                heapq.heappush(self.waiting, (at, next(self.numbers), record.enquiry_id, record.council_id))


def _answer(enquiry_id: UUID, council_id: int, person: Arrival, now: datetime, chance: Random) -> None:
    """The page offers only what fits the state; whoever waited too long finds nothing to answer."""
    with as_council(council_id):
        enquiry = Enquiry.objects.get(council=council_id, pk=enquiry_id)
    wish = chance.random()
    try:
        if person.stops:
            ask_to_stop(enquiry)
        elif wish < 0.6:
            say_still_interested(enquiry)
        elif wish < 0.85:
            say_not_now(enquiry, wake_on=in_london(now).date() + timedelta(days=chance.randint(30, 90)))
        else:
            say_no(enquiry, reason=None)
    except Refused:
        return
