"""Whoever talked to a foster carer is erased with what they wished for and what the two wrote to each other."""

from ambassadors.actions import answering, feedback
from ambassadors.introduction_states import State, StoppedBy
from ambassadors.models import Introduction, Offer, Proposal
from ambassadors.pairs import where_of_introduction
from ambassadors.relay import Side
from ambassadors.tasks import look_after_introductions
from councils.clock import hub_now
from councils.models import Council, Door, Event, User
from councils.models.doors import DoorPurpose
from councils.tenancy import as_council
from enquiries.incoming_states import Came
from enquiries.models import Wish
from enquiries.rights.erasing import erase_pending
from enquiries.rights.export import holdings_of
from enquiries.wish_states import Attribute
from outbox.models import Message
from outbox.states import State as MessageState
from tests import factories
from tests.ambassadors.introducing import ask as asked
from tests.ambassadors.relaying import agreed
from tests.rights.test_erasing import ask


def test_a_wish_goes_with_its_case(kent: Council, mina: User) -> None:
    case = factories.enquiry(kent)
    factories.wish(case, whom=(Attribute.LGBTQ,))
    ask(case, mina)
    assert erase_pending() == 1
    with as_council(kent):
        assert not Wish.objects.exists()
        assert not [each for each in Event.objects.all() if "lgbtq" in str(each.facts)]


def test_what_two_people_wrote_goes_with_the_case_across_a_border_too(
    kent: Council, hampshire: Council, mina: User
) -> None:
    talk = agreed(kent, hampshire)
    for writer in Side:
        talk.writes(writer, "Peculiarword")
    ask(talk.case, mina)
    assert erase_pending() == 1
    with as_council(kent):
        messages = list(Message.objects.filter(kind="relay"))
        assert len(messages) == 2 and {each.state for each in messages} == {MessageState.CANCELLED}
        assert not [each for each in messages if each.text or each.to_address or bytes(each.mime)]
        introduction = Introduction.objects.get(pk=talk.introduction.pk)
        assert (introduction.shared_name, introduction.released_phone) == ("", "")
    with as_council(hampshire):
        offer = Offer.objects.get(pair_id=talk.introduction.pair_id)
    assert not [field.name for field in offer._meta.fields if "Erin" in str(getattr(offer, field.attname))]
    assert not Door.objects.filter(purpose=DoorPurpose.RELAY, subject_id=talk.introduction.pk).exists()


def test_nobody_writes_to_somebody_who_was_erased(kent: Council, mina: User) -> None:
    talk = agreed(kent)
    ask(talk.case, mina)
    erase_pending()
    assert talk.writes(Side.AMBASSADOR) == Came.RELAYED
    assert talk.messages() == []
    with as_council(kent):
        assert Introduction.objects.get(pk=talk.introduction.pk).state == State.AGREED, "ended by the next round"


def test_everything_held_on_them_has_what_they_wrote_and_no_address_of_the_other(kent: Council) -> None:
    talk = agreed(kent)
    for writer in Side:
        talk.writes(writer, f"Peculiarword of {writer}")
    told = str(holdings_of([talk.case], guarded=True, now=hub_now()))
    assert "Peculiarword of enquirer" in told and "Peculiarword of ambassador" in told
    assert talk.ambassador.email not in told


def test_nobody_learns_from_it_who_was_asked_and_could_not(kent: Council) -> None:
    case, zoe = factories.enquiry(kent), factories.ambassador(kent, first_name="Zoe")
    factories.wish(case)
    answering.decline(where_of_introduction(asked(case, zoe)))
    factories.introduction(case, factories.ambassador(kent, first_name="Anna"), State.SPOKE, reasons="single carer")
    with as_council(kent):
        Proposal.objects.create(council=kent, enquiry=case, ambassador_name="Zoran", words="fosters alone")
    told = str(holdings_of([case], guarded=True, now=hub_now()))
    assert "Anna" in told and "They spoke" in told
    assert not [word for word in ("Zoe", "Zoran", "could not", "decline", "single", "alone") if word in told]


def test_what_an_ambassador_said_of_it_goes_too_across_a_border(kent: Council, hampshire: Council, mina: User) -> None:
    case, other = factories.enquiry(kent), factories.enquiry(kent)
    pairs = [factories.introduction(each, factories.ambassador(hampshire), State.AGREED) for each in (case, other)]
    for pair in pairs:
        where = where_of_introduction(pair)
        feedback.say_spoke(where, side=StoppedBy.AMBASSADOR, spoke=True, how="Peculiarword")
    ask(case, mina)
    erase_pending()
    look_after_introductions()
    with as_council(hampshire):
        said = dict(Offer.objects.values_list("pair_id", "how"))
    assert [said[pair.pair_id] for pair in pairs] == ["", "Peculiarword"]
