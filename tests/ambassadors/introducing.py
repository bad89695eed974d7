"""What tests of introductions share: who waits, who may be asked, and what went out."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from ambassadors.actions import answering
from ambassadors.actions.introducing import introduce
from ambassadors.introduction_states import State
from ambassadors.models import Ambassador, Introduction, Offer
from ambassadors.pairs import Where, pair_at, where_of_introduction
from ambassadors.states import TalkBy
from councils.access import Access, access_of
from councils.models import Council
from councils.tenancy import across
from enquiries.models import Enquiry
from outbox.models import Message
from tests import factories


def cora(council: Council) -> Access:
    return access_of(factories.coordinator(council))


def waiting(council: Council, **given: Any) -> Enquiry:
    """Erin, who would like to talk to somebody who fosters."""
    case = factories.enquiry(council, **given)
    factories.wish(case)
    return case


def ask(case: Enquiry, anna: Ambassador, *, checked: bool = True) -> Introduction:
    council = Council.objects.get(pk=case.council_id)
    return introduce(
        case, ambassador_key=anna.pk, ambassador_council=anna.council_id, checked=checked, by=cora(council)
    )


def state_of(introduction: Introduction) -> State:
    with pair_at(where_of_introduction(introduction)) as pair:
        assert pair.introduction.state == pair.offer.state
        return pair.state


def again(introduction: Introduction) -> Introduction:
    with pair_at(where_of_introduction(introduction)) as pair:
        return pair.introduction


def offer_of(introduction: Introduction) -> Offer:
    with pair_at(where_of_introduction(introduction)) as pair:
        return pair.offer


def mails(*councils: Council, to: str = "") -> list[str]:
    """Kinds of what is in the outbox, by name, without the word that they share."""
    with across(councils, reason="test"):
        found = Message.objects.filter(kind__startswith="introduction_").order_by("kind")
        return [each.kind.removeprefix("introduction_") for each in found if to in ("", each.to_address)]


@dataclass(frozen=True)
class Talk:
    """An introduction, by where it lies."""

    where: Where

    def accept(self) -> None:
        answering.accept(self.where)

    def decline(self) -> None:
        answering.decline(self.where)

    def agree(self, way: TalkBy = TalkBy.EMAIL, phone: str = "") -> None:
        answering.agree(self.where, way=way, phone=phone)


def talk(introduction: Introduction) -> Talk:
    return Talk(where_of_introduction(introduction))


def agreed(case: Enquiry, anna: Ambassador, way: TalkBy = TalkBy.EMAIL, phone: str = "") -> Introduction:
    """They are in touch, by every step that leads there."""
    made = ask(case, anna)
    steps: list[Callable[[], None]] = [talk(made).accept, partial(talk(made).agree, way, phone)]
    for step in steps:
        step()
    return made
