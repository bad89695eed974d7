"""The same form sent again with other answers.

Until somebody has looked at the case, the newest answers are the case's: nobody has acted on the old ones, and whoever
corrects a typing mistake must be reachable. Once it has been seen, they stand beside the first, and a to-do tells the
council. A case that was closed without an end (withdrawn, no reply, not yet, declined) is open again, with a new
promise: somebody came back.
"""

from councils.clock import hub_now
from councils.events import record
from councils.models import Council, User
from councils.models.todos import ToDoKind
from enquiries.actions import follow_ups
from enquiries.actions.confirming import confirm_to
from enquiries.actions.hearing import open_again
from enquiries.actions.indexing import index_again
from enquiries.actions.todos import close_todos, open_todo
from enquiries.actions.turns import assign_new
from enquiries.answers import Answers
from enquiries.handover_states import Side
from enquiries.models import Enquiry, Handover, Submission
from enquiries.states import REOPENABLE_STATES, State

# The answers that a case carries as they are.
COPIED = [
    "kind",
    "fosters_with",
    "fosters_with_name",
    "name",
    "email",
    "phone",
    "way",
    "voicemail_ok",
    "text_ok",
    "language",
    "needs_interpreter",
    "uses_bsl",
    "uses_text_relay",
    "message",
    "notice_version",
    "news_by_email",
    "news_by_text",
    "route_choice",
]
_REACHING = ("name", "email", "phone")
_MOST_CONFIRMATIONS = 3  # one form must not fill strangers' mailboxes


def take_again(
    answers: Answers, enquiry: Enquiry, council: Council, submission: Submission, *, by: User | None
) -> bool:
    """True where a confirmation goes to the address in these answers. The enquiry is locked."""
    before = State(enquiry.state)
    old = {name: str(getattr(enquiry, name)) for name in _REACHING}
    earlier = set(enquiry.submissions.exclude(pk=submission.pk).values_list("answers__email", flat=True))
    if _untouched(enquiry):
        _renew(enquiry, answers)
        if enquiry.email and enquiry.email != old["email"]:
            close_todos(enquiry, ToDoKind.RING_INSTEAD)
    elif before in REOPENABLE_STATES:
        open_again(enquiry, council, times=answers.times, way=answers.way)
    if answers.council_id != enquiry.council_id:
        enquiry.check_council = True
    enquiry.heard_at = hub_now()
    enquiry.version += 1
    enquiry.save()
    index_again(enquiry)
    record(
        "enquiry.sent_again",
        subject=enquiry,
        by=by,
        old={name: value for name, value in old.items() if value != getattr(enquiry, name)},
        number=submission.number,
        other_council=answers.council_id != enquiry.council_id,
        reopened=before != enquiry.state,
    )
    if not _untouched(enquiry):
        follow_ups.stop(enquiry, "heard")
        open_todo(enquiry, council, ToDoKind.SENT_AGAIN)
    if before != enquiry.state:
        assign_new(enquiry, council)
    return _confirm_again(answers, enquiry, council, submission.number, earlier)


def _untouched(enquiry: Enquiry) -> bool:
    """One that was given to somebody in turn, and that nobody has opened or taken, has been looked at by nobody."""
    return (
        enquiry.state == State.NEW
        and enquiry.first_seen_at is None
        and enquiry.claimed_at is None
        and not _came_from_elsewhere(enquiry)
    )


def _came_from_elsewhere(enquiry: Enquiry) -> bool:
    """The council that had it before has looked."""
    return Handover.objects.filter(council=enquiry.council_id, enquiry=enquiry, side=Side.RECEIVED).exists()


def _renew(enquiry: Enquiry, answers: Answers) -> None:
    enquiry.email_fails = enquiry.email_fails and answers.email == enquiry.email
    for name in COPIED:
        setattr(enquiry, name, getattr(answers, name))
    enquiry.times = list(answers.times)
    if enquiry.promise_slot not in enquiry.times:  # the promised time stands, but is not what they ask for now
        enquiry.promise_slot = ""


def _confirm_again(answers: Answers, enquiry: Enquiry, council: Council, number: int, earlier: set[str]) -> bool:
    """To an address that has had none yet; the others have their confirmation."""
    if not answers.email or answers.email in earlier or number > _MOST_CONFIRMATIONS or enquiry.quarantined:
        return False
    return confirm_to(enquiry, council, to=answers.email, number=number)
