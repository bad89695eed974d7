"""Did they speak? Both are asked, and one yes is enough. It is never a contact attempt of staff's, and keeps no
promise of theirs."""

from ambassadors.actions.ending import end
from ambassadors.actions.moving import TooLate
from ambassadors.deadlines import AFTER_ONE_NO, AFTER_SILENCE
from ambassadors.introduction_states import Event, State, StoppedBy
from ambassadors.letters.sending import to_ambassador, to_enquirer
from ambassadors.letters.words import Letter
from ambassadors.models import Introduction, Offer
from ambassadors.pairs import Pair, Where, pair_at
from councils.clock import hub_now

LONGEST = 500
_ENDED = frozenset({State.SPOKE, State.NOT_SPOKEN})
NOT_NOW = "The two were not in touch, so nothing was done. Here is how it stands now."


def say_spoke(where: Where, *, side: StoppedBy, spoke: bool, how: str = "") -> None:
    """Each side once; a word may still come when the other one's yes has ended it."""
    with pair_at(where, lock=True) as pair:
        row: Introduction | Offer = pair.introduction if side == StoppedBy.ENQUIRER else pair.offer
        if pair.state != State.AGREED and pair.state not in _ENDED:
            raise TooLate(NOT_NOW)
        if row.spoke is not None:
            return
        row.spoke, row.how = spoke, how.strip()[:LONGEST]
        row.save(update_fields=["spoke", "how"])
        if pair.state == State.AGREED:
            settle(pair)
        elif pair.state == State.NOT_SPOKEN:
            _count_noes(pair)


def settle(pair: Pair) -> bool:
    """Whether it ends: with a yes, with two noes, with one that the other did not answer, or in long silence."""
    said = (pair.introduction.spoke, pair.offer.spoke)
    if True in said:
        end(pair, Event.SPEAK, by=None)
    elif said == (False, False) or _waited_long_enough(pair):
        _count_noes(pair)
        end(pair, Event.MISS, by=None)
    else:
        if False in said and pair.introduction.asked_at is None:
            ask_both(pair)
        return False
    return True


def ask_both(pair: Pair) -> None:
    """Whoever has answered already is not asked."""
    introduction, now = pair.introduction, hub_now()
    introduction.asked_at = now
    introduction.save(update_fields=["asked_at"])
    once = introduction.talk_at.isoformat() if introduction.talk_at else ""
    if introduction.spoke is None:
        to_enquirer(pair, Letter.SPOKE, once=once)
    if pair.offer.spoke is None:
        to_ambassador(pair, Letter.SPOKE, once=once)


def _count_noes(pair: Pair) -> None:
    """None where one of the two says that they spoke after all."""
    said = (pair.introduction.spoke, pair.offer.spoke)
    pair.introduction.noes = 0 if True in said else said.count(False)
    pair.introduction.save(update_fields=["noes"])


def _waited_long_enough(pair: Pair) -> bool:
    asked_at = pair.introduction.asked_at
    if asked_at is None:
        return False
    answered = pair.introduction.spoke is not None or pair.offer.spoke is not None
    return hub_now() - asked_at >= (AFTER_ONE_NO if answered else AFTER_SILENCE)
