"""What enquirers do: send the form, send it again, send another one, write, and answer on "Your enquiry"."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, multiple, rule

from councils.models import Council
from councils.tenancy import as_council
from enquiries import actions
from enquiries.actions.incoming import receive
from enquiries.actions.status import ask_to_stop, say_no, say_still_interested
from enquiries.incoming_states import Came
from enquiries.models import Enquiry, Reply
from enquiries.states import GOING_ON_STATES, Channel, Way
from outbox.incoming import parse
from tests import factories
from tests.life.desk import Desk, Sending, allowed_to_refuse


class Enquirers(Desk):
    letters = 0

    @initialize(target=Desk.sendings)
    def two_have_asked_already(self) -> Any:
        return multiple(self.submit(Way.CALL, mailable=True), self.submit(Way.EMAIL, mailable=True))

    @rule(target=Desk.sendings, way=st.sampled_from([Way.CALL, Way.EMAIL, Way.TEXT]), mailable=st.booleans())
    def submit(self, way: Way, mailable: bool) -> Sending:
        email = f"erin{len(self.sent)}@example.org" if mailable or way == Way.EMAIL else ""
        answers, token = factories.answers(self.kent, way=way, email=email), f"token-{len(self.sent)}"
        return self.remember(answers, token, actions.submit(answers, token=token, channel=Channel.WEB), joined=False)

    @rule(sending=Desk.sendings, changed=st.booleans())
    def submit_again(self, sending: Sending, changed: bool) -> None:
        answers = replace(sending.answers, message="And one thing more") if changed else sending.answers
        receipt = actions.submit(answers, token=sending.token, channel=Channel.WEB)
        assert receipt.enquiry_id == self.places[sending.number].case
        assert receipt.reference == (sending.reference if sending.joined else self.case(sending).reference)

    @rule(target=Desk.sendings, earlier=Desk.sendings, to_kent=st.sampled_from([True, True, False]))
    def submit_another_form(self, earlier: Sending, to_kent: bool) -> Sending:
        """Under one address a council has one case that goes on, whatever the number of forms."""
        council = self.kent if to_kent else self.hampshire
        answers = factories.answers(council, email=earlier.answers.email, name="Erin Else")
        standing, token = self.standing(answers.email, council), f"token-{len(self.sent)}"
        receipt = actions.submit(answers, token=token, channel=Channel.WEB)
        known = {place.case for place in self.places.values()}
        assert (receipt.enquiry_id in known) is bool(standing)
        return self.remember(answers, token, receipt, joined=bool(standing))

    def standing(self, email: str, council: Council) -> list[Enquiry]:
        with as_council(council):
            going_on = Enquiry.objects.filter(council=council, state__in=GOING_ON_STATES)
            return [case for case in going_on if email and case.email == email]

    @rule(sending=Desk.sendings)
    def write_to_us(self, sending: Sending) -> None:
        """In answer to the first mail: whatever happened to the case since, it reaches the newest."""
        self.letters += 1
        mail = f"From: erin@example.org\nMessage-ID: <{self.letters}@example.org>\n\nText".encode()
        assert receive(parse(mail), to=sending.reply_to) == Came.REPLY
        place = self.places[sending.number]
        with as_council(place.council):
            assert Reply.objects.get(message_id__contains=f"{self.letters}@").enquiry_id == place.case

    @rule(sending=Desk.sendings, says=st.sampled_from([ask_to_stop, say_still_interested]))
    def answer(self, sending: Sending, says: Callable[[Enquiry], None]) -> None:
        with allowed_to_refuse():
            says(self.case(sending))

    @rule(sending=Desk.sendings)
    def say_no(self, sending: Sending) -> None:
        with allowed_to_refuse():
            say_no(self.case(sending), reason=None)
