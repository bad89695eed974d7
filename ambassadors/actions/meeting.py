"""What either of the two may do while they are in touch, and what staff put on their page."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from ambassadors.actions.ending import end
from ambassadors.actions.moving import TooLate
from ambassadors.conversations.words import moment
from ambassadors.deadlines import reminder_of
from ambassadors.introduction_states import Event, State, StoppedBy
from ambassadors.letters.sending import to_ambassador, to_enquirer
from ambassadors.letters.words import Letter
from ambassadors.models import Introduction
from ambassadors.pairs import Pair, Where, pair_at, where_of_introduction
from ambassadors.states import TalkBy
from ambassadors.workflow import is_open
from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import User
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.states import State as CaseState
from outbox.mime import is_number

NOT_NOW = "The two are not in touch any more, so nothing was done. Here is how it stands now."
AHEAD = timedelta(days=60)
LONGEST = 300
_https = URLValidator(schemes=["https"])


def set_time(where: Where, *, at: datetime, way: TalkBy | None = None) -> None:
    """Either of the two, as often as they like; both are told. `way` stays as they agreed: choosing another one is the
    enquirer's, since it may release a number."""
    with _in_touch(where) as pair:
        introduction, now = pair.introduction, hub_now()
        if way is not None and way != introduction.way:
            raise Refused("You agreed on another way to talk.")
        if not now < at <= now + AHEAD:
            raise Refused("Choose a time that is still to come, within two months.")
        if introduction.talk_at == at:
            return
        introduction.talk_at, introduction.remind_at, introduction.asked_at = at, reminder_of(at, now), None
        introduction.save(update_fields=["talk_at", "remind_at", "asked_at"])
        _record("time_set", pair, None)
        _tell_both(pair, Letter.TIME_SET, once=at.isoformat(), when=moment(at))


def release_phone(where: Where, phone: str) -> None:
    """By the enquirer: a number, for this conversation only."""
    if not is_number(phone):
        raise Refused("Enter the number on which they may ring you.")
    _keep_phone(where, phone)


def take_phone_back(where: Where) -> None:
    """By the enquirer. The ambassador's page shows it no longer."""
    _keep_phone(where, "")


def _keep_phone(where: Where, phone: str) -> None:
    with _in_touch(where) as pair:
        introduction = pair.introduction
        if introduction.way != TalkBy.PHONE and phone:
            raise Refused("You agreed on another way to talk.")
        if introduction.released_phone != phone:
            introduction.released_phone = phone
            introduction.save(update_fields=["released_phone"])
            _record("phone_released" if phone else "phone_taken_back", pair, None)


def set_link(introduction: Introduction, link: str, by: Access) -> None:
    """Of a video call: staff choose it, so that nobody's private account is part of it."""
    _prepare(introduction, "link", link.strip(), TalkBy.VIDEO, by)


def set_place(introduction: Introduction, place: str, by: Access) -> None:
    """In person only at an event of the council, or where staff agree."""
    _prepare(introduction, "place", place.strip(), TalkBy.EVENT, by)


def _prepare(row: Introduction, field: str, value: str, way: TalkBy, by: Access) -> None:
    by.require(Permission.MATCH, row.council_id)
    if not value or len(value) > LONGEST or (field == "link" and not _is_https(value)):
        raise Refused("Enter a link that begins with https://." if field == "link" else "Enter where they meet.")
    with _in_touch(where_of_introduction(row)) as pair:
        if pair.introduction.way != way:
            raise Refused("They agreed on another way to talk.")
        if getattr(pair.introduction, field) == value:
            return
        setattr(pair.introduction, field, value)
        pair.introduction.save(update_fields=[field])
        event = _record(f"{field}_set", pair, by.user)
        _tell_both(pair, Letter.PREPARED, once=event)


def _is_https(link: str) -> bool:
    try:
        _https(link)
    except ValidationError:
        return False
    return True


def stop(where: Where, *, by_whom: StoppedBy, by: User | None) -> None:
    """At any time, without a reason. Whoever knows of the other is told kindly: an enquirer hears of nobody who has not
    accepted, and an ambassador of nobody whom staff have not confirmed."""
    with pair_at(where, lock=True) as pair:
        before = pair.state
        if not is_open(before) and pair.introduction.stopped_by == by_whom:
            return
        pair.introduction.stopped_by = by_whom
        end(pair, Event.STOP, by=by)
        pair.introduction.save(update_fields=["stopped_by"])
        if by_whom != StoppedBy.ENQUIRER and before in (State.ACCEPTED, State.AGREED):
            _tell_enquirer(pair)
        if by_whom != StoppedBy.AMBASSADOR and before != State.TO_CONFIRM:
            to_ambassador(pair, Letter.NOT_NEEDED if before == State.OFFERED else Letter.STOPPED)


def _tell_enquirer(pair: Pair) -> None:
    """Not whoever closed their enquiry themselves, or was told so."""
    case = pair.introduction.enquiry
    if case.is_open:
        to_enquirer(pair, Letter.STOPPED)
    elif case.state == CaseState.PASSED_ON:  # they would wait for a call that does not come
        to_enquirer(pair, Letter.PASSED_ON)


@contextmanager
def _in_touch(where: Where) -> Iterator[Pair]:
    with pair_at(where, lock=True) as pair:
        if pair.state != State.AGREED:
            raise TooLate(NOT_NOW)
        yield pair


def _record(verb: str, pair: Pair, by: User | None) -> str:
    """In both councils; the id of one of the two."""
    for row in (pair.introduction, pair.offer):
        event = record(f"introduction.{verb}", subject=row, by=by, pair=str(row.pair_id))
    return str(event.pk)


def _tell_both(pair: Pair, letter: Letter, *, once: str, **said: str) -> None:
    to_ambassador(pair, letter, once=once, **said)
    to_enquirer(pair, letter, once=once, **said)
