"""Staff of the ambassador's council confirm, the ambassador says yes or no, the enquirer chooses how. Each once:
pressed twice it is harmless, and what comes too late changes nothing."""

from ambassadors.actions.ending import end
from ambassadors.actions.introducing import offered, time_to_answer
from ambassadors.actions.moving import move, refuse_what_is_over
from ambassadors.actions.seats import refuse_if_barred, refuse_if_held_back
from ambassadors.deadlines import half_way
from ambassadors.introduction_states import Event, State
from ambassadors.letters.sending import must_be_rung, to_ambassador, to_enquirer
from ambassadors.letters.to_staff import ask_to_prepare, ask_to_ring
from ambassadors.letters.words import HOW, Letter
from ambassadors.models import Introduction, Offer
from ambassadors.pairs import Pair, Where, pair_at, where_of_introduction, where_of_offer
from ambassadors.relay import open_relay
from ambassadors.shared import ways_in_common, wish_of
from ambassadors.states import TalkBy
from councils.access import Access
from councils.clock import hub_now
from councils.models import User
from councils.refusals import Refused
from councils.roles import Permission
from councils.working_time import in_london
from enquiries.promise import day_in_words
from outbox.mime import is_number

BY_STAFF = frozenset({TalkBy.VIDEO, TalkBy.EVENT})  # who else would choose a link or a place


def confirm(offer: Offer, by: Access) -> None:
    """By staff of the ambassador's council, who have checked that they are no family of a child placed there."""
    by.require(Permission.MATCH, offer.council_id)
    with pair_at(where_of_offer(offer), lock=True) as pair:
        if pair.state == State.OFFERED:
            return
        refuse_what_is_over(pair, Event.CONFIRM)
        refuse_if_barred(pair)
        now, until = hub_now(), time_to_answer(pair.offer.council_id)
        pair.offer.confirmed_by, pair.offer.confirmed_at = by.user, now
        pair.offer.offered_at, pair.offer.answer_by = now, until
        pair.offer.save(update_fields=["confirmed_by", "confirmed_at", "offered_at", "answer_by"])
        pair.introduction.answer_by = until
        pair.introduction.save(update_fields=["answer_by"])
        move(pair, Event.CONFIRM, by=by.user)
        offered(pair, until)


def refuse(offer: Offer, by: Access) -> None:
    """The other council reads that it was not confirmed, and no reason: that could tell who is placed where."""
    by.require(Permission.MATCH, offer.council_id)
    with pair_at(where_of_offer(offer), lock=True) as pair:
        if pair.state != State.NOT_CONFIRMED:
            end(pair, Event.REFUSE, by=by.user)


def accept(where: Where) -> None:
    """By the ambassador. The enquirer hears of it now, and of nobody who was asked before."""
    with pair_at(where, lock=True) as pair:
        if pair.state in (State.ACCEPTED, State.AGREED):
            return
        refuse_what_is_over(pair, Event.ACCEPT)
        refuse_if_held_back(pair)
        move(pair, Event.ACCEPT, by=None)
        now, until = hub_now(), time_to_answer(pair.offer.council_id)
        pair.offer.accepted_at = now
        pair.offer.save(update_fields=["accepted_at"])
        pair.introduction.answer_by, pair.introduction.remind_at = until, half_way(now, until)
        pair.introduction.save(update_fields=["answer_by", "remind_at"])
        to_enquirer(pair, Letter.READY, answer_by=day_in_words(in_london(until).date()))
        if must_be_rung(pair.introduction.enquiry):
            ask_to_ring(pair)


def decline(where: Where) -> None:
    """By the ambassador. The enquirer never learns of it: their wish waits as before."""
    with pair_at(where, lock=True) as pair:
        if pair.state != State.DECLINED:
            end(pair, Event.DECLINE, by=None)


def agree_as_heard(introduction: Introduction, by: Access) -> None:
    """Staff rang somebody whom no message reaches, who would like to be rung on that number. Raises Refused."""
    by.require(Permission.MATCH, introduction.council_id)
    case = introduction.enquiry
    if not must_be_rung(case):
        raise Refused("They answer themselves: we write to them.")
    agree(where_of_introduction(introduction), way=TalkBy.PHONE, phone=case.phone, by=by.user)


def agree(where: Where, *, way: TalkBy, phone: str = "", by: User | None = None) -> None:
    """By the enquirer. `phone`: in E.164, for this conversation only, whatever number the case has."""
    with pair_at(where, lock=True) as pair:
        if pair.state == State.AGREED:
            return
        refuse_what_is_over(pair, Event.AGREE)
        _refuse_way(pair, way, phone)
        introduction = pair.introduction
        introduction.way, introduction.released_phone = way, phone if way == TalkBy.PHONE else ""
        introduction.agreed_at, introduction.answer_by, introduction.remind_at = hub_now(), None, None
        introduction.save(update_fields=["way", "released_phone", "agreed_at", "answer_by", "remind_at"])
        move(pair, Event.AGREE, by=by)
        if way == TalkBy.EMAIL:
            open_relay(pair)
        to_ambassador(pair, Letter.AGREED, how=HOW[way])
        if way in BY_STAFF:
            ask_to_prepare(pair)


def prefer_other(where: Where) -> None:
    """By the enquirer, without a reason. They wait on where they were."""
    with pair_at(where, lock=True) as pair:
        if pair.state != State.UNWANTED:
            end(pair, Event.PREFER_OTHER, by=None)
            to_ambassador(pair, Letter.PREFERS_OTHER)


def _refuse_way(pair: Pair, way: TalkBy, phone: str) -> None:
    introduction = pair.introduction
    if way not in ways_in_common(introduction.enquiry, wish_of(introduction), pair.offer.ambassador):
        raise Refused("That way to talk does not suit you both. Choose another.")
    if way == TalkBy.PHONE and not is_number(phone):
        raise Refused("Enter the number on which they may ring you, or choose another way to talk.")
