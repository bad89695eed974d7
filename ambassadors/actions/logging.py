"""The log of conversations: ambassadors write down time and mileage, a manager approves them or sends them back."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from ambassadors.models import Ambassador, Mentorship, Offer, Talk, TalkState
from ambassadors.states import TalkBy
from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council

_SENT_TWICE = timedelta(minutes=5)
NOTHING_TICKED = "Tick what you would like to decide first."
CHANGED = "The ambassador has changed this since you opened the page, so it was not decided. Look at it again."


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`miles`: driven for it, both ways."""

    on: date
    way: TalkBy
    minutes: int
    miles: Decimal
    note: str


def log_talk(of: Offer | Mentorship, entry: Entry, *, by: UUID) -> Talk:
    """`of`: a row of this ambassador's, as read in their own scope. The same sent twice is one."""
    with as_council(of.council_id):
        me = Ambassador.objects.select_for_update().get(council=of.council_id, pk=by)
        what = {"pair_id": of.pair_id} if isinstance(of, Offer) else {"mentorship_id": of.pk}
        talks = Talk.objects.filter(council=of.council_id, ambassador=me, **what, **asdict(entry))
        same = talks.filter(logged_at__gte=hub_now() - _SENT_TWICE).first()
        if same:
            return same
        made = Talk.objects.create(council_id=of.council_id, ambassador=me, **what, **asdict(entry))
        record("talk.logged", subject=made, by=None)
    return made


def change_talk(talk: Talk, entry: Entry, *, by: UUID) -> Talk:
    """Until it is approved; what was sent back waits again. Raises Refused."""
    with as_council(talk.council_id):
        row = _locked(talk.council_id).get(pk=talk.pk, ambassador=by)
        if row.state == TalkState.APPROVED:
            raise Refused("This has been approved meanwhile, so it was not changed. Please speak to your coordinator.")
        for name, value in asdict(entry).items():
            setattr(row, name, value)
        row.state, row.decided_by, row.decided_at, row.answer = TalkState.LOGGED, None, None, ""
        row.save()
        record("talk.changed", subject=row, by=None)
    return row


def take_back_talk(talk: Talk, *, by: UUID) -> None:
    """Written down by mistake. Twice is harmless. Raises Refused once it is approved."""
    with as_council(talk.council_id):
        row = _locked(talk.council_id).filter(pk=talk.pk, ambassador=by).first()
        if row is None:
            return
        if row.state == TalkState.APPROVED:
            raise Refused("This has been approved meanwhile, so it stays. Please speak to your coordinator.")
        record("talk.taken_back", subject=row, by=None)
        row.delete()


def approve(talks: Mapping[UUID, str], *, by: Access) -> int:
    """`talks`: by key, each as it was when it was looked at. How many; what has been decided stays as it is."""
    return _decide(talks, TalkState.APPROVED, "", by=by)


def send_back(talks: Mapping[UUID, str], words: str, *, by: Access) -> int:
    """`words`: the ambassador reads why."""
    return _decide(talks, TalkState.SENT_BACK, words, by=by)


def _decide(talks: Mapping[UUID, str], state: TalkState, words: str, *, by: Access) -> int:
    """Raises Refused, and changes none, where one was changed since it was looked at."""
    if not talks:
        raise Refused(NOTHING_TICKED)
    decided = 0
    for council in sorted(by.where(Permission.APPROVE_TALKS)):
        with as_council(council):
            rows = list(_locked(council).filter(pk__in=talks, state=TalkState.LOGGED).order_by("pk"))
            if any(as_seen(row) != talks[row.pk] for row in rows):
                raise Refused(CHANGED)
            decided += _write(rows, state, words, by)
    return decided


def _write(rows: Iterable[Talk], state: TalkState, words: str, by: Access) -> int:
    written = 0
    for row in rows:
        row.state, row.decided_by, row.decided_at, row.answer = state, by.user, hub_now(), words
        row.save(update_fields=["state", "decided_by", "decided_at", "answer"])
        record(f"talk.{state}", subject=row, by=by.user)
        written += 1
    return written


def as_seen(talk: Talk) -> str:
    """What is paid by: a manager approves what the page showed."""
    return f"{talk.on}/{talk.minutes}/{talk.miles:.1f}"


def _locked(council: int) -> QuerySet[Talk]:
    return Talk.objects.select_for_update().filter(council=council)
