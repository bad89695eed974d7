"""What happens to introductions while nobody looks: an answer that does not come, a reminder, "did you speak?", the end
of what has no sense any more. Each is found across all councils, and then done in the scope of its own two, under the
lock, where it is asked again whether it is still due: so it may run twice, and beside itself."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from ambassadors.actions import feedback, meeting
from ambassadors.actions.ending import end
from ambassadors.conversations.words import moment
from ambassadors.deadlines import AFTER_A_TIME, AFTER_ONE_NO, WITHOUT_A_TIME
from ambassadors.introduction_states import OPEN, Event, State, StoppedBy
from ambassadors.letters.sending import to_ambassador, to_enquirer
from ambassadors.letters.words import Letter
from ambassadors.models import Introduction, Offer
from ambassadors.pairs import Pair, Where, pair_at
from ambassadors.shared import wish_of
from councils.clock import hub_now
from councils.events import record
from councils.models import Council
from councils.tenancy import across
from councils.working_time import in_london
from enquiries.models import Enquiry, Wish
from enquiries.promise import day_in_words
from enquiries.states import State as CaseState
from outbox.rounds import one_by_one

AT_ONCE = 500  # pairs looked at in one run
UNANSWERED = (State.TO_CONFIRM, State.OFFERED)
Due = Callable[[datetime], Q]


def expire() -> int:
    """No answer from the ambassador, or from their council: the wish waits, and the next in turn is asked. The enquirer
    does not learn of it."""
    return _each(lambda now: Q(state__in=UNANSWERED, answer_by__lte=now), _expire)


def lapse() -> int:
    """No answer from the enquirer, who was reminded half-way."""
    return _each(lambda now: Q(state=State.ACCEPTED, answer_by__lte=now), _lapse)


def remind() -> int:
    return _each(lambda now: Q(state__in=(State.ACCEPTED, State.AGREED), remind_at__lte=now), _remind)


def ask() -> int:
    """Whether they spoke: a day after the time that was set, else a week after they agreed."""
    return _each(
        lambda now: (
            Q(state=State.AGREED, asked_at=None)
            & (Q(talk_at__lte=now - AFTER_A_TIME) | Q(talk_at=None, agreed_at__lte=now - WITHOUT_A_TIME))
        ),
        _ask,
    )


def settle() -> int:
    """One no that the other did not answer, or silence of both."""
    return _each(lambda now: Q(state=State.AGREED, asked_at__lte=now - AFTER_ONE_NO), _settle)


def end_what_is_over() -> int:
    """The case was closed or passed on, or the wish taken back: the ambassador is told that it has ended. Whoever was
    approved meanwhile may go on talking. Who asked us to stop would not hear that somebody is ready: nobody has to
    answer for them."""
    wish = Wish.objects.filter(enquiry=OuterRef("enquiry"))
    taken_back = wish.filter(taken_back_at__isnull=False)
    left_alone = Q(Exists(wish.filter(changed_at__lte=OuterRef("enquiry__stopped_at"))), state__in=UNANSWERED)
    over = Q(enquiry__closed_at__isnull=False) & ~Q(state=State.AGREED, enquiry__state=CaseState.APPROVED)
    return _each(lambda _: Q(state__in=sorted(OPEN)) & (over | left_alone | Q(Exists(taken_back))), _end)


def forget_the_erased() -> int:
    """What an ambassador said of a conversation tells of the enquirer too: it goes when they are erased."""
    told = Offer.objects.filter(council=OuterRef("ambassador_council"), pair_id=OuterRef("pair_id")).exclude(how="")
    return _each(lambda _: Q(enquiry__erased_at__isnull=False) & Q(Exists(told)), _forget)


def _each(due: Due, do: Callable[[Pair, datetime], bool]) -> int:
    with across(Council.objects.all(), reason="introductions due"):
        found = Introduction.objects.filter(due(hub_now())).order_by("answer_by", "created_at")
        rows = found.values_list("pair_id", "council_id", "ambassador_council_id")
        wheres = [Where(*row) for row in rows[:AT_ONCE]]
    return one_by_one(wheres, lambda where: _at(where, due, do), name=lambda where: where.pair_id)


def _at(where: Where, due: Due, do: Callable[[Pair, datetime], bool]) -> bool:
    with pair_at(where, lock=True) as pair:
        still = Introduction.objects.filter(due(hub_now()), council=where.enquirer_council, pair_id=where.pair_id)
        return still.exists() and do(pair, hub_now())


def _expire(pair: Pair, now: datetime) -> bool:
    end(pair, Event.EXPIRE, by=None)
    return True


def _lapse(pair: Pair, now: datetime) -> bool:
    end(pair, Event.LAPSE, by=None)
    to_ambassador(pair, Letter.NOT_NOW)
    return True


def _remind(pair: Pair, now: datetime) -> bool:
    introduction = pair.introduction
    introduction.remind_at = None
    introduction.save(update_fields=["remind_at"])
    if pair.state == State.ACCEPTED and introduction.answer_by:
        to_enquirer(pair, Letter.STILL_READY, answer_by=day_in_words(in_london(introduction.answer_by).date()))
    elif introduction.talk_at and introduction.talk_at > now:
        when = moment(introduction.talk_at)
        to_ambassador(pair, Letter.TOMORROW, once=introduction.talk_at.isoformat(), when=when)
        to_enquirer(pair, Letter.TOMORROW, once=introduction.talk_at.isoformat(), when=when)
    return True


def _ask(pair: Pair, now: datetime) -> bool:
    if not feedback.settle(pair) and pair.introduction.asked_at is None:
        feedback.ask_both(pair)
    return True


def _settle(pair: Pair, now: datetime) -> bool:
    return feedback.settle(pair)


def _end(pair: Pair, now: datetime) -> bool:
    if _goes_on_in_kept(pair):
        return True
    case, wish = pair.introduction.enquiry, wish_of(pair.introduction)
    theirs = case.is_open and wish is not None and wish.taken_back_at is not None
    stopped = StoppedBy.ENQUIRER if theirs else StoppedBy.STAFF
    meeting.stop(pair.where, by_whom=stopped, by=None)
    return True


def _forget(pair: Pair, now: datetime) -> bool:
    pair.offer.how = ""
    pair.offer.save(update_fields=["how"])
    return True


def _goes_on_in_kept(pair: Pair) -> bool:
    """Of a case that was joined with another: the same people, as staff found. Unless somebody is being introduced to
    them there, or has been asked for no more."""
    introduction = pair.introduction
    kept = case = introduction.enquiry
    while kept.merged_into_id:
        kept = Enquiry.objects.get(council=case.council_id, pk=kept.merged_into_id)
    others = Introduction.objects.filter(council=case.council_id, enquiry=kept, state__in=sorted(OPEN))
    if kept == case or not kept.is_open or others.exists():
        return False
    introduction.enquiry = kept
    introduction.save(update_fields=["enquiry"])
    record("introduction.case_joined", subject=introduction, by=None, pair=str(introduction.pair_id))
    return True
