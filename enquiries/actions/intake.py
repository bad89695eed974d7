"""An enquiry arrives: by the public form, or written down by staff.

The form's token is a door. Of any number of sendings of the same form the first takes the door and makes the enquiry;
the others wait for its commit and are answered with its reference. The same token with other answers is a second
submission on that enquiry.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from councils.clock import hub_now
from councils.doors import find_door, lead_door_to, take_door
from councils.events import record
from councils.households import household_of
from councils.models import Council, Door, FirstContact, User
from councils.models.doors import DoorPurpose
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from enquiries import mails
from enquiries.actions.changing import locked_going_on
from enquiries.actions.comings import note_coming, take_coming_back
from enquiries.actions.confirming import confirm
from enquiries.actions.handover_trail import led_elsewhere
from enquiries.actions.indexing import free_reference, index, index_again
from enquiries.actions.joining import join, promised, standing_case, take_beside
from enquiries.actions.resending import COPIED, take_again
from enquiries.actions.sendings import (
    address_joined,
    one_more,
    reference_given,
    sending_of,
    stands_already,
    submission_from,
    take_reference_back,
)
from enquiries.actions.todos import open_todo
from enquiries.actions.turns import assign_new
from enquiries.actions.watch import tell_hub_if_nobody_is_there
from enquiries.answers import Answers
from enquiries.came import Came
from enquiries.commitment import commitment, commitment_to
from enquiries.models import Enquiry
from enquiries.promise import Promise
from enquiries.states import Channel, RouteChoice

FORM_DOOR_OPEN_FOR = timedelta(hours=25)  # the answers in progress live for 24
IN_DOUBT = frozenset({RouteChoice.NOT_SURE, RouteChoice.NO_POSTCODE, RouteChoice.OUTSIDE})


@dataclass(frozen=True)
class Receipt:
    """`repeated`: these answers stood already. `second_submission`: the enquiry stood, with other answers.
    `emailed`: a confirmation goes to the address in these answers."""

    reference: str
    enquiry_id: uuid.UUID
    council_id: int
    promise: Promise
    emailed: bool
    repeated: bool = False
    second_submission: bool = False


def submit(
    answers: Answers,
    *,
    token: str,
    channel: Channel,
    send_nothing: bool = False,
    came: Came | None = None,
    by: User | None = None,
) -> Receipt:
    """`came`: where from; None where nothing tells. Not asked where the same form is sent once more."""
    council = Council.objects.select_related("hub").get(pk=answers.council_id)
    enquiry_id = uuid.uuid4()
    with as_council(council):
        expires_at = hub_now() + FORM_DOOR_OPEN_FOR
        rival = take_door(
            token, purpose=DoorPurpose.FORM, council=council, subject_id=enquiry_id, expires_at=expires_at
        )
        if rival is None:
            case = standing_case(answers, council)
            if case:
                note_coming(case, channel, came)
                return _join(answers, case, council, token, channel=channel, send_nothing=send_nothing, by=by)
            return _first(answers, council, enquiry_id, channel=channel, send_nothing=send_nothing, came=came, by=by)
    return _again(answers, rival, channel=channel, by=by)


def _first(
    answers: Answers,
    council: Council,
    enquiry_id: uuid.UUID,
    *,
    channel: Channel,
    send_nothing: bool,
    came: Came | None = None,
    by: User | None,
    began: tuple[str, datetime] | None = None,
) -> Receipt:
    """`began`: the reference and the time under which it was first answered, where it had joined another case."""
    promise = commitment(council, now=began[1] if began else hub_now(), times=answers.times, way=answers.way)
    enquiry = case_from(answers, council, promise, channel)
    enquiry.pk, enquiry.send_nothing = enquiry_id, send_nothing
    if began:
        enquiry.reference, enquiry.created_at = began
        enquiry.check_council = enquiry.check_council or answers.council_id != council.pk
    enquiry.save(force_insert=True)
    submission_from(enquiry, answers, 1, channel)
    note_coming(enquiry, channel, came, at=enquiry.created_at)
    index(enquiry)
    record(
        "enquiry.received",
        subject=enquiry,
        by=by,
        channel=channel.value,
        kind=enquiry.kind,
        outcome=enquiry.route_outcome,
        choice=enquiry.route_choice,
        quarantined=enquiry.quarantined,
        due=promise.due_at.isoformat(),
    )
    mails.tell_duty_mailbox(enquiry, council, promise)
    confirm(enquiry, council)
    if not mails.is_confirmed_by_mail(enquiry):
        open_todo(enquiry, council, ToDoKind.CALL)
    assign_new(enquiry, council)
    tell_hub_if_nobody_is_there(enquiry, council)
    return _receipt(enquiry, council)


def _join(
    answers: Answers,
    case: Enquiry,
    council: Council,
    token: str,
    *,
    channel: Channel,
    send_nothing: bool,
    by: User | None,
) -> Receipt:
    door = find_door(token, DoorPurpose.FORM)
    assert door is not None  # noqa: S101  # taken by this very transaction
    lead_door_to(door, case.pk)
    join(answers, case, council, door, channel=channel, send_nothing=send_nothing, by=by)
    return replace(_receipt_beside(answers, case, council, door), emailed=_would_be_mailed(answers, send_nothing))


def _again(answers: Answers, door: Door, *, channel: Channel, by: User | None) -> Receipt:
    council = Council.objects.select_related("hub").get(pk=door.council_id)
    with as_council(council):
        enquiry = locked_going_on(council.pk, door.subject_id)
        moved = led_elsewhere(enquiry, door)
        if moved is None:
            return _once_more(answers, enquiry, council, door, channel=channel, by=by)
    return _again(answers, moved, channel=channel, by=by)


def _once_more(
    answers: Answers, enquiry: Enquiry, council: Council, door: Door, *, channel: Channel, by: User | None
) -> Receipt:
    if reference_given(enquiry, door):
        return _again_beside(answers, enquiry, council, door, channel=channel, by=by)
    if stands_already(enquiry, answers):
        return _receipt(enquiry, council, repeated=True)
    submission = one_more(enquiry, answers, channel)
    emailed = take_again(answers, enquiry, council, submission, by=by)
    return replace(_receipt(enquiry, council), second_submission=True, emailed=emailed)


def _again_beside(
    answers: Answers, case: Enquiry, council: Council, door: Door, *, channel: Channel, by: User | None
) -> Receipt:
    """The form joined a case that stood: what is changed in it stands beside."""
    if answers.email.casefold() not in (case.email.casefold(), address_joined(case, door)):
        return _apart(answers, case, council, door, channel=channel, by=by)
    told = _receipt_beside(answers, case, council, door)
    if stands_already(case, answers):
        return replace(told, repeated=True, emailed=True)
    submission = one_more(case, answers, channel)
    take_beside(answers, case, council, told.promise, number=submission.number, by=by)
    return replace(told, second_submission=True)


def _apart(
    answers: Answers, case: Enquiry, council: Council, door: Door, *, channel: Channel, by: User | None
) -> Receipt:
    """The address was not theirs, or they have another: an enquiry of its own, with the reference that they were
    given. Nothing of the case that it had joined is told to the new address."""
    reference, enquiry_id = take_reference_back(case, door), uuid.uuid4()
    index_again(case)
    lead_door_to(door, enquiry_id)
    receipt = _first(
        answers,
        council,
        enquiry_id,
        channel=channel,
        send_nothing=False,
        came=take_coming_back(case, door),
        by=by,
        began=(reference, door.created_at),
    )
    return replace(receipt, second_submission=True)


def _would_be_mailed(answers: Answers, send_nothing: bool) -> bool:
    return bool(answers.email) and not send_nothing


def _receipt_beside(answers: Answers, case: Enquiry, council: Council, door: Door) -> Receipt:
    """As a new enquiry would be answered."""
    promise = promised(answers, council, door, first=sending_of(case, door))
    return Receipt(reference_given(case, door), case.pk, council.pk, promise, emailed=False)


def _receipt(enquiry: Enquiry, council: Council, *, repeated: bool = False) -> Receipt:
    return Receipt(
        enquiry.reference,
        enquiry.pk,
        council.pk,
        commitment_to(enquiry, council),
        emailed=mails.is_confirmed_by_mail(enquiry),
        repeated=repeated,
    )


def case_from(answers: Answers, council: Council, promise: Promise, channel: Channel) -> Enquiry:
    return Enquiry(
        council=council,
        reference=free_reference(council),
        journey_id=uuid.uuid4(),
        household_id=household_of(council, email=answers.email, phone=answers.phone),
        channel=channel,
        times=list(answers.times),
        check_council=answers.route_choice in IN_DOUBT,
        promise_due_at=promise.due_at,
        next_due_at=promise.due_at,
        promise_by=FirstContact(council.first_contact_by),
        promise_slot=promise.slot or "",
        quarantined=bool(answers.suspicions),
        suspicions=list(answers.suspicions),
        **answers.route.on_case(answers.area_named),
        **{name: getattr(answers, name) for name in COPIED},
    )
