"""What staff do with a case of their council: take it, give it, ring, move it along, and take a step back."""

from collections import Counter
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from councils.models import ToDo
from councils.models.todos import ToDoKind
from councils.refusals import Refused
from councils.tenancy import as_council
from enquiries import actions
from enquiries.models import Enquiry, FollowUpRecord
from enquiries.states import CloseReason, Outcome, Step, Way
from outbox.models import Message
from outbox.states import State as Sent
from tests.life.desk import Desk, Sending, allowed_to_refuse

STEPS = st.sampled_from([Step.WITHDRAW, Step.DECLINE, Step.REACH, Step.VISIT, Step.APPLY, Step.ASSESS, Step.REOPEN])
# Told to somebody already, and rightly: a promise that was missed, and a question to another council that ended.
_STAY = (ToDoKind.PROMISE_MISSED, ToDoKind.HANDOVER_REFUSED)
_COUNTED = ("version",)


class Officers(Desk):
    @rule(sending=Desk.sendings)
    def claim(self, sending: Sending) -> None:
        with allowed_to_refuse():
            actions.claim(self.case(sending), by=self.by(sending))

    @rule(sending=Desk.sendings, to_mate=st.booleans())
    def assign(self, sending: Sending, to_mate: bool) -> None:
        staff = self.staff[self.places[sending.number].council.pk]
        to = staff.mate if to_mate else None
        with allowed_to_refuse():
            actions.assign(self.case(sending), to=to, by=staff.manager)
            assert self.case(sending).owner_id == (to.pk if to else None)

    @rule(sending=Desk.sendings, outcome=st.sampled_from([Outcome.REACHED, Outcome.NO_ANSWER]))
    def ring(self, sending: Sending, outcome: Outcome) -> None:
        with allowed_to_refuse():
            actions.log_attempt(self.case(sending), way=Way.CALL, outcome=outcome, by=self.by(sending))
            self.got_in_touch(sending)

    @rule(sending=Desk.sendings, step=STEPS)
    def take_step(self, sending: Sending, step: Step) -> None:
        with allowed_to_refuse():
            self._step(sending, step)
            self.got_in_touch(sending)

    @rule(sending=Desk.sendings)
    def undo_the_last_step(self, sending: Sending) -> None:
        with allowed_to_refuse():
            actions.undo_step(self.case(sending), by=self.by(sending))

    @rule(sending=Desk.sendings, step=STEPS)
    def a_step_undone_at_once_leaves_everything_as_it_was(self, sending: Sending, step: Step) -> None:
        self.let_pass(minutes=1)  # nothing else happens at that very moment, and nothing is due
        before = self._everything(sending)
        try:
            self._step(sending, step)
        except Refused:
            return
        actions.undo_step(self.case(sending), by=self.by(sending))
        after = self._everything(sending)
        assert after == before, {name: (value, after[name]) for name, value in before.items() if value != after[name]}

    def got_in_touch(self, sending: Sending) -> None:
        """What was promised beside the promise of the case is done with any try; that of the case is judged by it."""
        here = self.places[sending.number]
        for each in self.sent:
            if each.joined and self.places[each.number] == here:
                self.promised.pop(each.number, None)

    def _step(self, sending: Sending, step: Step) -> None:
        reason = CloseReason.NO_ROOM if step in (Step.WITHDRAW, Step.DECLINE) else None
        actions.take_step(self.case(sending), step, reason=reason, by=self.by(sending))

    def _everything(self, sending: Sending) -> dict[str, Any]:
        """Of the case, and what waits because of it."""
        case = self.case(sending)
        with as_council(case.council_id):
            todos = ToDo.objects.filter(subject_id=case.pk, done_at=None).exclude(kind__in=_STAY)
            waiting = Message.objects.filter(subject_id=case.pk, state=Sent.QUEUED, to_staff=False)
            return {name: getattr(case, name) for name in _fields()} | {
                "to-dos": Counter(todos.values_list("kind", flat=True)),
                "waiting": Counter(waiting.values_list("kind", "channel", "to_address")),
                "follow-ups": Counter(FollowUpRecord.objects.filter(enquiry=case).values_list("step", "end")),
            }


def _fields() -> list[str]:
    return [field.attname for field in Enquiry._meta.concrete_fields if field.attname not in _COUNTED]
