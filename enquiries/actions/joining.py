"""Somebody enquires whose case goes on already: one more sending on that case, and no second case.

Whoever types somebody else's address must learn nothing. So the page answers as it would to anybody new: with a
reference made for this sending, under which the case is found, and with today's promise, by which the case is due from
now on. What was typed changes nothing that stands; a person sees both. Mail goes only to the address that the case has,
once a day, and says what the page does not.
"""

from dataclasses import replace
from hashlib import sha256

from django.db import connection

from councils.clock import hub_now
from councils.events import record
from councils.models import Council, Door, User
from councils.models.todos import ToDoKind
from enquiries.actions.hearing import heard_from
from enquiries.actions.indexing import free_reference, index_again
from enquiries.actions.missed import write_down_if_missed
from enquiries.actions.sendings import note_given, one_more, stands_already
from enquiries.actions.todos import open_todo
from enquiries.answers import Answers
from enquiries.commitment import commitment
from enquiries.joined_mail import tell_joined
from enquiries.models import Enquiry, SearchKey, Submission
from enquiries.promise import Promise
from enquiries.search import SearchKind
from enquiries.states import GOING_ON_STATES, Channel, State


def standing_case(answers: Answers, council: Council) -> Enquiry | None:
    """The case that goes on under this address, locked. Whoever sends under the same one meanwhile waits.

    By the address that the case has now: one that was typed beside it proves nothing. What may be spam, and who wrote
    to the council and is not confirmed yet, joins nothing by itself.
    """
    if not answers.email or answers.suspicions:
        return None
    address = answers.email.casefold()
    _one_at_a_time(council, address)
    named = SearchKey.objects.filter(council=council, kind=SearchKind.EMAIL, key=address)
    found = Enquiry.objects.filter(council=council, pk__in=named.values("enquiry"), state__in=GOING_ON_STATES)
    locked = found.filter(quarantined=False, to_confirm=False).select_for_update(of=("self",)).order_by("pk")
    own = [case for case in locked if case.email.casefold() == address]
    return max(own, key=lambda case: (case.is_open, case.created_at), default=None)


def join(
    answers: Answers,
    case: Enquiry,
    council: Council,
    door: Door,
    *,
    channel: Channel,
    send_nothing: bool,
    by: User | None,
) -> str:
    """The reference for this sending. The case is locked."""
    sending = stands_already(case, answers) or one_more(case, answers, channel)
    reference = free_reference(council)
    note_given(sending, door, reference)
    case.earlier_references = [*case.earlier_references, reference]
    case.send_nothing = case.send_nothing or send_nothing
    case.save(update_fields=["earlier_references", "send_nothing"])
    take_beside(answers, case, council, promised(answers, council, door), number=sending.number, by=by)
    tell_joined(case, council)
    return reference


def take_beside(
    answers: Answers, case: Enquiry, council: Council, promise: Promise, *, number: int, by: User | None
) -> None:
    """Due by what was said on the page; a case that was closed without an end is open again."""
    write_down_if_missed(case)
    before = State(case.state)
    reopened = heard_from(case, todo=None, reopen=True)
    case.next_due_at = min(case.next_due_at, promise.due_at) if case.next_due_at else None
    case.check_council = case.check_council or answers.council_id != case.council_id
    case.save(update_fields=["next_due_at", "check_council"])
    index_again(case)
    open_todo(case, council, ToDoKind.SENT_AGAIN)
    record(
        "enquiry.joined",
        subject=case,
        by=by,
        number=number,
        other_council=answers.council_id != case.council_id,
        old_state=before.value,
        reopened=reopened,
    )


def promised(answers: Answers, council: Council, door: Door, *, first: Submission | None = None) -> Promise:
    """What a new enquiry would have been promised when this form was first sent, and would be told of it now."""
    asked = Answers.from_json(first.answers) if first else answers
    told = commitment(council, now=door.created_at or hub_now(), times=asked.times, way=asked.way)
    return replace(told, way=answers.way, slot=told.slot if told.slot in answers.times else None)


def _one_at_a_time(council: Council, address: str) -> None:
    """Two forms under one address at the same moment are one case: the second looks once the first is committed.

    A lock of the transaction on a number: two addresses that share it wait for each other, and nothing else happens.
    """
    number = int.from_bytes(sha256(f"{council.pk}:{address}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
