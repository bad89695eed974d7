"""An enquiry arrives: by the public form, or written down by staff.

The form's token is a door. Of any number of sendings of the same form the first takes the door and makes the enquiry;
the others wait for its commit and are answered with its reference. The same token with other answers is a second
submission on that enquiry.
"""

import uuid
from dataclasses import asdict, dataclass, fields, replace
from datetime import timedelta

from django.db.models import Max

from councils.clock import hub_now
from councils.doors import find_door, take_door
from councils.events import record
from councils.households import household_of
from councils.models import Council, Door, FirstContact, User
from councils.models.doors import DoorPurpose
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from enquiries import mails
from enquiries.actions.confirming import confirm
from enquiries.actions.indexing import index, index_again
from enquiries.actions.resending import COPIED, take_again
from enquiries.actions.todos import open_todo
from enquiries.actions.turns import assign_new
from enquiries.actions.watch import tell_hub_if_nobody_is_there
from enquiries.answers import Answers, Preparation
from enquiries.commitment import commitment, commitment_to
from enquiries.models import Enquiry, Submission
from enquiries.promise import Promise
from enquiries.reference import new_reference
from enquiries.states import Channel, RouteChoice

FORM_DOOR_OPEN_FOR = timedelta(hours=25)  # the answers in progress live for 24
_IN_DOUBT = frozenset({RouteChoice.NOT_SURE, RouteChoice.NO_POSTCODE, RouteChoice.OUTSIDE})


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
    answers: Answers, *, token: str, channel: Channel, send_nothing: bool = False, by: User | None = None
) -> Receipt:
    council = Council.objects.select_related("hub").get(pk=answers.council_id)
    enquiry_id = uuid.uuid4()
    with as_council(council):
        expires_at = hub_now() + FORM_DOOR_OPEN_FOR
        rival = take_door(
            token, purpose=DoorPurpose.FORM, council=council, subject_id=enquiry_id, expires_at=expires_at
        )
        if rival is None:
            return _first(answers, council, enquiry_id, channel=channel, send_nothing=send_nothing, by=by)
    return _again(answers, rival, channel=channel, by=by)


def prepare(token: str, preparation: Preparation) -> bool:
    """Add "help us prepare" to the enquiry that this form made; False when its door has closed."""
    door = find_door(token, DoorPurpose.FORM)
    if door is None:
        return False
    with as_council(door.council_id):
        enquiry = Enquiry.objects.select_for_update().get(council=door.council_id, pk=door.subject_id)
        for field in fields(preparation):
            value = getattr(preparation, field.name)
            setattr(enquiry, field.name, _stored(value, optional=field.name == "minimum_age"))
        enquiry.save(update_fields=[field.name for field in fields(preparation)])
        index_again(enquiry)
        record("enquiry.prepared", subject=enquiry, by=None, answered=_answered(preparation))
    return True


def _first(
    answers: Answers, council: Council, enquiry_id: uuid.UUID, *, channel: Channel, send_nothing: bool, by: User | None
) -> Receipt:
    promise = commitment(council, now=hub_now(), times=answers.times, way=answers.way)
    enquiry = case_from(answers, council, promise, channel)
    enquiry.pk, enquiry.send_nothing = enquiry_id, send_nothing
    enquiry.save(force_insert=True)
    submission_from(enquiry, answers, 1, channel)
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


def _again(answers: Answers, door: Door, *, channel: Channel, by: User | None) -> Receipt:
    council = Council.objects.select_related("hub").get(pk=door.council_id)
    with as_council(council):
        enquiry = Enquiry.objects.select_for_update().get(council=council, pk=door.subject_id)
        if enquiry.submissions.filter(council=council, digest=answers.digest()).exists():
            return _receipt(enquiry, council, repeated=True)
        number = enquiry.submissions.filter(council=council).aggregate(last=Max("number"))["last"] + 1
        submission = submission_from(enquiry, answers, number, channel)
        emailed = take_again(answers, enquiry, council, submission, by=by)
        return replace(_receipt(enquiry, council), second_submission=True, emailed=emailed)


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
    route = answers.route
    return Enquiry(
        council=council,
        reference=_free_reference(council),
        journey_id=uuid.uuid4(),
        household_id=household_of(council, email=answers.email, phone=answers.phone),
        channel=channel,
        times=list(answers.times),
        postcode=route.postcode or route.typed,
        area_code=answers.area_named or route.area,
        authority_code=route.authority,
        route_outcome=route.outcome,
        route_reason=route.reason,
        route_release=route.release,
        route_version=route.version,
        check_council=answers.route_choice in _IN_DOUBT,
        promise_due_at=promise.due_at,
        next_due_at=promise.due_at,
        promise_by=FirstContact(council.first_contact_by),
        promise_slot=promise.slot or "",
        quarantined=bool(answers.suspicions),
        suspicions=list(answers.suspicions),
        **{name: getattr(answers, name) for name in COPIED},
    )


def _free_reference(council: Council) -> str:
    """19**6 references a council: one in use already is rare, and tried again."""
    while True:
        reference = new_reference(council.code)
        if not Enquiry.objects.filter(council=council, reference=reference).exists():
            return reference


def submission_from(enquiry: Enquiry, answers: Answers, number: int, channel: Channel) -> Submission:
    return Submission.objects.create(
        council_id=enquiry.council_id,
        enquiry=enquiry,
        number=number,
        channel=channel,
        answers=answers.to_json(),
        digest=answers.digest(),
        notice_version=answers.notice_version,
    )


def _stored(value: object, *, optional: bool) -> object:
    if isinstance(value, tuple):
        return list(value)
    return value if optional or value is not None else ""


def _answered(preparation: Preparation) -> list[str]:
    return [name for name, value in asdict(preparation).items() if value and name != "minimum_age"]
