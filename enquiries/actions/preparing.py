"""What somebody adds to their enquiry after it was sent, so that whoever gets in touch is prepared."""

from dataclasses import asdict, fields

from councils.doors import find_door
from councils.events import record
from councils.models import Door
from councils.models.doors import DoorPurpose
from councils.tenancy import as_council
from enquiries.actions.changing import locked_going_on
from enquiries.actions.comings import note_heard
from enquiries.actions.handover_trail import led_elsewhere
from enquiries.actions.indexing import index_again
from enquiries.actions.sendings import note_agreed, prepare_beside, reference_given
from enquiries.actions.wishing import end_wish, note_wants, standing_on, wish_on
from enquiries.answers import Preparation, Wished
from enquiries.consents import Consent
from enquiries.models import Enquiry


def prepare(token: str, preparation: Preparation, wished: Wished | None = None, *, unwished: bool = False) -> bool:
    """Add "help us prepare" to the enquiry that this form made; False when its door has closed. `unwished`: they said
    that they would not like to talk to anybody; who said nothing of it keeps the wish that stands."""
    door = find_door(token, DoorPurpose.FORM)
    if door is None:
        return False
    with as_council(door.council_id):
        enquiry = locked_going_on(door.council_id, door.subject_id)
        moved = led_elsewhere(enquiry, door)
        if moved is None:
            _prepare(enquiry, door, preparation)
            if _began(enquiry, door):
                _wish(enquiry, wished, unwished=unwished)
    return prepare(token, preparation, wished, unwished=unwished) if moved else True


def _prepare(enquiry: Enquiry, door: Door, preparation: Preparation) -> None:
    if preparation.wants_ambassador:
        note_agreed(enquiry, door, Consent.AMBASSADOR)
    note_heard(enquiry, door, preparation.heard_from)
    if not _began(enquiry, door):
        prepare_beside(enquiry, door, preparation)
        return
    for field in fields(preparation):
        value = getattr(preparation, field.name)
        setattr(enquiry, field.name, _stored(value, optional=field.name == "minimum_age"))
    enquiry.save(update_fields=[field.name for field in fields(preparation)])
    index_again(enquiry)
    record("enquiry.prepared", subject=enquiry, by=None, answered=_answered(preparation))


def _wish(enquiry: Enquiry, wished: Wished | None, *, unwished: bool) -> None:
    """Said on another page before, it may stand already."""
    if wished:
        wish_on(enquiry, wished, by=None)
    elif unwished:
        end_wish(enquiry, by=None)
    elif standing_on(enquiry).exists():
        note_wants(enquiry, wants=True)


def _began(enquiry: Enquiry, door: Door) -> bool:
    """The door's form is the one that this case began with."""
    return enquiry.created_at == door.created_at and not reference_given(enquiry, door)


def _stored(value: object, *, optional: bool) -> object:
    if isinstance(value, tuple):
        return list(value)
    return value if optional or value is not None else ""


def _answered(preparation: Preparation) -> list[str]:
    return [name for name, value in asdict(preparation).items() if value and name != "minimum_age"]
