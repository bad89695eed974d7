"""A wish goes where its case goes: to another council, or into the case that theirs is joined with."""

from datetime import datetime

from councils.clock import hub_now
from councils.events import Fact
from enquiries.actions.wishing import EMPTY, note_wants
from enquiries.models import Enquiry, Wish

_SAID = (*EMPTY, "changed_at", "taken_back_at")


def carry_wish(case: Enquiry, new: Enquiry) -> None:
    """To the council that takes over, with how long they have waited. The other needs the words no longer. Both are in
    scope."""
    row = _of(case)
    if row is None:
        return
    said = {name: getattr(row, name) for name in (*_SAID, "since")}
    Wish.objects.create(council_id=new.council_id, enquiry=new, **said)
    _empty(row)


def join_wishes(other: Enquiry, kept: Enquiry) -> dict[str, Fact]:
    """The words that were said last, by who has waited longest. What undoing has to know: none of the words. Those of
    the kept case that are older stand in the merged one's row meanwhile, so that nothing is lost."""
    theirs, own = _of(other), _of(kept)
    if theirs is None:
        return {}
    if own is None:
        said = {name: getattr(theirs, name) for name in (*_SAID, "since")}
        own = Wish.objects.create(council_id=kept.council_id, enquiry=kept, **said)
        told: dict[str, Fact] = {"made": True}
    else:
        told = {"since": own.since.isoformat(), "swapped": theirs.changed_at > own.changed_at}
        waited = [row.since for row in (own, theirs) if row.taken_back_at is None]
        if told["swapped"]:
            _swap(own, theirs)
        own.since = min(waited, default=own.since)
        own.save(update_fields=["since"])
    note_wants(kept, wants=own.taken_back_at is None)
    return told | {"changed_at": own.changed_at.isoformat()}


def part_wishes(other: Enquiry, kept: Enquiry, told: dict[str, Fact]) -> None:
    """Each has its own again. What was said since the two were joined stays with the kept one."""
    theirs, own = _of(other), _of(kept)
    if not told or own is None or theirs is None:
        return
    unchanged = own.changed_at.isoformat() == told["changed_at"]
    if unchanged and told.get("made"):
        _empty(own)
    elif unchanged:
        if told["swapped"]:
            _swap(own, theirs)
        own.since = datetime.fromisoformat(str(told["since"]))
        own.save(update_fields=["since"])
    elif told.get("swapped"):
        _empty(theirs)  # what stands there was said by the others
        note_wants(other, wants=False)
    note_wants(kept, wants=own.taken_back_at is None)


def _of(case: Enquiry) -> Wish | None:
    return Wish.objects.filter(council=case.council_id, enquiry=case).first()


def _swap(one: Wish, other: Wish) -> None:
    for name in _SAID:
        mine, theirs = getattr(one, name), getattr(other, name)
        setattr(one, name, theirs)
        setattr(other, name, mine)
    for row in (one, other):
        row.save(update_fields=_SAID)


def _empty(row: Wish) -> None:
    for name, value in EMPTY.items():
        setattr(row, name, value)
    row.taken_back_at = row.taken_back_at or hub_now()
    row.save(update_fields=_SAID)
