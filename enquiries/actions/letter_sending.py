"""A person writes to one enquirer. The letter, the attempt that it counts as and the event are one transaction.

It is held for a minute: until then whoever wrote it can call it back, and then it was no attempt.
"""

from uuid import UUID

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council, Event
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from enquiries.actions.attempts import log_attempt, withdraw_attempt
from enquiries.actions.changing import locked
from enquiries.actions.taking_back import require_own
from enquiries.actions.todos import answered, not_answered
from enquiries.letters.quoting import last_reply
from enquiries.letters.ways import needs_their_word, ways_to, why_no_letter
from enquiries.letters.writing import KIND, CalledBack, Letter, faults_of, leaving
from enquiries.links import links_of
from enquiries.models import ContactAttempt, Enquiry
from enquiries.states import Outcome, Way
from outbox.actions import cancel, enqueue
from outbox.models import Message
from outbox.states import State as MessageState

SENT = "enquiry.letter_sent"


class Changed(Refused):
    """Somebody did something with the case since the page was made."""


def send_letter(enquiry: Enquiry, letter: Letter, *, by: Access) -> Message:
    """Once, however often it is asked for. Raises Refused, and Changed where the case is not what the writer saw."""
    by.require(Permission.WORK_CASES, enquiry.council_id)
    with as_council(enquiry.council_id):
        case = locked(enquiry.council_id, enquiry.pk)
        if earlier := _sent_before(case, letter):
            return earlier
        require_possible(case, letter)
        message = _enqueued(case, letter)
        attempt = _attempt(case, letter, by)
        record(
            SENT,
            subject=case,
            by=by.user,
            message=str(message.pk),
            attempt=str(attempt.pk),
            way=letter.way.value,
            letter=str(letter.started_from) if letter.started_from else None,
            quoted=letter.quote is not None,
            expected=letter.agreed or None,
            todo=answered(case, by=by.user),
        )
    return message


def require_possible(case: Enquiry, letter: Letter) -> None:
    """Raises Refused with the first sentence that says why not; Changed where all else is well."""
    if why := why_no_letter(case):
        raise Refused(why)
    if found := faults_of(letter):
        raise Refused(" ".join(found))
    if needs_their_word(case) and not letter.agreed:
        raise Refused("Say that they expect this letter, or do not send it.")
    if why := address_of(case, letter)[1]:
        raise Refused(why)
    if case.version != letter.version:
        raise Changed("This case has changed since you began to write. Look at what is new, then go on.")


def address_of(case: Enquiry, letter: Letter) -> tuple[str, str]:
    """Where it goes, and why it does not."""
    council = Council.objects.get(pk=case.council_id)
    chosen = next((each for each in ways_to(case, council) if each.way == letter.way), None)
    return (chosen.address, chosen.why_not) if chosen else ("", "Choose email or text message.")


def _sent_before(case: Enquiry, letter: Letter) -> Message | None:
    key = f"{KIND}:{case.pk}:{letter.dedupe_key}"
    earlier = Message.objects.filter(council=case.council_id, dedupe_key=key).first()
    if earlier and (earlier.state == MessageState.CANCELLED or earlier.cancel_asked):
        raise Refused("This letter was called back. Begin a new one to send it after all.")
    return earlier


def _enqueued(case: Enquiry, letter: Letter) -> Message:
    council = Council.objects.select_related("hub").get(pk=case.council_id)
    reply = last_reply(case, only=letter.quote) if letter.quote else None
    to, _ = address_of(case, letter)
    ready = leaving(letter, case, council, to=to, links=links_of(case), reply=reply, now=hub_now())
    message = enqueue(text=ready.text, html=ready.html, **ready.envelope)
    if message is None or message.state != MessageState.QUEUED:
        raise Refused("Nothing can be sent to this address. Ring them instead.")
    return message


def _attempt(case: Enquiry, letter: Letter, by: Access) -> ContactAttempt:
    """In a closed case it changes nothing: nobody is waited for there, and the words are kept all the same."""
    if case.is_open:
        return log_attempt(case, way=letter.way, outcome=Outcome.SENT, comment=letter.text, by=by)
    return ContactAttempt.objects.create(
        council_id=case.council_id,
        enquiry=case,
        way=letter.way,
        outcome=Outcome.SENT,
        at=hub_now(),
        comment=letter.text,
        by=by.user,
    )


def call_back(enquiry: Enquiry, message_id: UUID, *, by: Access) -> CalledBack:
    """Before it has left. What was never sent was no attempt, so the case stands as it did before; the words are
    handed back. Raises Refused where it is too late, and to whoever neither wrote it nor manages the council."""
    by.require(Permission.WORK_CASES, enquiry.council_id)
    with as_council(enquiry.council_id):
        case = locked(enquiry.council_id, enquiry.pk)
        message = _waiting(case, message_id)
        facts = _facts_of(case, message)
        attempt = ContactAttempt.objects.get(council=case.council_id, enquiry=case, pk=str(facts["attempt"]))
        require_own(attempt.by_id, case, by)
        cancel(case.council_id, subject_id=case.pk, only=[str(message.pk)], by=by.user)
        written = CalledBack(Way(attempt.way), message.subject, attempt.comment)
        if case.is_open:
            withdraw_attempt(case, attempt.pk, by=by)
        else:
            attempt.delete()
        if facts["todo"]:
            not_answered(case, UUID(str(facts["todo"])))
        record("enquiry.letter_called_back", subject=case, by=by.user, message=str(message.pk))
    return written


def _waiting(case: Enquiry, message_id: UUID) -> Message:
    message = (
        Message.objects.select_for_update().filter(council=case.council_id, subject_id=case.pk, pk=message_id).first()
    )
    if message is None or message.kind != KIND:
        raise Refused("There is no such letter.")
    if message.state != MessageState.QUEUED or message.attempts:
        raise Refused("It is too late: the letter has left, or is leaving at this moment.")
    return message


def _facts_of(case: Enquiry, message: Message) -> dict[str, object]:
    events = Event.objects.filter(council=case.council_id, subject_id=case.pk, verb=SENT)
    return next(event.facts for event in events if event.facts["message"] == str(message.pk))
