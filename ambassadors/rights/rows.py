"""What the file says of one row: as the file of an enquirer does, but for what only an ambassador's has."""

import re

from django.db import models

from ambassadors import offerings
from ambassadors.letters.to_staff import STANDING_KINDS
from ambassadors.mentors.telling import KIND as TO_MENTOR
from ambassadors.models import Offering
from councils.holdings import personal_of
from councils.models import Event
from enquiries.rights.export import Told, row_of
from outbox.models import Message

_OF_THEM_ALONE = ("ambassador", "talk")  # kinds of subjects whose events say nothing of an enquirer
_LINK = re.compile(r"https?://\S+")
_CUT = "[a link]"


def told_of(row: models.Model) -> Told:
    told = personal_of(type(row))
    said = dict(row_of(row, told.others if told else ()))
    if isinstance(row, Event):
        return _event(row, said)
    if isinstance(row, Offering):
        said |= _consented(row)
    return _message(row, said) if isinstance(row, Message) else said


def _event(row: Event, said: dict[str, object]) -> Told:
    if row.subject_kind not in _OF_THEM_ALONE:
        said.pop("facts", None)
    return said | {"what": row.verb.replace(".", ": ").replace("_", " ")}


def _consented(row: Offering) -> dict[str, object]:
    wording = offerings.WORDINGS[row.version]
    words = {str(attribute): box for attribute, box in wording.boxes.items()}
    return {"words": words.get(row.attribute, ""), "asked with": "\n".join(wording.explanation), "version": row.version}


def _message(row: Message, said: dict[str, object]) -> Told:
    """Mail to an ambassador is marked as mail to staff, since it is about no enquiry. Of what went to staff, and of
    what names an enquirer, the text stays out."""
    said.pop("text", None)
    if row.kind == TO_MENTOR:
        return said | {"to address": row.to_address, "to staff": False}
    if row.subject_kind != "ambassador" or row.kind in STANDING_KINDS:
        return said
    return said | {"to address": row.to_address, "to staff": False, "text": _LINK.sub(_CUT, row.text)}
