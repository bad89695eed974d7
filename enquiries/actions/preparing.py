"""What somebody adds to their enquiry after it was sent, so that whoever gets in touch is prepared."""

from dataclasses import asdict, fields

from councils.doors import find_door
from councils.events import record
from councils.models import Door
from councils.models.doors import DoorPurpose
from councils.tenancy import as_council
from enquiries.actions.changing import locked_going_on
from enquiries.actions.handover_trail import led_elsewhere
from enquiries.actions.indexing import index_again
from enquiries.actions.sendings import note_agreed, prepare_beside, reference_given
from enquiries.actions.wishing import wish_on
from enquiries.answers import Preparation, Wished
from enquiries.consents import Consent
from enquiries.models import Enquiry


def prepare(token: str, preparation: Preparation, wished: Wished | None = None) -> bool:
    """Add "help us prepare" to the enquiry that this form made; False when its door has closed."""
    door = find_door(token, DoorPurpose.FORM)
    if door is None:
        return False
    with as_council(door.council_id):
        enquiry = locked_going_on(door.council_id, door.subject_id)
        moved = led_elsewhere(enquiry, door)
        if moved is None:
            _prepare(enquiry, door, preparation, wished)
    return prepare(token, preparation, wished) if moved else True


def _prepare(enquiry: Enquiry, door: Door, preparation: Preparation, wished: Wished | None) -> None:
    if preparation.wants_ambassador:
        note_agreed(enquiry, door, Consent.AMBASSADOR)
    if not _began(enquiry, door):
        prepare_beside(enquiry, door, preparation)
        return
    for field in fields(preparation):
        value = getattr(preparation, field.name)
        setattr(enquiry, field.name, _stored(value, optional=field.name == "minimum_age"))
    enquiry.save(update_fields=[field.name for field in fields(preparation)])
    if wished:
        wish_on(enquiry, wished, by=None)
    index_again(enquiry)
    record("enquiry.prepared", subject=enquiry, by=None, answered=_answered(preparation))


def _began(enquiry: Enquiry, door: Door) -> bool:
    """The door's form is the one that this case began with."""
    return enquiry.created_at == door.created_at and not reference_given(enquiry, door)


def _stored(value: object, *, optional: bool) -> object:
    if isinstance(value, tuple):
        return list(value)
    return value if optional or value is not None else ""


def _answered(preparation: Preparation) -> list[str]:
    return [name for name, value in asdict(preparation).items() if value and name != "minimum_age"]
