"""A council's own letters: written, changed, retired, and used again."""

from uuid import UUID

from django.db import IntegrityError, transaction

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from enquiries.letters.trying import letter_faults, words_of
from enquiries.models import LetterTemplate

_NAME_TAKEN = "Your council has a letter of this name already. Choose another name."


def write_letter(council: Council, *, name: str, subject: str, text: str, by: Access) -> LetterTemplate:
    """A new one. Raises Refused."""
    by.require(Permission.CHANGE_SETTINGS, council.pk)
    with as_council(council):
        letter = LetterTemplate(council=council, name=name, subject=subject, text=text)
        _keep(letter, council, by)
        record("letter.written", subject=letter, by=by.user)
    return letter


def change_letter(letter: LetterTemplate, *, name: str, subject: str, text: str, by: Access) -> LetterTemplate:
    """What was sent from it before stays as it was sent. Raises Refused."""
    by.require(Permission.CHANGE_SETTINGS, letter.council_id)
    with as_council(letter.council_id):
        changed = _locked(letter.council_id, letter.pk)
        changed.name, changed.subject, changed.text = name, subject, text
        _keep(changed, Council.objects.select_related("hub").get(pk=letter.council_id), by)
        record("letter.changed", subject=changed, by=by.user)
    return changed


def retire_letter(letter: LetterTemplate, *, by: Access) -> None:
    """Nobody starts from it any more. Safe twice."""
    by.require(Permission.CHANGE_SETTINGS, letter.council_id)
    with as_council(letter.council_id):
        retired = _locked(letter.council_id, letter.pk)
        if retired.retired_at is None:
            retired.retired_at = hub_now()
            retired.save(update_fields=["retired_at"])
            record("letter.retired", subject=retired, by=by.user)


def use_letter_again(letter: LetterTemplate, *, by: Access) -> None:
    """Raises Refused where another has its name by now."""
    by.require(Permission.CHANGE_SETTINGS, letter.council_id)
    with as_council(letter.council_id):
        found = _locked(letter.council_id, letter.pk)
        if found.retired_at is not None:
            found.retired_at = None
            _save(found)
            record("letter.used_again", subject=found, by=by.user)


def _locked(council_id: int, letter_id: UUID) -> LetterTemplate:
    return LetterTemplate.objects.select_for_update().get(council=council_id, pk=letter_id)


def _keep(letter: LetterTemplate, council: Council, by: Access) -> None:
    if found := letter_faults(words_of(letter.subject, letter.text), council, hub_now()):
        raise Refused(" ".join(found))
    letter.updated_at, letter.updated_by = hub_now(), by.user
    _save(letter)


def _save(letter: LetterTemplate) -> None:
    """The constraint decides: two managers may choose one name at the same moment."""
    try:
        with transaction.atomic():
            letter.save()
    except IntegrityError:
        raise Refused(_NAME_TAKEN) from None
