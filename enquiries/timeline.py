"""Everything that happened to a case, newest first: events, attempts, notes, messages and replies in one list."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from councils.models import Event
from enquiries.assign_words import ASSIGNED, assigned_in_words, names_in
from enquiries.event_words import facts_in_words, in_words
from enquiries.letters.traces import fared, letters_in, without_withdrawals
from enquiries.merged import merged_into
from enquiries.models import ContactAttempt, Enquiry, Note, Reply
from enquiries.states import Outcome, Way
from outbox.models import Message

# Told by the attempt, the note or the reply itself; a look at the case is told once.
_TOLD_ELSEWHERE = ("enquiry.attempted", "enquiry.noted", "enquiry.seen", "enquiry.replied", "enquiry.letter_sent")


@dataclass(frozen=True)
class Entry:
    at: datetime
    what: str
    who: str = ""
    text: str = ""
    kind: str = "event"
    url: str = ""
    struck: bool = False
    attempt: str = ""  # the one that this person may take back
    key: str = ""  # of an attempt


def events_of(case: Enquiry) -> list[Event]:
    found = Event.objects.filter(council=case.council_id, subject_id=case.pk)
    return list(found.select_related("by").order_by("at"))


def timeline(
    case: Enquiry,
    *,
    sees_messages: bool = False,
    events: Sequence[Event] | None = None,
    takes_back: Callable[[int], bool] = lambda _: False,
) -> list[Entry]:
    """Five queries, whatever the length, and as many for what was merged into it. What happened at the same moment
    stays in the order of its cause. `takes_back`: whether this person may take back an attempt of the one with this
    key."""
    events = events_of(case) if events is None else events
    entries = _entries(case, events, takes_back, linked=sees_messages)
    for other in merged_into(case):
        theirs = _entries(other, events_of(other), lambda _: False, linked=sees_messages)
        entries += [replace(entry, what=f"{other.reference}: {entry.what}") for entry in theirs]
    return sorted(entries, key=lambda entry: entry.at)[::-1]


def _entries(case: Enquiry, events: Sequence[Event], takes_back: Callable[[int], bool], *, linked: bool) -> list[Entry]:
    letters, sent = letters_in(events), _messages_of(case, linked=linked)
    own = [*_events(without_withdrawals(events, letters)), *_replies(case, events), *notes(case)]
    tries = [_as_letter(each, sent.pop(letters.get(each.key, ""), None)) for each in attempts(case, takes_back)]
    return [*own, *tries, *sent.values()]


def _events(events: Sequence[Event]) -> Iterator[Entry]:
    undone, names = {event.facts.get("undid") for event in events}, names_in(events)
    for event in events:
        words = "" if event.verb in _TOLD_ELSEWHERE or not event.facts.get("acts", True) else in_words(event)
        if event.verb == ASSIGNED:
            words = assigned_in_words(event, names)
        if words:
            yield Entry(event.at, words, _who(event), facts_in_words(event), struck=str(event.pk) in undone)
    yield from _taken_back(events)
    first_look = next(
        (event for event in events if event.verb == "enquiry.seen" and event.facts.get("acts", True)), None
    )
    if first_look:
        yield Entry(first_look.at, "Opened for the first time", _who(first_look))


def _taken_back(events: Sequence[Event]) -> Iterator[Entry]:
    """Attempts that were written down by mistake stay where they stood."""
    gone = {event.facts.get("attempt") for event in events if event.verb == "enquiry.attempt_withdrawn"}
    for event in events:
        facts = event.facts
        if event.verb == "enquiry.attempted" and facts.get("attempt") in gone - {None}:
            what = f"{Way(facts['way']).label}: {Outcome(facts['outcome']).label}"
            made = datetime.fromisoformat(facts["made"])
            yield Entry(made, what, _who(event), "Written down by mistake", "attempt", struck=True)


def _who(event: Event) -> str:
    return event.by.name if event.by else ""


def attempts(case: Enquiry, takes_back: Callable[[int], bool] = lambda _: False) -> Iterator[Entry]:
    attempts = ContactAttempt.objects.filter(council=case.council_id, enquiry=case).select_related("by")
    for attempt in attempts:
        what = f"{attempt.get_way_display()}: {attempt.get_outcome_display()}"
        own = str(attempt.pk) if takes_back(attempt.by_id) else ""
        key = str(attempt.pk)
        yield Entry(attempt.at, what, attempt.by.name, attempt.comment, "attempt", attempt=own, key=key)


def _as_letter(attempt: Entry, message: Entry | None) -> Entry:
    """Of one that was a letter the message tells how it fared. It was sent, so it is nobody's mistake."""
    if message is None:
        return attempt
    text = f"{attempt.text}\n\n{message.text}"
    return replace(attempt, what=f"Wrote to them: {message.what}", text=text, url=message.url, attempt="")


def notes(case: Enquiry) -> Iterator[Entry]:
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


def _messages_of(case: Enquiry, *, linked: bool) -> dict[str, Entry]:
    """By their keys."""
    entries = {}
    messages = Message.objects.filter(council=case.council_id, subject_id=case.pk).defer("mime", "text")
    for message in messages:
        to = "to staff" if message.to_staff else "to the enquirer"
        state = f"{message.get_channel_display()} {to}: {fared(message)}"
        url = reverse("admin:outbox_message_change", args=[message.pk]) if linked else ""
        what = message.subject or message.get_channel_display()
        entries[str(message.pk)] = Entry(message.created_at, what, text=state, kind="message", url=url)
    return entries
