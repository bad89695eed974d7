"""By which ways a letter can reach this person, and whether one may be written at all. Each "no" is a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass

from councils.models import Council
from enquiries.contact_details import is_uk_mobile, spoken_phone
from enquiries.followups.facts import Facts
from enquiries.followups.reading import attempts_of, facts_of
from enquiries.followups.reasons import day
from enquiries.models import Enquiry
from enquiries.states import State, Way
from outbox.channels import texts_can_leave
from outbox.mime import is_mailable
from outbox.states import ChannelKind, Lane
from outbox.suppressions import is_suppressed

CHANNELS = {Way.EMAIL: ChannelKind.EMAIL, Way.TEXT: ChannelKind.SMS}


@dataclass(frozen=True)
class Possible:
    """`why_not` is empty where it is possible."""

    way: Way
    address: str
    why_not: str

    @property
    def label(self) -> str:
        return f"{self.way.label}, to {spoken_phone(self.address) if self.way == Way.TEXT else self.address}"


def why_no_letter(case: Enquiry) -> str:
    """Whatever the way."""
    if case.state == State.DUPLICATE:
        return "This enquiry was joined with another of theirs. Write to them from there."
    if case.state == State.PASSED_ON:
        return "This enquiry was passed on to another council, and that council writes to them now."
    if case.quarantined:
        return "This is perhaps spam, so nothing leaves. Release the case first."
    if case.to_confirm:
        return "Nobody has said yet that this is an enquiry. Say so on the case first."
    return ""


def needs_their_word(case: Enquiry) -> str:
    """Why nothing leaves unless whoever writes says that they expect it."""
    if case.stopped_at:
        asked = f"They asked us to stop writing on {day(case.stopped_at)}."
        return f"{asked} That ended what the hub sends by itself, and a person may still answer them."
    if case.send_nothing:
        return "“Send them no confirmation” was chosen when this was written down, so the hub sends nothing by itself."
    return ""


def ways_to(case: Enquiry, council: Council) -> list[Possible]:
    """Three queries at most."""
    facts = facts_of(case, council, attempts_of(case), {})
    return [
        Possible(Way.EMAIL, case.email, next(_no_email(case, council, facts), "")),
        Possible(Way.TEXT, case.phone, next(_no_text(case, council, facts), "")),
    ]


def _no_email(case: Enquiry, council: Council, facts: Facts) -> Iterator[str]:
    if not case.email:
        yield "We have no email address."
    elif not is_mailable(case.email):
        yield "No mail can be sent to an address like theirs."
    if case.email_fails or is_suppressed(case.email, hub_id=council.hub_id, lane=Lane.SERVICE):
        yield "Mail to their address came back. Ask for another when you speak to them."
    if not facts.can_email:
        yield "It was written down that their email address is wrong."


def _no_text(case: Enquiry, council: Council, facts: Facts) -> Iterator[str]:
    if not case.phone:
        yield "We have no phone number."
    if not is_uk_mobile(case.phone):
        yield "Their number is not a mobile number in the UK."
    if not case.text_ok:
        yield "They have not said that a text message may mention fostering."
    if not texts_can_leave():
        yield "This hub has nobody who carries text messages."
    if is_suppressed(case.phone, hub_id=council.hub_id, lane=Lane.SERVICE):
        yield "Text messages to their number came back."
    if not facts.can_text:
        yield "It was written down that their number is wrong."
