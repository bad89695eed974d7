"""Figures, counted naively over everything that they are made of."""

from collections import Counter

from councils.clock import hub_now
from councils.models import Council, Event
from councils.tenancy import across, as_council
from enquiries.models import ContactAttempt, Enquiry, FollowUpRecord, Handover
from outbox.models import Message
from outbox.states import State as MessageState


def settle_mail(council: Council) -> None:
    """As a sender leaves it."""
    with as_council(council):
        Message.objects.filter(state=MessageState.QUEUED).update(
            state=MessageState.SENT, settled_at=hub_now(), smtp_reply="250 ok"
        )


def figures() -> dict[str, Counter[object]]:
    """Counted naively over everything that figures are made of."""
    with across(Council.objects.values_list("pk", flat=True), reason="figures"):
        return {
            "events": Counter(
                Event.objects.exclude(verb__startswith="enquiry.eras").values_list(
                    "council", "verb", "at", "journey_id", "household_id", "by"
                )
            ),
            "cases": Counter(
                Enquiry.objects.values_list(
                    *("council", "reference", "journey_id", "household_id", "kind", "channel", "state", "close_reason"),
                    *("created_at", "closed_at", "promise_due_at", "promise_kept_at", "reached_at", "visit_at"),
                    *("applied_on", "heard_from", "area_code", "route_outcome", "route_choice", "owner"),
                )
            ),
            "attempts": Counter(ContactAttempt.objects.values_list("council", "enquiry", "way", "outcome", "at", "by")),
            "messages": Counter(Message.objects.values_list("council", "kind", "state", "created_at", "settled_at")),
            "follow-ups": Counter(FollowUpRecord.objects.values_list("council", "enquiry", "step", "end", "at")),
            "handovers": Counter(Handover.objects.values_list("council", "side", "state", "reason", "offered_at")),
        }
