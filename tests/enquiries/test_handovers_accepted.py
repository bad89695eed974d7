"""An accepted handover: what goes along, what stays, what was promised, and who is told what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from councils.access import access_of
from councils.models import Council, Event, Hub, User
from councils.models.todos import ToDoKind
from councils.refusals import Refused
from councils.tenancy import across, as_council
from councils.working_time import LONDON
from enquiries import actions
from enquiries.actions import contact_change, status, submit
from enquiries.actions.contact_change import ContactDetails
from enquiries.actions.handover_taking import CARRIED
from enquiries.actions.incoming import receive
from enquiries.actions.merging import merge
from enquiries.actions.preparing import prepare
from enquiries.answers import Preparation
from enquiries.handover_states import HandoverReason, HandoverState
from enquiries.links import reply_address
from enquiries.models import ContactAttempt, Enquiry, FollowUpRecord, Note, Reply, SafeguardingNote, Submission
from enquiries.states import (
    Channel,
    CloseReason,
    HeardFrom,
    Outcome,
    RouteChoice,
    State,
    Step,
    Way,
)
from enquiries.whereabouts import Whereabouts
from outbox.incoming import parse
from tests import factories
from tests.conftest import Cast
from tests.enquiries.handing import accept, ask, fresh, mail, open_cases, own, passed_on, todos, verbs
from tests.enquiries.taken_over import TOKEN, TUESDAY, MoveClock, case, everything_to_erin

__all__ = ["case"]

# What begins anew with the council that answers now.
BEGINS_ANEW = {
    *("id", "council", "reference", "created_at", "version", "earlier_references", "route_choice"),
    *("state", "state_changed_at", "state_since", "close_reason", "closed_at", "wake_on"),
    *("owner", "claimed_at", "first_seen_at", "reached_at", "heard_at", "asked_at", "visit_at"),
    *("promise_due_at", "promise_by", "promise_slot", "promise_kept_at", "next_due_at"),
    *("next_follow_up_at", "escalated", "escalated_for"),
    *("to_confirm", "quarantined", "suspicions", "check_council", "merged_into", "import_id", "case_number"),
    *("applied_on", "stage_1_from", "stage_1_to", "stage_2_from", "stage_2_to"),
    *("records_consent_on", "records_asked_on", "records_due_on", "records_came_on", "erased_at"),
}


def test_every_column_of_a_case_goes_along_or_begins_anew() -> None:
    columns = {field.name for field in Enquiry._meta.concrete_fields}
    assert set(CARRIED) - {"route_choice"} | BEGINS_ANEW == columns
    assert set(CARRIED) & BEGINS_ANEW == {"route_choice"}


def test_the_case_begins_in_the_other_council_and_ends_in_the_first(
    case: Enquiry, kent: Council, hampshire: Council, cast: Cast
) -> None:
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    old = fresh(case)
    assert (old.state, old.next_due_at, new.state, new.owner) == (State.PASSED_ON, None, State.NEW, None)
    assert old.closed_at is not None
    assert (new.journey_id, new.household_id) == (case.journey_id, case.household_id)
    assert new.reference.startswith("HAM-")
    assert new.earlier_references == [case.reference]
    assert open_cases(case, kent, hampshire) == [hampshire.pk]
    assert "enquiry.taken_over" in verbs(new)
    assert "enquiry.handover_accepted" in verbs(case)


def test_what_the_enquirer_said_goes_along(case: Enquiry, hampshire: Council, cast: Cast) -> None:
    prepare(TOKEN, Preparation(heard_from=HeardFrom.RADIO_TV, heard_detail="Local radio", wants_ambassador=True))
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    old = fresh(case)
    for name in set(CARRIED) - {"route_choice"}:
        assert getattr(new, name) == getattr(old, name), name
    assert (new.heard_from, new.heard_detail) == (HeardFrom.RADIO_TV, "Local radio")
    with across([case.council_id, hampshire.pk], reason="test"):
        (first,) = Submission.objects.filter(enquiry=old)
        (copy,) = Submission.objects.filter(enquiry=new)
    assert (copy.answers, copy.digest, copy.created_at) == (first.answers, first.digest, first.created_at)


def test_notes_attempts_mail_and_safeguarding_stay(
    case: Enquiry, kent: Council, hampshire: Council, cast: Cast
) -> None:
    by = access_of(cast.kate)
    actions.add_note(case, "Dog bites.", by=by)
    actions.log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=by)
    with as_council(kent):
        SafeguardingNote.objects.create(council=kent, enquiry=case, text="A concern.", by=cast.kate)
        Reply.objects.create(council=kent, enquiry=case, from_address="erin@example.org", message_id="1")
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    with across([kent, hampshire], reason="test"):
        for model in (Note, ContactAttempt, SafeguardingNote, Reply):
            assert model._default_manager.filter(enquiry=case).count() == 1
            assert model._default_manager.filter(enquiry=new).count() == 0
        assert not Event.objects.filter(council=hampshire, subject_id=case.pk).exists()


def test_the_first_council_does_not_see_the_new_case(
    case: Enquiry, kent: Council, hampshire: Council, cast: Cast
) -> None:
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    with as_council(kent):
        assert not Enquiry.objects.filter(pk=new.pk).exists()
        assert list(Enquiry.objects.filter(journey_id=case.journey_id)) == [case]


def test_follow_ups_and_to_dos_end_where_the_case_ends(
    case: Enquiry, kent: Council, hampshire: Council, cast: Cast, move_clock: MoveClock
) -> None:
    actions.log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=access_of(cast.kate))
    status.say_still_interested(case)
    assert todos(kent) == [ToDoKind.STILL_INTERESTED]
    passed_on(case, hampshire, cast.kate, cast.hal)
    assert todos(kent) == []
    assert todos(hampshire) == [ToDoKind.STILL_INTERESTED]  # they wait for an answer, now from here
    move_clock(TUESDAY + timedelta(days=30))
    actions.run_due()
    assert [row.kind for row in everything_to_erin(kent)] == ["confirmation"]
    with as_council(kent):
        assert not FollowUpRecord.objects.filter(enquiry=case, step__startswith="tried", end="sent").exists()


def test_what_the_enquirer_changed_meanwhile_goes_along(case: Enquiry, hampshire: Council, cast: Cast) -> None:
    asked = ask(case, hampshire, cast.kate)
    details = ContactDetails(
        email="new@example.org", phone="+447700900456", way=Way.TEXT, times=(), voicemail_ok=False, text_ok=True
    )
    contact_change.change_contact(case, details)
    new = accept(asked, cast.hal)
    assert (new.email, new.phone, new.way, new.text_ok) == ("new@example.org", "+447700900456", Way.TEXT, True)


def test_where_they_said_since_that_they_live_there_that_is_the_route(
    case: Enquiry, kent: Council, hampshire: Council, cast: Cast, lafse: Hub
) -> None:
    route = Whereabouts(hub=lafse, typed="SO23 8UJ").snapshot()
    said = replace(factories.answers(hampshire), route=route)
    submit(said, token=TOKEN, channel=Channel.WEB)
    assert fresh(case).check_council
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    assert (new.postcode, new.route_choice, new.check_council) == ("SO23 8UJ", RouteChoice.ROUTED, False)
    assert fresh(case).check_council is False


@pytest.mark.parametrize(
    ("reason", "choice"),
    [(HandoverReason.ASKED_FOR_IT, RouteChoice.CHOSE_COUNCIL), (HandoverReason.MOVED, RouteChoice.STAFF_CHOICE)],
)
def test_how_the_council_came_to_answer_is_kept(
    case: Enquiry, hampshire: Council, cast: Cast, reason: HandoverReason, choice: RouteChoice
) -> None:
    assert accept(ask(case, hampshire, cast.kate, reason=reason), cast.hal).route_choice == choice


def test_whoever_has_it_now_reads_on_which_day_they_first_asked(
    case: Enquiry,
    kent: Council,
    hampshire: Council,
    cast: Cast,
    move_clock: MoveClock,
    as_user: Callable[[User], Client],
) -> None:
    move_clock(case.created_at + timedelta(days=30))
    asked = f"{case.created_at.astimezone(LONDON):%-d %B %Y}"
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    for page in ("change", "referral"):
        shown = as_user(cast.hal).get(f"/staff/enquiries/enquiry/{new.pk}/{page}/").content.decode()
        assert asked in shown, page
    assert own(ask(new, kent, cast.hal)).summary["came_at"] == case.created_at.isoformat()


def test_either_reference_finds_the_new_case(case: Enquiry, hampshire: Council, cast: Cast) -> None:
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    with as_council(hampshire):
        for typed in (new.reference, case.reference, "erin@example.org", "07700 900123"):
            assert list(Enquiry.objects.all().matching(typed)) == [new], typed


def test_an_accepted_handover_is_answered_once(case: Enquiry, hampshire: Council, cast: Cast) -> None:
    asked = ask(case, hampshire, cast.kate)
    accept(asked, cast.hal)
    with pytest.raises(Refused, match="accepted"):
        accept(asked, cast.hal)
    assert own(asked).state == HandoverState.ACCEPTED


def test_the_new_case_finds_an_officer_where_the_council_gives_them_turns(
    case: Enquiry, hampshire: Council, cast: Cast
) -> None:
    hampshire.assignment = "in_turn"
    hampshire.save()
    assert passed_on(case, hampshire, cast.kate, cast.hal).owner_id == cast.hal.pk


def test_a_case_that_was_passed_on_cannot_be_opened_again(case: Enquiry, hampshire: Council, cast: Cast) -> None:
    passed_on(case, hampshire, cast.kate, cast.hal)
    with pytest.raises(Refused):
        actions.take_step(case, Step.REOPEN, by=access_of(cast.kate))
    with pytest.raises(Refused):
        actions.take_step(case, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=access_of(cast.kate))


def test_what_they_wrote_and_nobody_read_stays_to_do_where_it_can_be_read(
    case: Enquiry, kent: Council, hampshire: Council, cast: Cast
) -> None:
    with as_council(kent):
        to = reply_address(case)
    receive(parse(b"From: erin@example.org\nMessage-ID: <1@example.org>\n\nRing me before noon."), to=to)
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    assert todos(kent) == [ToDoKind.REPLIED]
    assert todos(hampshire) == [ToDoKind.STILL_INTERESTED]
    with as_council(hampshire):
        assert Event.objects.get(subject_id=new.pk, verb="enquiry.taken_over").facts["unread"] is True


def test_what_was_merged_into_it_goes_along(case: Enquiry, kent: Council, hampshire: Council, cast: Cast) -> None:
    other = factories.enquiry(kent, email="other@example.org", message="The same people")
    merge(kept=case, merged=other, by=access_of(cast.kate))
    new = passed_on(fresh(case), hampshire, cast.kate, cast.hal)
    with as_council(hampshire):
        sent = list(Submission.objects.filter(enquiry=new).order_by("number"))
        assert [row.number for row in sent] == [1, 2]
        assert sent[1].answers["message"] == "The same people"
        assert list(Enquiry.objects.all().matching(other.reference)) == [new]


def test_what_belongs_to_no_council_yet_the_hub_office_hands_to_one(
    office: Council, kent: Council, cast: Cast, move_clock: MoveClock
) -> None:
    move_clock(TUESDAY)
    case = factories.enquiry(office, route_choice=RouteChoice.NO_POSTCODE)
    new = accept(ask(case, kent, cast.olu, reason=HandoverReason.HUB_ALLOCATES), cast.kate)
    assert (new.council_id, new.route_choice) == (kent.pk, RouteChoice.STAFF_CHOICE)
    assert open_cases(case, office, kent) == [kent.pk]
    assert "has passed your fostering enquiry to Kent Fostering" in mail(kent, "handed_over")[0].text
