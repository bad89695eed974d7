"""What an ambassador said of themselves and logged goes a year after they left. Only the eraser may.

The row stays, empty: past conversations and figures lean on it, and the enquirer's side keeps the first name for as
long as it is kept itself.
"""

from collections.abc import Collection
from uuid import UUID

from ambassadors.models import Ambassador, AmbassadorState, KeptApart, LogInAddress, Offer, Offering, Talk
from councils.clock import hub_now
from councils.models import Council, Event
from councils.retention_names import Kept
from councils.tenancy import across
from enquiries.retention.lives import LIVES
from enquiries.rights.erasing import ERASER

GONE = (Offering, KeptApart)
EMPTIED = (Offer, Talk)
_NOTHING: dict[str, object] = {
    **dict.fromkeys(("first_name", "email", "phone", "about", "household", "district"), ""),
    **{name: [] for name in ("languages", "near", "kinds")},
    **dict.fromkeys(("easting", "northing")),
}


def clear_ambassadors() -> int:
    """How many. Safe to run again: one that is empty has no address."""
    everywhere = Council.objects.using(ERASER).values_list("pk", flat=True)
    before = hub_now(ERASER) - LIVES[Kept.AMBASSADOR].lasts
    with across(everywhere, reason="clear ambassadors", using=ERASER):
        left = Ambassador.objects.using(ERASER).filter(state=AmbassadorState.LEFT, left_at__lt=before)
        gone = list(left.exclude(email="").select_for_update())
        _empty({each.pk for each in gone})
        for each in gone:
            _write_down(each)
    return len(gone)


def _empty(keys: Collection[UUID]) -> None:
    for rows in GONE:
        rows.objects.using(ERASER).filter(ambassador__in=keys).delete()
    for told in EMPTIED:
        told.objects.using(ERASER).filter(ambassador__in=keys).update(**told.personal.fields)
    LogInAddress.objects.using(ERASER).filter(ambassador_id__in=keys).delete()
    Ambassador.objects.using(ERASER).filter(pk__in=keys).update(**_NOTHING)


def _write_down(row: Ambassador) -> None:
    Event.objects.using(ERASER).create(
        council_id=row.council_id, verb="ambassador.erased", subject_kind="ambassador", subject_id=row.pk, facts={}
    )
