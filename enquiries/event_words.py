"""What each event is called on the timeline of a case, and what it says besides."""

from collections.abc import Iterator, Mapping
from datetime import date

from councils.models import Event
from councils.working_time import in_london
from enquiries.field_words import labels_of
from enquiries.followups.told import in_words as follow_up_in_words
from enquiries.incoming_states import NotAnEnquiry
from enquiries.states import Channel, CloseReason, State, Step

WORDS: Mapping[str, str] = {
    "enquiry.received": "Enquiry received",
    "enquiry.imported": "Brought in from the council’s own list",
    "enquiry.sent_again": "Sent the form again with other answers",
    "enquiry.joined": "Enquired again",
    "enquiry.prepared": "Answered “help us prepare”",
    "enquiry.wished": "Would like to talk to a foster carer",
    "enquiry.wish_taken_back": "Would no longer like to talk to a foster carer",
    "enquiry.claimed": "Took the case",
    "enquiry.assigned": "Gave the case to a colleague",
    "enquiry.released": "Released: a person, not spam",
    "enquiry.came_direct": "Wrote to the council: is it an enquiry?",
    "enquiry.confirmed": "It is an enquiry",
    "enquiry.not_an_enquiry": "Not an enquiry",
    "enquiry.returned": "Given back to the council’s queue: the owner is not there",
    "enquiry.promise_missed": "The promise was missed",
    "enquiry.promised_again": "Open again, with a new promise",
    "enquiry.email_failed": "Email came back: ring",
    "enquiry.visit_changed": "Changed the time of the visit",
    "enquiry.refused": "Tried something that was not possible",
    "enquiry.still_interested": "They are still interested",
    "enquiry.wants_to_end": "They do not want to go on now",
    "enquiry.details_changed": "They changed how to reach them",
    "enquiry.asked_to_stop": "They asked us to stop writing",
    "enquiry.stop_undone": "They let us write to them again",
    "enquiry.news_stopped": "They want no more news by email",
    "enquiry.news_agreed": "They want news by email",
    "enquiry.link_sent": "A new link to their page was asked for",
    "enquiry.state_undone": "Undid the last step",
    "enquiry.attempt_withdrawn": "Took back a contact attempt that was written down by mistake",
    "enquiry.corrected": "Corrected",
    "enquiry.council_settled": "The council is right: it is ours",
    "enquiry.application_stands": "Confirmed: the application stands as it is written down",
    "enquiry.stages_written": "Wrote down the dates of the assessment",
    "enquiry.records_written": "Wrote down where the other service’s records stand",
    "enquiry.referral_printed": "Opened the referral to print it",
    "enquiry.handover_offered": "Asked another council to take it",
    "enquiry.handover_accepted": "The other council took it",
    "enquiry.handover_refused": "The other council did not take it",
    "enquiry.handover_withdrawn": "Took back the question to the other council",
    "enquiry.handover_decided": "The hub office decided who answers",
    "enquiry.taken_over": "Came from another council",
    "enquiry.merged": "Joined with another enquiry",
    "enquiry.merge_undone": "Separated from the other enquiry again",
    "enquiry.household_joined": "One household with an enquiry of another council",
    "enquiry.not_the_same": "Not the same people as another enquiry",
    "enquiry.kept_long_enough": "Kept as long as it may be: to be erased",
    "enquiry.kept_after_all": "Kept after all: it is not to be erased now",
    "enquiry.held": "Legal hold: nothing of it is erased",
    "enquiry.hold_lifted": "Legal hold lifted",
    "enquiry.letter_sent": "Wrote to them",
    "enquiry.erasure_asked": "They asked us to delete what we hold on them",
    "enquiry.erasure_requested": "Asked for it to be erased",
    "enquiry.erased": "Erased",
    "enquiry.data_taken_out": "Took out everything held on them, to answer their request",
    "enquiry.letter_called_back": "Called the message back before it left",
} | {f"enquiry.{step.value}": step.label for step in Step}
_TOLD: Mapping[object, str] = {
    "officer": "Reminded the officer: due soon",
    "manager": "Reminded the managers: due soon",
    "hub": "Told the hub office: due soon",
}
_WHY_HUB_TOLD: Mapping[object, str] = {
    "nobody_here": "Put on the hub office’s list: the council has no active officer",
    "handover_stuck": "Put on the hub office’s list: councils do not agree who answers",
    "unseen": "Put on the hub office’s list: nobody had looked at it",
}
_AT_EVENT: Mapping[object, str] = {"came": "Came to an event", "missed": "Did not come to an event"}


def in_words(event: Event) -> str:
    if event.verb == "enquiry.hub_told":
        return _WHY_HUB_TOLD.get(event.facts.get("why"), "Put on the hub office’s list")
    if event.verb == "enquiry.escalated":
        return _TOLD.get(event.facts.get("told"), "Due soon")
    if event.verb == "gathering.attended":
        return _AT_EVENT.get(event.facts.get("attended"), "Whether they came to an event was undone")
    if event.verb == "enquiry.follow_up":
        return follow_up_in_words(event.facts)
    return WORDS.get(event.verb, event.verb)


def facts_in_words(event: Event) -> str:
    facts = event.facts
    told = [
        str(facts.get("with_council", "")),
        f"“{facts['title']}”" if facts.get("title") else "",
        _label(Channel, facts.get("channel")),
        f"now {_label(State, facts['state']).lower()}" if facts.get("state") else "",
        _label(CloseReason, facts.get("reason")),
        _label(NotAnEnquiry, facts.get("why")),
        "so the promise counts as kept" if facts.get("promise_evidence") == "implied" else "",
        "they had written shortly before: ask there what" if facts.get("unread") else "",
        "another council was named" if facts.get("other_council") else "",
        "on their own page" if facts.get("own_page") else "",
        "they had been told of it already" if facts.get("told") is True else "",
        *_days(event),
    ]
    return ", ".join(part for part in told if part)


def _days(event: Event) -> Iterator[str]:
    """The day told, where it is not the day on which it was written down; and what was changed."""
    on = _day(event.facts.get("on"))
    if on and on != in_london(event.at).date():
        yield f"on {on:%-d %B %Y}"
    changed = event.facts.get("changed")
    if isinstance(changed, list):
        yield labels_of(changed)
    days = event.facts.get("days")
    if isinstance(days, dict):
        for field, value in days.items():
            day = _day(value)
            yield f"{labels_of([field])}: {f'{day:%-d %B %Y}' if day else 'no day'}"


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _label(choices: type[Channel | State | CloseReason | NotAnEnquiry], value: object) -> str:
    return str(choices(value).label) if value in choices.values else ""
