"""Who writes to whom: both sides of a conversation as the relay has to know them."""

from dataclasses import dataclass

from ambassadors.models import Ambassador, Introduction, Offer
from ambassadors.pairs import Pair, where_of_introduction, where_of_offer
from ambassadors.pairs import Where as PairWhere
from ambassadors.relay.addresses import Side
from ambassadors.relay.removing import by_first_name, without_contacts, without_signature
from councils.models import Door
from councils.tenancy import as_council
from enquiries.models import Enquiry
from outbox.mime import one_line

_NAMELESS = {Side.ENQUIRER: "The person you talk to", Side.AMBASSADOR: "The foster carer"}


@dataclass(frozen=True)
class Party:
    """`name`: what the other side calls them. `full_name`: what only staff know."""

    side: Side
    address: str
    name: str
    numbers: tuple[str, ...]
    full_name: str = ""
    may_be_mailed: bool = True


@dataclass(frozen=True)
class Parties:
    writer: Party
    reader: Party

    def cleaned(self, text: str) -> str:
        """As the reader may see it."""
        both = (self.writer, self.reader)
        named = text
        for each in both:
            named = by_first_name(named, name=each.full_name, first=each.name)
        addresses = [each.address for each in both]
        numbers = [number for each in both for number in each.numbers]
        return without_contacts(without_signature(named), addresses=addresses, numbers=numbers).strip()


def where_behind(door: Door) -> tuple[PairWhere, Side] | None:
    """Which conversation, and who writes to this address; None where it is there no longer."""
    with as_council(door.council_id):
        introduction = Introduction.objects.filter(council=door.council_id, pk=door.subject_id).first()
        if introduction:
            return where_of_introduction(introduction), Side.ENQUIRER
        offer = Offer.objects.filter(council=door.council_id, pk=door.subject_id).first()
    return (where_of_offer(offer), Side.AMBASSADOR) if offer else None


def parties_of(pair: Pair, writer: Side) -> Parties:
    """Inside pair_at."""
    introduction, offer = pair.introduction, pair.offer
    case = Enquiry.objects.get(council=introduction.council_id, pk=introduction.enquiry_id)
    ambassador = Ambassador.objects.get(council=offer.council_id, pk=offer.ambassador_id)
    sides = {Side.ENQUIRER: _enquirer(case, introduction), Side.AMBASSADOR: _ambassador(ambassador, introduction)}
    return Parties(sides[writer], sides[writer.other])


def _enquirer(case: Enquiry, introduction: Introduction) -> Party:
    return Party(
        side=Side.ENQUIRER,
        address=case.email,
        name=_shown(introduction.shared_name, Side.ENQUIRER),
        numbers=tuple(filter(None, (case.phone, introduction.released_phone))),
        full_name=case.name,
        may_be_mailed=bool(case.email) and not (case.send_nothing or case.quarantined or case.erased_at),
    )


def _ambassador(ambassador: Ambassador, introduction: Introduction) -> Party:
    return Party(
        side=Side.AMBASSADOR,
        address=ambassador.email,
        name=_shown(introduction.ambassador_name, Side.AMBASSADOR),
        numbers=tuple(filter(None, (ambassador.phone,))),
        may_be_mailed=bool(ambassador.email),
    )


def _shown(name: str, side: Side) -> str:
    """Somebody may have typed their address where a name was asked for."""
    return one_line(without_contacts(name)) or _NAMELESS[side]
