"""What every message carries: two links and where a reply goes. And what it means that somebody was heard."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from councils.access import access_of
from councils.clock import hub_now
from councils.doors import find_door
from councils.models import Council, Door, ToDo
from councils.models.doors import DoorPurpose
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions import take_step
from enquiries.actions.changing import locked
from enquiries.actions.hearing import heard_from
from enquiries.links import STATUS_OPEN_FOR, links_of, reply_address, status_link, stop_link
from enquiries.models import Enquiry
from enquiries.states import CloseReason, Slot, State, Step, Way
from tests import factories
from tests.conftest import Cast

TUESDAY = datetime(2026, 11, 24, 11, tzinfo=LONDON)


@pytest.fixture
def case(kent: Council, cast: Cast, move_clock: Callable[[datetime], None]) -> Enquiry:
    move_clock(TUESDAY - timedelta(days=1))
    enquiry = factories.enquiry(kent, times=(Slot.WEEKDAY_EVENING,))
    move_clock(TUESDAY)
    return enquiry


def hear(case: Enquiry, todo: ToDoKind | None, *, reopen: bool = True) -> bool:
    with as_council(case.council_id):
        reopened = heard_from(locked(case.council_id, case.pk), todo=todo, reopen=reopen)
        case.refresh_from_db()
    return reopened


def token_in(link: str) -> str:
    return link.rstrip("/").rsplit("/", 1)[1]


def test_the_three_doors_of_a_message_are_opened_in_one_insert(case: Enquiry, settings: LazySettings) -> None:
    settings.INBOUND_DOMAIN = "in.example.org"
    with as_council(case.council_id), CaptureQueriesContext(connection) as queries:
        links = links_of(case)
    assert len([query for query in queries.captured_queries if "INSERT" in query["sql"]]) == 1
    reply = links.reply_to.removeprefix("reply+").removesuffix("@in.example.org")
    found = {
        find_door(token_in(links.status), DoorPurpose.STATUS),
        find_door(token_in(links.stop), DoorPurpose.STOP),
        find_door(reply, DoorPurpose.REPLY),
    }
    assert {(door.council_id, door.subject_id) for door in found if door} == {(case.council_id, case.pk)}
    assert None not in found


def test_a_reply_address_survives_mail_systems(case: Enquiry) -> None:
    with as_council(case.council_id):
        local = reply_address(case).split("@")[0]
    assert local == local.lower()
    assert len(local) <= 64, "RFC 5321 allows no more before the @"


def test_only_hashes_are_kept_and_a_door_opens_for_its_purpose_alone(case: Enquiry) -> None:
    with as_council(case.council_id):
        token = token_in(status_link(case))
        stop_link(case)
    assert not Door.objects.filter(token_hash=token).exists()
    assert find_door(token, DoorPurpose.STATUS)
    assert find_door(token, DoorPurpose.STOP) is None


def test_a_link_to_the_page_closes(case: Enquiry, move_clock: Callable[[datetime], None]) -> None:
    with as_council(case.council_id):
        token = token_in(status_link(case))
    move_clock(TUESDAY + STATUS_OPEN_FOR)
    assert find_door(token, DoorPurpose.STATUS) is None


def test_who_is_heard_is_somebodys_work_once(case: Enquiry, kent: Council) -> None:
    assert hear(case, ToDoKind.REPLIED) is False
    hear(case, ToDoKind.REPLIED)
    with as_council(kent):
        todo = ToDo.objects.get()
        assert (todo.kind, todo.subject_id, todo.about_council) == (ToDoKind.REPLIED, case.pk, kent)
        assert case.heard_at == hub_now()


def test_who_is_heard_waits_no_longer_than_a_new_enquiry(case: Enquiry, kent: Council) -> None:
    with as_council(kent):
        Enquiry.objects.update(next_due_at=TUESDAY + timedelta(days=9))
    hear(case, ToDoKind.CHANGED_DETAILS)
    assert case.next_due_at == TUESDAY + timedelta(days=9), "nobody asked for an answer"
    hear(case, ToDoKind.REPLIED)
    assert case.next_due_at == datetime(2026, 11, 25, 17, tzinfo=LONDON)
    hear(case, ToDoKind.STILL_INTERESTED)
    assert case.next_due_at == datetime(2026, 11, 25, 17, tzinfo=LONDON)


def test_a_closed_case_is_open_again_with_a_new_promise_at_a_time_that_suits(case: Enquiry, cast: Cast) -> None:
    take_step(case, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=access_of(cast.kate))
    assert hear(case, ToDoKind.STILL_INTERESTED) is True
    assert (case.state, case.closed_at, case.close_reason) == (State.IN_CONTACT, None, "")
    assert case.promise_due_at == case.next_due_at == datetime(2026, 11, 25, 20, tzinfo=LONDON)
    assert (case.promise_kept_at, case.promise_slot, case.way) == (None, Slot.WEEKDAY_EVENING, Way.CALL)


def test_it_stays_closed_where_that_was_not_asked_for(case: Enquiry, cast: Cast) -> None:
    take_step(case, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=access_of(cast.kate))
    assert hear(case, ToDoKind.ASKED_TO_STOP, reopen=False) is False
    assert case.state == State.WITHDRAWN


def test_what_was_decided_is_not_undone_by_a_word(case: Enquiry, kent: Council, cast: Cast) -> None:
    take_step(case, Step.APPLY, by=access_of(cast.mina))
    take_step(case, Step.NOT_APPROVE, by=access_of(cast.mina))
    assert hear(case, ToDoKind.REPLIED) is False
    assert case.state == State.NOT_APPROVED
    with as_council(kent):
        assert ToDo.objects.get().due_at == datetime(2026, 11, 25, 17, tzinfo=LONDON)
