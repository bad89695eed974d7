"""What must hold after every step, whoever took it."""

from collections import Counter

from hypothesis.stateful import invariant

from councils.tenancy import across, as_council
from enquiries.follow_up_states import FollowUpEnd
from enquiries.models import Enquiry, FollowUpRecord
from enquiries.states import State
from lafse.verification import verify
from outbox.models import Message
from outbox.states import State as Sent
from tests.life.desk import Desk

_IN_THE_END = ("nothing due", "no lease")  # the machine need not deliver at once
_OFTEN_ENOUGH = 8  # steps: `verify` reads everything
_ELSEWHERE = (State.PASSED_ON, State.DUPLICATE)


class Holds(Desk):
    steps = 0

    @invariant()
    def every_reference_finds_the_case_in_which_it_goes_on(self) -> None:
        """And with it only what a council passed on and has got back."""
        for council in (self.kent, self.hampshire):
            with as_council(council):
                for sending in self.sent:
                    place = self.places[sending.number]
                    if place.council == council:
                        found = Enquiry.objects.matching(sending.reference)
                        assert [case.pk for case in found if case.state not in _ELSEWHERE] == [place.case]

    @invariant()
    def nobody_is_forgotten_and_nobody_has_two(self) -> None:
        with across([self.kent, self.hampshire], reason="test"):
            cases = Enquiry.objects.in_bulk()
        running = [case for case in cases.values() if case.is_open]
        assert all(case.next_due_at for case in running)
        assert max(Counter(case.journey_id for case in running).values(), default=1) == 1
        for case in cases.values():
            assert (case.state == State.DUPLICATE) is bool(case.merged_into_id)
            self._ends(case, dict(cases))
        assert {place.case for place in self.places.values()} == {
            case.pk for case in cases.values() if case.state not in _ELSEWHERE
        }

    def _ends(self, case: Enquiry, unseen: dict[object, Enquiry]) -> None:
        """Taken out on the way, a case is not there a second time."""
        while case.merged_into_id:
            case = unseen.pop(case.merged_into_id)

    @invariant()
    def nobody_waits_longer_than_they_were_told(self) -> None:
        with across([self.kent, self.hampshire], reason="test"):
            cases = Enquiry.objects.in_bulk([place.case for place in self.places.values()])
        for number, told in list(self.promised.items()):
            case = cases[self.places[number].case]
            kept = case.promise_kept_at is not None and not self.sent[number].joined
            if told <= self.now or not case.is_open or kept:
                del self.promised[number]
                continue
            assert case.next_due_at and case.next_due_at <= told
            assert case.promise_kept_at or self.sent[number].joined or case.promise_due_at <= told

    @invariant()
    def what_went_elsewhere_writes_no_more(self) -> None:
        """What was still to come is written down as not possible when its time comes."""
        with across([self.kent, self.hampshire], reason="test"):
            gone = Enquiry.objects.filter(state__in=_ELSEWHERE)
            ended = dict(gone.values_list("pk", "state_changed_at"))
            sent = FollowUpRecord.objects.filter(enquiry__in=gone, end=FollowUpEnd.SENT)
            assert [row.step for row in sent if row.at > ended[row.enquiry_id]] == []

    @invariant()
    def nobody_gets_more_copies_than_senders_died(self) -> None:
        assert all(copies <= 1 + self.excuses[message] for message, copies in self.copies.items())

    @invariant()
    def what_is_called_sent_was_stored_by_the_receiver(self) -> None:
        with across([self.kent, self.hampshire], reason="test"):
            assert set(Message.objects.filter(state=Sent.SENT).values_list("pk", flat=True)) <= set(self.copies)

    @invariant()
    def verify_finds_nothing(self) -> None:
        self.steps += 1
        if self.steps % _OFTEN_ENOUGH == 0:
            found = [each for each in verify() if not each.holds]
            assert [each for each in found if not each.title.startswith(_IN_THE_END)] == []
