"""From a draft to its start. What may follow what stands in campaigns.states; here is who may, and what else must hold.

A second person approves what goes to many: whoever made the email, wrote any of it, or chose whom it goes to is not
the second.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from campaigns.actions.codes import code_of_email
from campaigns.actions.fixing import fix, loosen
from campaigns.actions.looks import has_raised
from campaigns.content.checking import require_ready
from campaigns.content.look import look_of
from campaigns.models import Campaign, Look, Mailing, Segment
from campaigns.states import MailingState, Purpose, moved
from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council, Event
from councils.refusals import Refused, RoleRefused
from councils.roles import Permission
from councils.tenancy import across, as_council
from outbox.windows import is_daytime

LONGEST = timedelta(days=90)
EDIT = Permission.EDIT_CAMPAIGNS
OWN_WORK = ("mailing.created", "mailing.written", "mailing.audience_chosen")


class OutOfTurn(Refused):
    """Somebody else was faster, or this cannot follow."""


def create(council: Council, *, campaign: Campaign, name: str, purpose: Purpose, by: Access) -> Mailing:
    by.require(EDIT, council.pk)
    with as_council(council):
        mailing = Mailing.objects.create(
            council=council,
            campaign=campaign,
            name=name,
            purpose=purpose,
            counts_clicks=look_of(council).clicks,
            code=code_of_email(campaign, name).code,
            created_by=by.user,
        )
        record("mailing.created", subject=mailing, by=by.user)
    return mailing


def choose(mailing: Mailing, *, segment: Segment | None, purpose: Purpose, per_minute: int | None, by: Access) -> None:
    """Whom it is for, and how fast it goes. A draft's alone."""
    with changing(mailing, by) as locked:
        if locked.state != MailingState.DRAFT:
            raise OutOfTurn("Only a draft can be changed. Make it a draft again first.")
        locked.segment, locked.purpose, locked.per_minute = segment, purpose, per_minute
        locked.save(update_fields=["segment", "purpose", "per_minute"])
        record("mailing.audience_chosen", subject=locked, by=by.user, purpose=purpose.value)


def prepare(mailing: Mailing, *, shown: int, by: Access) -> Mailing:
    """Fixes the audience, which must still be the number that was shown (campaigns.audiences.Changed has the new
    one). Few need no second person."""
    by.require(EDIT, mailing.council_id)
    with across(by.where(EDIT), reason="fix an audience"):
        _require_content(mailing)
        tally = fix(mailing, shown, by=by)
        many = tally.included > alone_up_to(mailing.council, by)
        locked = _locked(mailing)
        locked.prepared_by = by.user
        if not many:
            locked.approved_at = hub_now()
        return move(locked, "prepare" if many else "prepare_small", by, "prepared_by", "approved_at")


def alone_up_to(council: Council, by: Access) -> int:
    """Who has raised the council's number is bound by the one that all begin with."""
    first: int = Look._meta.get_field("two_above").get_default()
    own = look_of(council).two_above
    return min(own, first) if has_raised(council.pk, by.user) else own


def approve(mailing: Mailing, *, by: Access) -> Mailing:
    with changing(mailing, by) as locked:
        if moved(locked.state, "approve") and not may_approve(locked, by):
            raise RoleRefused("A colleague has to approve this: you made it, wrote in it, or chose whom it goes to.")
        locked.approved_by, locked.approved_at = by.user, hub_now()
        return move(locked, "approve", by, "approved_by", "approved_at")


def may_approve(mailing: Mailing, by: Access) -> bool:
    """The council is in scope."""
    if by.user.pk in (mailing.created_by_id, mailing.prepared_by_id) or not by.may(EDIT, mailing.council_id):
        return False
    written = Event.objects.filter(council=mailing.council_id, subject_id=mailing.pk, verb__in=OWN_WORK, by=by.user)
    return not written.exists()


def back(mailing: Mailing, *, by: Access) -> Mailing:
    """A draft again, for nobody in particular."""
    with changing(mailing, by) as locked:
        require_move(locked, "back")
        loosen(locked, by=by)
        locked.refresh_from_db()
        locked.prepared_by = locked.approved_by = locked.approved_at = None
        locked.save(update_fields=["prepared_by", "approved_by", "approved_at"])
        return locked


def schedule(mailing: Mailing, *, at: datetime, by: Access) -> Mailing:
    with changing(mailing, by) as locked:
        _require_time(at, hub_now())
        locked.start_at = at
        return move(locked, "schedule", by, "start_at")


def unschedule(mailing: Mailing, *, by: Access) -> Mailing:
    with changing(mailing, by) as locked:
        locked.start_at = None
        return move(locked, "unschedule", by, "start_at")


def start(mailing: Mailing, *, by: Access) -> Mailing:
    with changing(mailing, by) as locked:
        locked.started_at = hub_now()
        return move(locked, "start", by, "started_at")


def start_due(mailing: Mailing) -> bool:
    """By itself, at the time that was chosen. The owner is in scope; safe to run twice."""
    locked = _locked(mailing)
    due = locked.state == MailingState.SCHEDULED and locked.start_at is not None and locked.start_at <= hub_now()
    if due:
        locked.started_at = hub_now()
        move(locked, "start", None, "started_at")
    return due


@contextmanager
def changing(mailing: Mailing, by: Access) -> Iterator[Mailing]:
    by.require(EDIT, mailing.council_id)
    with as_council(mailing.council_id):
        yield _locked(mailing)


def _locked(mailing: Mailing) -> Mailing:
    return Mailing.objects.select_for_update().get(council=mailing.council_id, pk=mailing.pk)


def move(
    locked: Mailing, event: str, by: Access | None, *fields: str, sums: Mapping[str, int] | None = None
) -> Mailing:
    """`fields`: what else of it has changed. `sums`: at its end, what became of everybody."""
    before = locked.state
    locked.state = require_move(locked, event)
    locked.save(update_fields=["state", *fields])
    who = by.user if by else None
    record(f"mailing.{event}", subject=locked, by=who, was=before, fixed=locked.fixed, sums=sums)
    return locked


def require_move(locked: Mailing, event: str) -> MailingState:
    to = moved(locked.state, event)
    if to is None:
        state = locked.get_state_display().lower()
        raise OutOfTurn(f"This cannot be done now. The email is: {state}. Somebody may have been faster.")
    return to


def _require_time(at: datetime, now: datetime) -> None:
    if at <= now:
        raise Refused("Choose a time that is still to come.")
    if at > now + LONGEST:
        raise Refused("Choose a day in the next three months. The audience would be too old by then.")
    if not is_daytime(at):
        raise Refused("Emails to many leave from 8am to 8pm, Monday to Saturday, not on bank holidays.")


def _require_content(mailing: Mailing) -> None:
    if not mailing.subject.strip() or not mailing.blocks:
        raise Refused("Write the email first: it needs a subject and some words.")
    require_ready(mailing, look_of(mailing.council))
