"""Cases that go to another council, or are offered to one: two rows, one in each."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from councils.models import ToDo
from councils.models.todos import ToDoKind
from enquiries.handover_states import HandoverReason, HandoverState, RefusalReason, Side
from enquiries.models import Handover
from enquiries.states import State
from lafse.demo.seed.case import Case
from lafse.demo.seed.rows import Values
from lafse.demo.seed.stories import Special
from lafse.demo.seed.world import Office

_REASONS = (HandoverReason.LIVES_THERE, HandoverReason.MOVED, HandoverReason.ASKED_FOR_IT)
_SAID = "They work there and would rather foster there."


@dataclass(frozen=True)
class Answer:
    state: HandoverState = HandoverState.OFFERED
    at: datetime | None = None
    by: int | None = None
    refusal: str = ""


def passed_on(sender: Case, receiver: Case) -> None:
    """The receiver's case goes on in the sender's journey, and is found under the sender's reference as well."""
    at = sender.at
    pair = _offer(
        sender,
        receiver.office.pk,
        at - timedelta(hours=3),
        Answer(HandoverState.ACCEPTED, at, receiver.owner),
        receiver,
    )
    sender.event("handover_accepted", at, by=sender.owner, pair=str(pair), **_closing(sender, receiver))
    receiver.known_as.add(sender.reference)


def same_journey(sender: Case, receiver: Case) -> None:
    """Before anything else is written about the receiver's case."""
    receiver.values |= {name: sender.values[name] for name in ("journey_id", "household_id")}
    told = {name: receiver.values[name] for name in ("channel", "kind")} | _with(sender.office)
    receiver.event("taken_over", receiver.created_at, by=receiver.owner, **told, decided_by_hub=False)


def offered(case: Case) -> None:
    """To a council that has not answered, has refused, or took too long and left it to the hub manager."""
    days = case.world.days
    to = case.draw.choice([council for council in case.world.places.members if council != case.office.pk])
    match case.story.special:
        case Special.OFFERED:
            _offer(case, to, case.world.as_of - timedelta(hours=case.draw.randint(9, 14)), Answer(), None)
        case Special.REFUSED:
            by = case.draw.choice(case.world.offices[to].officers)
            answer = Answer(HandoverState.REFUSED, days.openings[days.today - 1], by, RefusalReason.NOT_OURS.value)
            _offer(case, to, case.at + timedelta(minutes=5), answer, None)
            case.todo(ToDoKind.HANDOVER_REFUSED, days.openings[days.today - 1], due=days.openings[days.today])
        case _:
            _offer(case, to, case.at + timedelta(minutes=5), Answer(), None)
            told = days.openings[days.today - 1]
            case.event("hub_told", told, why=ToDoKind.HANDOVER_STUCK.value)
            case.todo(ToDoKind.HANDOVER_STUCK, told, due=days.openings[days.today], council=case.world.hub_office)


def _closing(sender: Case, receiver: Case) -> dict[str, object]:
    return {
        "old_state": State.IN_CONTACT.value,
        "state": State.PASSED_ON.value,
        "decided_by_hub": False,
        **_with(receiver.office),
    }


def _with(other: Office) -> dict[str, object]:
    return {"council": other.pk, "with_council": other.name}


def _offer(case: Case, to: int, at: datetime, answer: Answer, receiver: Case | None) -> UUID:
    """Both rows and the question's event; the question itself stands on the other council's list."""
    pair = case.draw.uuid()
    told = _told(case, pair, to, at, answer)
    case.add(Handover, told | {"side": Side.SENT.value, "other_id": to, "enquiry_id": case.id})
    theirs: Values = {"side": Side.RECEIVED.value, "other_id": case.office.pk}
    row = case.add(Handover, told | theirs | {"enquiry_id": receiver.id if receiver else None}, council=to)
    other = _with(case.world.offices[to])
    case.event("handover_offered", at, by=case.owner, pair=str(pair), reason=told["reason"], **other)
    if answer.state is HandoverState.REFUSED and answer.at:
        case.event("handover_refused", answer.at, by=answer.by, pair=str(pair), **other)
    if answer.state is HandoverState.OFFERED:
        _ask(case, row, to, at, told["answer_due_at"])
    return pair


def _told(case: Case, pair: UUID, to: int, at: datetime, answer: Answer) -> Values:
    days, theirs = case.world.days, case.world.offices[to]
    return {
        "pair_id": pair,
        "journey_id": case.values["journey_id"],
        "reference": case.reference,
        "reason": case.draw.choice(_REASONS).value,
        "explanation": _SAID,
        "summary": _summary(case),
        "state": answer.state.value,
        "refusal": answer.refusal,
        "offered_at": at,
        "offered_by_id": case.owner,
        "answer_due_at": days.closing(days.number_of(at.date()) + 1, theirs.hours),
        "answered_at": answer.at,
        "answered_by_id": answer.by,
    }


def _ask(case: Case, row: UUID, to: int, at: datetime, due: object) -> None:
    asked: Values = {"kind": ToDoKind.HANDOVER_OFFERED.value, "subject_kind": "handover", "subject_id": row}
    case.add(ToDo, asked | {"about_council_id": case.office.pk, "due_at": due, "created_at": at}, council=to)


def _summary(case: Case) -> dict[str, object]:
    """Nothing that says who it is."""
    values = case.values
    copied = ("kind", "fosters_with", "channel", "way", "route_choice")
    return {name: values[name] for name in copied} | {
        "came_at": case.created_at.isoformat(),
        "state": State.IN_CONTACT.value,
        "district": str(values["postcode"]).split(" ")[0],
        "promise_due_at": str(values["promise_due_at"]),
        "promise_kept": True,
        "been": [case.office.pk],
        "refused": 0,
        "ping_pong": False,
    }
