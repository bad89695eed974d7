"""Everything that happened to a case, newest first: events, attempts, notes, messages and replies in one list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from councils.models import Event
from enquiries.followups.told import in_words as follow_up_in_words
from enquiries.incoming_states import NotAnEnquiry
from enquiries.models import ContactAttempt, Enquiry, Note, Reply
from enquiries.states import Channel, CloseReason, State, Step
from outbox.models import Message

# Told by the attempt, the note or the reply itself; a look at the case is told once.
_TOLD_ELSEWHERE = ("enquiry.attempted", "enquiry.noted", "enquiry.seen", "enquiry.replied")
_WORDS: Mapping[str, str] = {
    "enquiry.received": "Enquiry received",
    "enquiry.sent_again": "Sent the form again with other answers",
    "enquiry.prepared": "Answered “help us prepare”",
    "enquiry.claimed": "Took the case",
    "enquiry.released": "Released: a person, not spam",
    "enquiry.came_direct": "Wrote to the council: is it an enquiry?",
    "enquiry.confirmed": "It is an enquiry",
    "enquiry.not_an_enquiry": "Not an enquiry",
    "enquiry.returned": "Given back to the council’s queue: the owner is not there",
    "enquiry.promise_missed": "The promise was missed",
    "enquiry.email_failed": "Email came back: ring",
    "enquiry.visit_changed": "Changed the time of the visit",
    "enquiry.refused": "Tried something that was not possible",
    "enquiry.still_interested": "They are still interested",
    "enquiry.wants_to_end": "They do not want to go on now",
    "enquiry.details_changed": "They changed how to reach them",
    "enquiry.asked_to_stop": "They asked us to stop writing",
    "enquiry.stop_undone": "They let us write to them again",
    "enquiry.news_stopped": "They want no more news by email",
    "enquiry.link_sent": "A new link to their page was asked for",
} | {f"enquiry.{step.value}": step.label for step in Step}
_TOLD: Mapping[object, str] = {
    "officer": "Reminded the officer: due soon",
    "manager": "Reminded the managers: due soon",
    "hub": "Told the hub office: due soon",
}
_WHY_HUB_TOLD: Mapping[object, str] = {
    "nobody_here": "Put on the hub office’s list: the council has no active officer",
    "unseen": "Put on the hub office’s list: nobody had looked at it",
}


@dataclass(frozen=True)
class Entry:
    at: datetime
    what: str
    who: str = ""
    text: str = ""
    kind: str = "event"
    url: str = ""


def timeline(case: Enquiry, *, sees_messages: bool = False) -> list[Entry]:
    """Five queries, whatever the length. What happened at the same moment stays in the order of its cause."""
    found = Event.objects.filter(council=case.council_id, subject_id=case.pk).select_related("by").order_by("at")
    events = list(found)
    own = [*_events(events), *_replies(case, events), *_attempts(case), *_notes(case)]
    entries = [*own, *_messages(case, linked=sees_messages)]
    return sorted(entries, key=lambda entry: entry.at)[::-1]


def _events(events: Sequence[Event]) -> Iterator[Entry]:
    for event in events:
        words = "" if event.verb in _TOLD_ELSEWHERE else _in_words(event)
        if words:
            yield Entry(event.at, words, _who(event), _facts(event))
    first_look = next((event for event in events if event.verb == "enquiry.seen"), None)
    if first_look:
        yield Entry(first_look.at, "Opened for the first time", _who(first_look))


def _who(event: Event) -> str:
    return event.by.name if event.by else ""


def _in_words(event: Event) -> str:
    if event.verb == "enquiry.hub_told":
        return _WHY_HUB_TOLD.get(event.facts.get("why"), "Put on the hub office’s list")
    if event.verb == "enquiry.escalated":
        return _TOLD.get(event.facts.get("told"), "Due soon")
    if event.verb == "enquiry.follow_up":
        return follow_up_in_words(event.facts)
    return _WORDS.get(event.verb, event.verb)


def _facts(event: Event) -> str:
    facts = event.facts
    told = [
        _label(Channel, facts.get("channel")),
        f"now {_label(State, facts['state']).lower()}" if facts.get("state") else "",
        _label(CloseReason, facts.get("reason")),
        _label(NotAnEnquiry, facts.get("why")),
        "so the promise counts as kept" if facts.get("promise_evidence") == "implied" else "",
        "another council was named" if facts.get("other_council") else "",
        "on their own page" if facts.get("own_page") else "",
    ]
    return ", ".join(part for part in told if part)


def _label(choices: type[Channel | State | CloseReason | NotAnEnquiry], value: object) -> str:
    return str(choices(value).label) if value in choices.values else ""


def _attempts(case: Enquiry) -> Iterator[Entry]:
    attempts = ContactAttempt.objects.filter(council=case.council_id, enquiry=case).select_related("by")
    for attempt in attempts:
        what = f"{attempt.get_way_display()}: {attempt.get_outcome_display()}"
        yield Entry(attempt.at, what, attempt.by.name, attempt.comment, "attempt")


def _notes(case: Enquiry) -> Iterator[Entry]:
    for note in Note.objects.filter(council=case.council_id, enquiry=case).select_related("by"):
        yield Entry(note.created_at, "Note", note.by.name, note.text, "note")


def _replies(case: Enquiry, events: Sequence[Event]) -> Iterator[Entry]:
    told = {event.facts.get("reply"): event.facts for event in events if event.verb == "enquiry.replied"}
    for reply in Reply.objects.filter(council=case.council_id, enquiry=case).order_by("received_at"):
        facts = told.get(str(reply.pk), {})
        what = "An automatic answer" if reply.automatic else "They wrote"
        head = f"{what}: {reply.subject}" if reply.subject else what
        notes = [
            _from_whom(reply, case, proven=bool(facts.get("by_link"))),
            f"{reply.files} attachment{'s were' if reply.files > 1 else ' was'} not kept: {_OTHERWISE}"
            if reply.files
            else "",
            "The case is open again." if facts.get("reopened") else "",
        ]
        yield Entry(reply.received_at, head, text="\n".join([reply.text, *filter(None, notes)]), kind="reply")


def _from_whom(reply: Reply, case: Enquiry, *, proven: bool) -> str:
    """A link of ours may have been passed on; an address alone proves nothing."""
    if proven and reply.from_address.casefold() == case.email.casefold():
        return ""
    return f"Came from {reply.from_address or 'no address'}." + ("" if proven else f" {_UNPROVEN}")


_UNPROVEN = "Anybody can write that address: make sure who it is before you tell them anything."
_OTHERWISE = "ask for them another way."


def _messages(case: Enquiry, *, linked: bool) -> Iterator[Entry]:
    messages = Message.objects.filter(council=case.council_id, subject_id=case.pk).defer("mime", "text")
    for message in messages:
        to = "to staff" if message.to_staff else "to the enquirer"
        state = f"{message.get_channel_display()} {to}: {message.get_state_display()}"
        url = reverse("admin:outbox_message_change", args=[message.pk]) if linked else ""
        what = message.subject or message.get_channel_display()
        yield Entry(message.created_at, what, text=state, kind="message", url=url)
