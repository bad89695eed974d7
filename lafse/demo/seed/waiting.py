"""What a case waits for: notes, replies, to-dos, and what the machine has told already.

Nothing leaves because of a seed. No next follow-up is set; the confirmation of open cases is written down as sent, so
that what a colleague does with one goes on as in life; and everybody counts as told of every due time that stands, so
that thousands of them do not become thousands of mails in the first minute. Due times set from now on are told.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from councils.models.todos import ToDoKind
from enquiries.answers import RouteSnapshot
from enquiries.follow_up_states import FollowUpEnd, Told
from enquiries.models import FollowUpRecord, Note, Reply
from enquiries.states import Channel, Kind, RouteChoice, State
from enquiries.suspicion import FILLED_TRAP
from lafse.demo.seed.case import Case
from lafse.demo.seed.handovers import offered
from lafse.demo.seed.names import NOTES, REPLIES
from lafse.demo.seed.places import Place
from lafse.demo.seed.stories import Special

_NOTED, _SEEN_UNTAKEN, _TAKEN = 0.4, 0.4, 0.2
_A_MINUTE = timedelta(minutes=1)
_RECORDS_WITHIN = 15  # working days, regulation 32(6)
_ASKED_AGAIN, _OVERDUE = (5, 260), 0.1  # days ahead; share whose day has come


def stands_open(case: Case) -> None:
    values, draw = case.values, case.draw
    case.remembered = True
    if case.story.special not in (Special.QUARANTINE, Special.DIRECT):
        confirmed = {"enquiry_id": case.id, "step": "confirmation", "end": FollowUpEnd.SENT.value}
        case.add(FollowUpRecord, confirmed | {"at": case.created_at})
        if special := SPECIALS.get(case.story.special):
            special(case)
    if values.get("owner_id") is None:
        _untaken(case)
    elif draw.chance(_NOTED):
        at = case.at + timedelta(minutes=3)
        case.add(Note, {"enquiry_id": case.id, "by_id": case.owner, "text": draw.choice(NOTES), "created_at": at})
        case.event("noted", at, by=case.owner)
    if values["check_council"] and values["state"] == State.NEW.value:
        case.todo(ToDoKind.CHECK_COUNCIL, case.created_at, due=case.time_of("next_due_at"))
    values |= {"escalated": Told.HUB.value, "escalated_for": values["next_due_at"]}


def _untaken(case: Case) -> None:
    looked_at = case.created_at + 4 * _A_MINUTE
    if not case.draw.chance(_SEEN_UNTAKEN):
        return
    case.event("seen", looked_at, by=case.owner)
    case.values["first_seen_at"] = looked_at
    if case.draw.chance(_TAKEN):
        case.event("claimed", looked_at, by=case.owner)
        case.values |= {"owner_id": case.owner, "claimed_at": looked_at}


def was_missed(case: Case, due: datetime) -> None:
    """The event that the machine writes when a promise runs out."""
    case.event("promise_missed", due + _A_MINUTE, due=due.isoformat(), owned=True)


def missed(case: Case, due: datetime) -> None:
    """And nobody has tried since: on the council's list and on the hub's."""
    if case.draw.chance(0.5):
        case.values["owner_id"] = None
    was_missed(case, due)
    case.todo(ToDoKind.PROMISE_MISSED, due + _A_MINUTE, due=due)
    if case.office.pk != case.world.hub_office:
        case.todo(ToDoKind.PROMISE_MISSED, due + _A_MINUTE, due=due, council=case.world.hub_office)


def asked_again(case: Case) -> None:
    """Not yet: on a day to come. For a few that day has come."""
    today = case.world.days.days[case.world.days.today]
    if case.draw.chance(_OVERDUE):
        case.values["wake_on"] = today - timedelta(days=1)
        case.todo(ToDoKind.WAKE_UP, case.world.as_of - 60 * _A_MINUTE, due=case.world.as_of)
    else:
        case.values["wake_on"] = today + timedelta(days=case.draw.randint(*_ASKED_AGAIN))


_APPLICATION: Mapping[State, tuple[str, ...]] = {
    State.APPLIED: ("applied_on",),
    State.IN_ASSESSMENT: ("stage_1_from",),
    State.PANEL: ("stage_1_to", "stage_2_from", "stage_2_to"),
}


def applied(case: Case, state: State, day: int) -> None:
    """The dates of an assessment, in the case system too."""
    days = case.world.days
    for column in _APPLICATION.get(state, ()):
        case.values[column] = days.days[day - (40 if column in ("stage_1_to", "stage_2_from") else 0)]
    if state is State.APPLIED:
        case.values["case_number"] = f"LCS{case.number:07}"
        if case.values["kind"] == Kind.TRANSFER.value:
            _ask_for_records(case, day)


def _ask_for_records(case: Case, day: int) -> None:
    days, due = case.world.days, day + _RECORDS_WITHIN
    dates = {"records_consent_on": day, "records_asked_on": day + 1, "records_due_on": due + 1}
    case.values |= {column: days.days[number] for column, number in dates.items() if number < days.today}
    case.values["records_due_on"] = days.days[due + 1]
    if case.story.special is not Special.RECORDS and due < days.today:
        case.values["records_came_on"] = days.days[due]


def _quarantined(case: Case) -> None:
    case.values |= {"quarantined": True, "suspicions": [FILLED_TRAP]}


def _came_direct(case: Case) -> None:
    """By mail, to be confirmed: all that is known is who wrote what."""
    case.place = Place(case.office.pk, RouteChoice.WROTE_TO_COUNCIL, RouteSnapshot())
    case.values |= case.place.route.on_case() | {"check_council": False}
    case.values |= {"channel": Channel.EMAIL.value, "to_confirm": True}
    case.values["route_choice"] = RouteChoice.WROTE_TO_COUNCIL.value
    case.todo(ToDoKind.CAME_DIRECT, case.created_at, due=case.time_of("next_due_at"))
    case.event("came_direct", case.created_at, automatic=False, due=str(case.values["promise_due_at"]))


def _bounced(case: Case) -> None:
    at = case.created_at + 2 * _A_MINUTE
    case.values["email_fails"] = True
    case.event("email_failed", at)
    case.todo(ToDoKind.RING_INSTEAD, at, due=case.time_of("next_due_at"))


def _replied(case: Case) -> None:
    at = case.at + timedelta(hours=1)
    key = case.draw.uuid()
    wrote = {"enquiry_id": case.id, "from_address": case.person.email, "subject": "Re: Your enquiry"}
    wrote |= {"text": case.draw.choice(REPLIES), "message_id": f"<{key.hex}@example.org>", "received_at": at}
    reply = case.add(Reply, wrote)
    case.event("replied", at, reply=str(reply), by_link=True, reopened=False)
    case.values["heard_at"] = at
    case.todo(ToDoKind.REPLIED, at, due=case.time_of("next_due_at"))


def _records_overdue(case: Case) -> None:
    case.todo(ToDoKind.RECORDS_DUE, case.world.as_of - _A_MINUTE, due=case.world.as_of)


SPECIALS: Mapping[Special, Callable[[Case], None]] = {
    Special.QUARANTINE: _quarantined,
    Special.DIRECT: _came_direct,
    Special.BOUNCED: _bounced,
    Special.REPLIED: _replied,
    Special.RECORDS: _records_overdue,
    Special.OFFERED: offered,
    Special.REFUSED: offered,
    Special.STUCK: offered,
}
