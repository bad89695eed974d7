"""Two enquiries of the same people become one: which is kept, whether they may, what the kept one says then. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from enquiries.states import OPEN_STATES, PATH, REOPENABLE_STATES, State


@dataclass(frozen=True, kw_only=True)
class Side:
    """What of an enquiry counts when two become one, by the names of its fields."""

    reference: str
    earlier_references: list[str]
    state: State
    state_changed_at: datetime
    created_at: datetime
    quarantined: bool
    to_confirm: bool
    email: str
    phone: str
    email_fails: bool
    case_number: str
    times: list[str]
    voicemail_ok: bool
    text_ok: bool
    news_by_email: bool
    news_by_text: bool
    send_nothing: bool
    stopped_at: datetime | None
    check_council: bool
    owner_id: int | None
    claimed_at: datetime | None
    first_seen_at: datetime | None
    promise_due_at: datetime
    promise_by: str
    promise_slot: str
    promise_kept_at: datetime | None
    next_due_at: datetime | None
    reached_at: datetime | None
    heard_at: datetime | None
    asked_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def distance(self) -> int:
        """How far along the path; closed is nowhere."""
        return PATH.index(self.state) if self.is_open else -1


def is_kept(one: Side, other: Side) -> bool:
    """By default the one further along, else the older."""
    return _rank(one) >= _rank(other)


def _rank(side: Side) -> tuple[bool, bool, int, float]:
    return not side.quarantined, not side.to_confirm, side.distance, -side.created_at.timestamp()


def why_not(kept: Side, merged: Side) -> str:
    """In words for staff; empty where they may become one."""
    return next(_objections(kept, merged), "")


def _objections(kept: Side, merged: Side) -> Iterator[str]:
    if merged.state == State.DUPLICATE or kept.state == State.DUPLICATE:
        yield "One of them has been joined to another enquiry already. Look at it again."
    if not kept.is_open:
        yield f"{kept.reference} is closed. Keep the other one, or reopen this one first."
    if not merged.is_open and merged.state not in REOPENABLE_STATES:
        yield f"{merged.reference} has ended as “{merged.state.label}”. What has ended stays an enquiry of its own."
    if merged.distance > kept.distance:
        yield f"Keep {merged.reference}: it is further along, and its dates would be lost."
    if kept.quarantined and not merged.quarantined:
        yield f"{kept.reference} is perhaps spam. Keep the other one, or release this one first."
    if kept.to_confirm and not merged.to_confirm:
        yield f"Nobody has said yet that {kept.reference} is an enquiry. Keep the other one, or confirm this one first."


def together(kept: Side, merged: Side, now: datetime) -> Side:
    """Of consent the strictest, of promises the earlier one that nobody has kept yet."""
    return _promise(_consent(_known(kept, merged), merged), kept, merged, now)


def _known(kept: Side, merged: Side) -> Side:
    owns = kept if kept.owner_id else merged
    return replace(
        kept,
        earlier_references=[*kept.earlier_references, merged.reference, *merged.earlier_references],
        email=kept.email or merged.email,
        email_fails=kept.email_fails if kept.email else merged.email_fails,
        phone=kept.phone or merged.phone,
        case_number=kept.case_number or merged.case_number,
        check_council=kept.check_council or merged.check_council,
        owner_id=owns.owner_id,
        claimed_at=owns.claimed_at,
        heard_at=_last(kept.heard_at, merged.heard_at),
        asked_at=_last(kept.asked_at, merged.asked_at),
        # Reached under another address proves nothing about this one.
        reached_at=kept.reached_at or (merged.reached_at if _same(kept.email, merged.email) else None),
    )


def _consent(together: Side, merged: Side) -> Side:
    return replace(
        together,
        voicemail_ok=together.voicemail_ok and merged.voicemail_ok,
        text_ok=together.text_ok and merged.text_ok,
        news_by_email=together.news_by_email and merged.news_by_email,
        news_by_text=together.news_by_text and merged.news_by_text,
        send_nothing=together.send_nothing or merged.send_nothing,
        stopped_at=_first(together.stopped_at, merged.stopped_at),
    )


def _promise(together: Side, kept: Side, merged: Side, now: datetime) -> Side:
    """One that has run out already was missed where it was made: here it only makes the case late."""
    due = _first(kept.next_due_at, merged.next_due_at if merged.is_open else None)
    waiting = [side for side in (kept, merged) if _waits(side, (kept, merged)) and (side is kept or _runs(side, now))]
    if waiting:
        first = min(waiting, key=lambda side: side.promise_due_at)
        return replace(
            together,
            promise_due_at=first.promise_due_at,
            promise_by=first.promise_by,
            promise_slot=first.promise_slot if first.promise_slot in kept.times else "",
            promise_kept_at=None,
            next_due_at=_first(due, first.promise_due_at if _runs(first, now) else None),
        )
    kept_at = kept.promise_kept_at or merged.promise_kept_at
    return replace(together, promise_kept_at=kept_at if kept.is_open else None, next_due_at=due)


def _waits(side: Side, both: Sequence[Side]) -> bool:
    """Promised, and nobody got in touch since, in this enquiry or in the other."""
    if not side.is_open or side.promise_kept_at is not None:
        return False
    return not any(each.promise_kept_at and each.promise_kept_at >= side.state_changed_at for each in both)


def _runs(side: Side, now: datetime) -> bool:
    return side.promise_due_at > now


def _same(one: str, other: str) -> bool:
    return bool(one) and one.casefold() == other.casefold()


def _first(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)


def _last(*moments: datetime | None) -> datetime | None:
    return max((moment for moment in moments if moment), default=None)
