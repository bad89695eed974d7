"""What two councils do with one enquiry, and one council with two: handovers and joined cases."""

from operator import itemgetter
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from councils.tenancy import as_council
from enquiries.actions import handovers
from enquiries.actions.handover_watch import find_stuck
from enquiries.actions.merging import merge, undo_merge
from enquiries.handover_states import HandoverReason, HandoverState, RefusalReason, Side
from enquiries.models import Handover, Merge
from tests.life.desk import Desk, Place, Sending, allowed_to_refuse

_LONG_ENOUGH = 5 * 24 * 60  # minutes, with a weekend in it


class Councils(Desk):
    def __init__(self) -> None:
        super().__init__()
        self.joined: dict[UUID, list[int]] = {}  # by the merge: which sendings it moved

    @rule(sending=Desk.sendings)
    def ask_the_other_council(self, sending: Sending) -> None:
        to = self.other(sending)
        with allowed_to_refuse():
            handovers.offer(self.case(sending), to=to, reason=HandoverReason.MOVED, by=self.by(sending))

    @rule(sending=Desk.sendings, accept=st.sampled_from([True, True, False]))
    def hand_over_at_once(self, sending: Sending, accept: bool) -> None:
        """Few lives would get as far by themselves."""
        self.ask_the_other_council(sending)
        self.the_other_council_answers(sending, accept)

    @rule(sending=Desk.sendings, accept=st.booleans())
    def the_other_council_answers(self, sending: Sending, accept: bool) -> None:
        if asked := self._asked(sending, HandoverState.OFFERED):
            why, by = RefusalReason.NOT_OURS, self.staff[asked.council_id].officer
            with allowed_to_refuse():
                self._goes_over(sending, handovers.answer(asked, accept=accept, refusal=why, by=by))

    @rule(sending=Desk.sendings)
    def take_the_question_back(self, sending: Sending) -> None:
        case = self.case(sending)
        with as_council(case.council_id):
            sent = Handover.objects.filter(enquiry=case, side=Side.SENT).order_by("-offered_at").first()
        if sent:
            with allowed_to_refuse():
                handovers.withdraw(sent, by=self.by(sending))

    @rule(sending=Desk.sendings, to_receiver=st.booleans())
    def nobody_answers_and_the_hub_manager_decides(self, sending: Sending, to_receiver: bool) -> None:
        self.ask_the_other_council(sending)
        self.let_pass(minutes=_LONG_ENOUGH)
        self.the_hub_manager_decides(sending, to_receiver)

    @rule(sending=Desk.sendings, to_receiver=st.booleans())
    def the_hub_manager_decides(self, sending: Sending, to_receiver: bool) -> None:
        """Two refusals, or a working day without an answer. Everywhere else there is nothing to decide."""
        if asked := self._asked(sending, HandoverState.OFFERED, HandoverState.REFUSED):
            with allowed_to_refuse():
                new = handovers.decide(asked, to_receiver=to_receiver, words="They live there.", by=self.hub_manager)
                self._goes_over(sending, new)

    @rule()
    def unanswered_questions_are_found(self) -> None:
        find_stuck()

    @rule(kept=Desk.sendings, which=st.integers(0, 5))
    def join(self, kept: Sending, which: int) -> None:
        here = self.places[kept.number]
        others = [
            place.case for _, place in sorted(self.places.items(), key=itemgetter(0)) if self._is_near(place, here)
        ]
        if others:
            other = others[which % len(others)]
            with allowed_to_refuse():
                row = merge(kept=self.read(here), merged=self.read(Place(here.council, other)), by=self.by(kept))
                self.joined[row.pk] = self.goes_on(other, here)

    @rule(sending=Desk.sendings)
    def separate(self, sending: Sending) -> None:
        """What came since stays with the case that was kept."""
        here = self.places[sending.number]
        with as_council(here.council):
            row = Merge.objects.filter(kept=here.case, undone_at=None).order_by("at").last()
            if row is None:
                return
            with allowed_to_refuse():
                again = Place(here.council, undo_merge(row, by=self.by(sending)).pk)
                self.places.update(dict.fromkeys(self.joined.pop(row.pk), again))

    def _is_near(self, place: Place, here: Place) -> bool:
        return place.council == here.council and place != here

    def _asked(self, sending: Sending, *states: HandoverState) -> Handover | None:
        """The other council's row about this case."""
        journey = self.case(sending).journey_id
        with as_council(self.other(sending)):
            rows = Handover.objects.select_related("council").filter(journey_id=journey, side=Side.RECEIVED)
            return rows.filter(state__in=states).order_by("offered_at").last()

    def _goes_over(self, sending: Sending, new: UUID | None) -> None:
        if new:
            self.goes_on(self.places[sending.number].case, Place(self.other(sending), new))
