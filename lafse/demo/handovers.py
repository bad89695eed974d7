"""Councils that ask each other, as the demonstration shows it."""

from collections.abc import Callable

from councils.access import Access, access_of
from councils.models import Council, User
from councils.roles import Role
from enquiries.actions import handovers
from enquiries.handover_states import HandoverReason, Side
from enquiries.models import Enquiry, Handover

Then = Callable[[Enquiry, Access], object]


def asked(slug: str, reason: HandoverReason, words: str) -> Then:
    """The other council has not answered yet."""
    return lambda case, by: _ask(case, slug, reason, words, by)


def passed_on(slug: str, reason: HandoverReason, words: str) -> Then:
    return lambda case, by: _accept(_ask(case, slug, reason, words, by))


def _ask(case: Enquiry, slug: str, reason: HandoverReason, words: str, by: Access) -> Handover:
    to = Council.objects.get(slug=slug)
    return handovers.offer(case, to=to, reason=reason, explanation=words, by=by)


def _accept(sent: Handover) -> None:
    received = Handover.objects.get(council=sent.other_id, pair_id=sent.pair_id, side=Side.RECEIVED)
    officer = User.objects.filter(memberships__council=sent.other_id, memberships__role=Role.OFFICER).order_by("pk")[0]
    handovers.answer(received, accept=True, by=access_of(officer))
