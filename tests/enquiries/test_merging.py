"""Two enquiries of the same people become one, lose nothing, and can become two again."""

from datetime import datetime, timedelta

from councils.access import access_of
from councils.doors import find_door
from councils.models import Council, Door, Event, ToDo
from councils.models.doors import DoorPurpose
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions import add_note, claim, log_attempt, prepare, run_due, submit
from enquiries.actions.incoming import receive
from enquiries.actions.missed import find_missed
from enquiries.actions.status import ask_to_stop
from enquiries.answers import Preparation
from enquiries.incoming_states import Came
from enquiries.links import links_of
from enquiries.merged import with_merged
from enquiries.models import Enquiry, FollowUpRecord, Merge, Reply
from enquiries.states import Bedroom, Channel, Outcome, State, Way
from enquiries.timeline import timeline
from outbox.incoming import parse
from outbox.models import Message
from tests import factories
from tests.conftest import Cast
from tests.enquiries.two_cases import FRIDAY, MONDAY, Move, join, newer, now, older, undo

__all__ = ["newer", "older"]

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=LONDON)


def test_the_merged_one_closes_as_a_duplicate_that_says_where_it_goes_on(
    older: Enquiry, newer: Enquiry, cast: Cast
) -> None:
    join(older, newer, cast.kate)
    merged = now(newer)
    assert (merged.state, merged.merged_into_id, merged.next_due_at) == (State.DUPLICATE, older.pk, None)
    assert merged.closed_at is not None
    with as_council(older.council_id):
        event = Event.objects.get(verb="enquiry.merged")
    assert (event.subject_id, event.facts["kept"], event.by) == (newer.pk, str(older.pk), cast.kate)
    assert (event.facts["from_journey"], event.facts["to_journey"]) == (str(newer.journey_id), str(older.journey_id))


def test_its_reference_its_names_and_its_numbers_find_the_kept_case_alone(
    older: Enquiry, newer: Enquiry, cast: Cast
) -> None:
    join(older, newer, cast.kate)
    with as_council(older.council_id):
        for typed in (newer.reference, "erin.work@example.org", older.reference, "erin@example.org"):
            assert Enquiry.objects.matching(typed).get() == older


def test_every_link_and_reply_address_leads_to_the_kept_case(older: Enquiry, newer: Enquiry, cast: Cast) -> None:
    with as_council(older.council_id):
        links = links_of(newer)
    join(older, newer, cast.kate)
    status = find_door(links.status.rstrip("/").rsplit("/", 1)[-1], DoorPurpose.STATUS)
    assert status is not None
    assert status.subject_id == older.pk
    assert not Door.objects.filter(subject_id=newer.pk).exists()
    mail = b"From: erin.work@example.org\nMessage-ID: <1@example.org>\nSubject: Hello\n\nText"
    assert receive(parse(mail), to=links.reply_to) == Came.REPLY
    with as_council(older.council_id):
        assert Reply.objects.get().enquiry_id == older.pk


def test_the_form_of_the_merged_one_is_answered_from_the_kept_one_and_changes_nothing_there(
    older: Enquiry, newer: Enquiry, kent: Council, cast: Cast
) -> None:
    join(older, newer, cast.kate)
    changed = factories.answers(kent, email="erin.work@example.org", phone="+447700900555")
    assert submit(changed, token="newer", channel=Channel.WEB).enquiry_id == older.pk
    assert prepare("newer", Preparation(bedroom=Bedroom.NO))
    assert (now(older).phone, now(older).bedroom) == ("+447700900123", "")


def test_everything_written_about_either_is_read_together(older: Enquiry, newer: Enquiry, cast: Cast) -> None:
    by = access_of(cast.kate)
    log_attempt(newer, way=Way.CALL, outcome=Outcome.VOICEMAIL, comment="asked to ring back", by=by)
    add_note(newer, "likes dogs", by=by)
    add_note(older, "has a cat", by=by)
    join(now(older), now(newer), cast.kate)
    with as_council(older.council_id):
        entries = timeline(now(older))
    told = [f"{entry.what} {entry.text}" for entry in entries]
    for words in ("asked to ring back", "likes dogs", "has a cat", newer.reference):
        assert any(words in each for each in told), words
    assert sum("Enquiry received" in each for each in told) == 2
    assert sum(entry.kind == "message" for entry in entries) == 2, "the confirmations of both"


def test_a_chain_of_merges_is_read_to_its_end(older: Enquiry, newer: Enquiry, kent: Council, cast: Cast) -> None:
    third = factories.enquiry(kent, email="third@example.org")
    join(older, newer, cast.kate)
    with as_council(kent):
        Enquiry.objects.filter(pk=third.pk).update(created_at=FRIDAY - timedelta(days=1))
    join(now(third), now(older), cast.kate)
    with as_council(kent):
        assert set(with_merged(now(third))) == {third.pk, older.pk, newer.pk}
        assert Enquiry.objects.matching(newer.reference).get() == third


def test_the_strictest_consent_counts_and_sticks(older: Enquiry, newer: Enquiry, cast: Cast, kent: Council) -> None:
    with as_council(kent):
        Enquiry.objects.filter(pk=newer.pk).update(send_nothing=True)
    ask_to_stop(newer)
    join(older, newer, cast.kate)
    case = now(older)
    assert (case.news_by_email, case.text_ok, case.voicemail_ok) == (False, False, False)
    assert case.send_nothing
    assert case.stopped_at == now(newer).stopped_at is not None


def test_a_merge_stops_the_sequences_of_the_merged_one(
    older: Enquiry, newer: Enquiry, kent: Council, cast: Cast, move_clock: Move
) -> None:
    """ "We tried to reach you" would go half an hour after the call."""
    log_attempt(newer, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=access_of(cast.kate))
    join(older, now(newer), cast.kate)
    move_clock(MONDAY + timedelta(hours=1))
    run_due()
    with as_council(kent):
        assert not Message.objects.filter(kind="tried").exists()
        assert FollowUpRecord.objects.get(enquiry=newer, step="tried:1").why == "state"


def test_the_control_without_a_merge_it_goes(
    older: Enquiry, newer: Enquiry, kent: Council, cast: Cast, move_clock: Move
) -> None:
    log_attempt(newer, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=access_of(cast.kate))
    move_clock(MONDAY + timedelta(hours=1))
    run_due()
    with as_council(kent):
        assert Message.objects.filter(kind="tried").exists()


def test_what_one_was_sent_is_not_sent_again_from_the_other(kent: Council, cast: Cast, move_clock: Move) -> None:
    """The information that follows the first conversation."""
    move_clock(FRIDAY)
    by = access_of(cast.kate)
    known = factories.enquiry(kent, email="erin@example.org")
    log_attempt(known, way=Way.CALL, outcome=Outcome.REACHED, by=by)
    move_clock(TUESDAY)
    run_due()
    other = factories.enquiry(kent, email="elsewhere@example.org")
    with as_council(kent):
        Enquiry.objects.filter(pk=other.pk).update(email="erin@example.org", state=State.IN_CONTACT)
        assert FollowUpRecord.objects.filter(enquiry=known, step="information", end="sent").exists()
    join(now(other), now(known), cast.kate)
    with as_council(kent):
        assert now(other).reached_at == FRIDAY
        assert FollowUpRecord.objects.get(enquiry=other, step="information").why == "merged"
        assert Message.objects.filter(kind="information").count() == 1


def test_the_earlier_promise_that_still_runs_counts(
    older: Enquiry, newer: Enquiry, cast: Cast, move_clock: Move
) -> None:
    join(now(newer), now(older), cast.kate)
    assert now(newer).promise_due_at == older.promise_due_at
    assert now(newer).next_due_at == older.promise_due_at


def test_a_promise_that_ran_out_is_missed_once(older: Enquiry, newer: Enquiry, cast: Cast, move_clock: Move) -> None:
    move_clock(TUESDAY)
    join(now(newer), now(older), cast.kate)
    find_missed()
    kept = now(newer)
    assert kept.promise_due_at == newer.promise_due_at
    assert kept.next_due_at == older.next_due_at, "and the case is late"
    with as_council(kept.council_id):
        assert Event.objects.filter(verb="enquiry.promise_missed").count() == 1
        assert ToDo.objects.filter(kind=ToDoKind.PROMISE_MISSED, done_at=None).get().subject_id == kept.pk


def test_whoever_was_spoken_to_since_is_owed_no_promise(older: Enquiry, newer: Enquiry, cast: Cast) -> None:
    log_attempt(older, way=Way.CALL, outcome=Outcome.REACHED, by=access_of(cast.kate))
    join(now(older), newer, cast.kate)
    assert now(older).promise_kept_at == MONDAY


def test_who_was_spoken_to_before_they_asked_again_is_still_owed_the_new_promise(
    older: Enquiry, kent: Council, cast: Cast, move_clock: Move
) -> None:
    log_attempt(older, way=Way.CALL, outcome=Outcome.REACHED, by=access_of(cast.kate))
    move_clock(MONDAY)
    again = factories.enquiry(kent, email="erin.work@example.org")
    join(now(older), again, cast.kate)
    assert (now(older).promise_due_at, now(older).promise_kept_at) == (again.promise_due_at, None)


def test_the_owner_of_the_kept_one_stays_else_it_is_the_others(older: Enquiry, newer: Enquiry, cast: Cast) -> None:
    claim(newer, by=access_of(cast.kate))
    join(older, now(newer), cast.mina)
    assert now(older).owner == cast.kate


def test_work_for_a_person_goes_on_in_the_kept_one(older: Enquiry, newer: Enquiry, kent: Council, cast: Cast) -> None:
    with as_council(kent):
        for kind in (ToDoKind.REPLIED, ToDoKind.UNSEEN):
            ToDo.objects.create(
                council=kent, kind=kind, subject_kind="enquiry", subject_id=newer.pk, about_council=kent
            )
    row = join(older, newer, cast.kate)
    with as_council(kent):
        open_ones = ToDo.objects.filter(done_at=None)
        assert [(todo.kind, todo.subject_id) for todo in open_ones] == [(ToDoKind.REPLIED, older.pk)]
    undo(row, cast.kate)
    with as_council(kent):
        open_ones = ToDo.objects.filter(done_at=None)
        assert {(todo.kind, todo.subject_id) for todo in open_ones} == {
            (ToDoKind.REPLIED, newer.pk),
            (ToDoKind.UNSEEN, newer.pk),
        }


def test_what_the_kept_one_does_not_know_it_takes_from_the_other(kent: Council, cast: Cast, move_clock: Move) -> None:
    move_clock(FRIDAY)
    called = factories.enquiry(kent, email="")
    move_clock(MONDAY)
    wrote = factories.enquiry(kent, email="erin@example.org")
    row = join(called, wrote, cast.kate)
    assert now(called).email == "erin@example.org"
    with as_council(kent):
        assert "erin@example.org" not in str(Merge.objects.values_list("before", "moved")[0])
    undo(row, cast.kate)
    assert now(called).email == ""


def test_what_the_enquirer_does_counts_for_the_kept_one_whatever_they_opened(
    older: Enquiry, newer: Enquiry, cast: Cast
) -> None:
    join(older, newer, cast.kate)
    ask_to_stop(newer)
    assert now(older).stopped_at is not None
