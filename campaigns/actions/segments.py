"""Segments: rules under a name, written and changed by whoever runs a council's campaigns."""

from django.db import IntegrityError, transaction

from campaigns.audiences.rules import Rules
from campaigns.models import Mailing, Segment
from councils.access import Access
from councils.events import record
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council


class StaleSegment(Refused):
    """`now`: as somebody else has saved it meanwhile."""

    def __init__(self, now: Segment) -> None:
        self.now = now
        super().__init__(
            "Somebody changed this audience while you were at it. Yours is below and has not been saved; "
            "theirs is beside it. Save again to keep yours."
        )


def write_segment(owner: Council, *, name: str, rules: Rules, by: Access) -> Segment:
    """Raises Refused."""
    by.require(Permission.EDIT_CAMPAIGNS, owner.pk)
    with as_council(owner):
        segment = Segment(council=owner, name=name, rules=rules.as_json(), created_by=by.user)
        _save(segment)
        record("segment.written", subject=segment, by=by.user)
    return segment


def change_segment(segment: Segment, *, name: str, rules: Rules, version: int | None, by: Access) -> Segment:
    """What has been fixed before stays as it is. `version`: of the page that was changed. Raises Refused."""
    by.require(Permission.EDIT_CAMPAIGNS, segment.council_id)
    with as_council(segment.council_id):
        locked = _locked(segment)
        if version != locked.version:
            raise StaleSegment(locked)
        locked.name, locked.rules, locked.version = name, rules.as_json(), locked.version + 1
        _save(locked)
        record("segment.changed", subject=locked, by=by.user)
    return locked


def remove_segment(segment: Segment, *, by: Access) -> None:
    """Only where no email was ever meant for it: an email tells whom it went to. Raises Refused."""
    by.require(Permission.EDIT_CAMPAIGNS, segment.council_id)
    with as_council(segment.council_id):
        locked = _locked(segment)
        if Mailing.objects.filter(council=locked.council_id, segment=locked).exists():
            raise Refused("An email goes to this audience, or went to it: it stays.")
        record("segment.removed", subject=locked, by=by.user)
        locked.delete()


def _locked(segment: Segment) -> Segment:
    return Segment.objects.select_for_update().get(council=segment.council_id, pk=segment.pk)


def _save(segment: Segment) -> None:
    """The constraint decides: two may choose one name at the same moment."""
    try:
        with transaction.atomic():
            segment.save()
    except IntegrityError:
        raise Refused("There is an audience of this name already. Choose another name.") from None
