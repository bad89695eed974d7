"""What the page of an email to many shows: where it stands, whom it goes to and what can be done next."""

from dataclasses import dataclass
from datetime import datetime

from campaigns.actions.mailings import may_approve
from campaigns.audiences.choosing import Tally, tally_of
from campaigns.audiences.reasons import ORDER
from campaigns.content.look import look_of
from campaigns.mailings.numbers import Numbers, numbers_of
from campaigns.models import Look, Mailing, Segment
from campaigns.states import MailingState, moved
from councils.access import Access
from councils.clock import hub_now
from councils.models import User
from councils.roles import Permission
from outbox.states import Window
from outbox.windows import leaves_at

UNDER_WAY = frozenset({MailingState.RUNNING, MailingState.PAUSED})
OVER = frozenset({MailingState.DONE, MailingState.CANCELLED})


@dataclass(frozen=True)
class Page:
    mailing: Mailing
    look: Look
    may: frozenset[str]  # events of campaigns.states
    tally: Tally | None  # of a draft: what would be fixed now
    numbers: Numbers | None  # of one that has begun
    approves: bool
    sees_who: bool
    people: tuple[tuple[str, User], ...]

    @property
    def is_written(self) -> bool:
        return bool(self.mailing.subject and self.mailing.blocks)

    @property
    def excluded(self) -> list[tuple[str, int]]:
        """Of a draft those of now, else those of when it was fixed, in one order: jsonb keeps none."""
        found = self.tally.excluded if self.tally else self.mailing.excluded
        return [(str(reason.label), found[reason]) for reason in ORDER if found.get(reason)]

    @property
    def included(self) -> int:
        return self.tally.included if self.tally else self.mailing.fixed or 0

    @property
    def left_out(self) -> int:
        return sum(many for _, many in self.excluded)

    @property
    def waits_until(self) -> datetime | None:
        """Of one that was begun at night, or that the evening has overtaken."""
        now = hub_now()
        leaves = leaves_at(Window.DAYTIME, now)
        return leaves if self.mailing.state == MailingState.RUNNING and leaves > now else None

    @property
    def goes_on(self) -> bool:
        return self.mailing.state in UNDER_WAY


def page_of(mailing: Mailing, by: Access) -> Page:
    """The owner is in scope, and whoever it may go to."""
    state = mailing.state
    begun = state in UNDER_WAY or (state in OVER and mailing.fixed is not None)
    return Page(
        mailing=mailing,
        look=look_of(mailing.council),
        may=frozenset(event for event in _EVENTS if moved(state, event)),
        tally=tally_of(mailing, by) if state == MailingState.DRAFT and mailing.segment else None,
        numbers=numbers_of(mailing) if begun else None,
        approves=may_approve(mailing, by),
        sees_who=begun and sees_people(mailing, by),
        people=tuple(_people(mailing)),
    )


def sees_people(mailing: Mailing, by: Access) -> bool:
    return by.may(Permission.SEE_MESSAGES, mailing.council_id)


def segments_for(mailing: Mailing) -> list[Segment]:
    return list(Segment.objects.filter(council=mailing.council_id).order_by("name"))


_EVENTS = ("prepare", "approve", "back", "schedule", "unschedule", "start", "pause", "resume", "cancel")


def _people(mailing: Mailing) -> list[tuple[str, User]]:
    said = (("Made by", mailing.created_by), ("Audience fixed by", mailing.prepared_by))
    return [(what, who) for what, who in (*said, ("Approved by", mailing.approved_by)) if who]
