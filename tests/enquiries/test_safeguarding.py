"""Safeguarding notes: for one role in one council; everybody else finds nothing, not even that there is something."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from councils.access import Access, access_of
from councils.clock import hub_now
from councils.models import Council, Event, Membership, User
from councils.refusals import RoleRefused
from councils.roles import Role
from councils.tenancy import as_council
from enquiries import actions
from enquiries.actions.safeguarding import write_safeguarding_note
from enquiries.board import SPECIAL_FILTERS, SpecialFilter
from enquiries.models import Enquiry, Merge, SafeguardingNote
from enquiries.states import CloseReason, Step
from enquiries.timeline import timeline
from outbox.models import Message
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
CANARY = "A pangolin lives in the attic"


@pytest.fixture
def sade(kent: Council, cast: Cast) -> User:
    return factories.user("Sade", kent, Role.SAFEGUARDING)


@pytest.fixture
def case(kent: Council) -> Enquiry:
    return factories.enquiry(kent, name="Ken")


@pytest.fixture
def lead(sade: User) -> Access:
    return access_of(sade)


def page(case: Enquiry) -> str:
    return reverse("admin:enquiries_enquiry_change", args=[case.pk])


def address(case: Enquiry) -> str:
    return reverse("admin:enquiries_enquiry_safeguarding", args=[case.pk])


def notes_of(case: Enquiry) -> list[str]:
    with as_council(case.council_id):
        return [note.text for note in SafeguardingNote.objects.filter(enquiry=case)]


def test_a_lead_writes_a_note_and_reads_it(case: Enquiry, sade: User, as_user: AsUser) -> None:
    client = as_user(sade)
    assert client.post(address(case), {"concern": CANARY}).status_code == 302
    answer = client.get(page(case)).content.decode()
    assert CANARY in answer
    assert "Sade" in answer


def test_an_empty_note_is_refused_and_what_is_too_long_is_kept_to_shorten(
    case: Enquiry, sade: User, as_user: AsUser
) -> None:
    client = as_user(sade)
    assert "Write the safeguarding note first." in client.post(address(case), {"concern": " "}).content.decode()
    answer = client.post(address(case), {"concern": "x" * 5001})
    assert answer.status_code == 409
    assert "x" * 5001 in answer.content.decode()
    assert notes_of(case) == []


def test_a_button_pressed_twice_makes_one_note(case: Enquiry, lead: Access) -> None:
    first = write_safeguarding_note(case, CANARY, by=lead)
    assert write_safeguarding_note(case, CANARY, by=lead) == first
    write_safeguarding_note(case, "Another", by=lead)
    assert sorted(notes_of(case)) == [CANARY, "Another"]


@pytest.mark.parametrize(
    "statement", ["UPDATE enquiries_safeguardingnote SET text = ''", "DELETE FROM enquiries_safeguardingnote"]
)
def test_a_note_cannot_be_changed_or_deleted(case: Enquiry, lead: Access, statement: str) -> None:
    write_safeguarding_note(case, CANARY, by=lead)
    denied = pytest.raises(ProgrammingError, match="permission denied")
    with denied, transaction.atomic(), as_council(case.council_id), connection.cursor() as cursor:
        cursor.execute(statement)
    assert notes_of(case) == [CANARY]


@pytest.mark.parametrize("who", ["kate", "mina", "olu"])
def test_an_officer_a_manager_and_the_hub_find_nothing(
    case: Enquiry, cast: Cast, lead: Access, as_user: AsUser, who: str
) -> None:
    client = as_user(getattr(cast, who))
    client.get(page(case))  # the first look stands on the timeline from now on
    before = plain(client.get(page(case)).content.decode())
    write_safeguarding_note(case, CANARY, by=lead)
    after = plain(client.get(page(case)).content.decode())
    assert after == before
    assert "afeguarding" not in after
    assert client.post(address(case), {"concern": "Mine"}).status_code == 404
    assert notes_of(case) == [CANARY]


def plain(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)


def test_the_address_answers_officers_as_if_it_were_none(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    client = as_user(cast.kate)
    here, nowhere = (
        client.post(address(case), {"concern": "x"}),
        client.post(address(case).replace(str(case.pk), str(uuid4())), {"concern": "x"}),
    )
    assert (here.status_code, plain(here.content.decode())) == (nowhere.status_code, plain(nowhere.content.decode()))


def test_another_councils_lead_and_one_whose_role_has_ended_find_nothing(
    case: Enquiry, hampshire: Council, sade: User, as_user: AsUser
) -> None:
    other = factories.user("Lena", hampshire, Role.SAFEGUARDING)
    assert as_user(other).post(address(case), {"concern": "x"}).status_code == 404
    assert as_user(other).get(page(case)).status_code == 404
    Membership.objects.filter(user=sade).update(ended_at=hub_now())
    assert as_user(sade).post(address(case), {"concern": "x"}).status_code == 404
    assert notes_of(case) == []


def test_a_lead_here_who_is_an_officer_there_reads_no_notes_there(
    case: Enquiry, hampshire: Council, sade: User, as_user: AsUser
) -> None:
    Membership.objects.create(user=sade, council=hampshire, role=Role.OFFICER)
    there = factories.enquiry(hampshire, name="Hana")
    lead_there = access_of(factories.user("Lena", hampshire, Role.SAFEGUARDING))
    write_safeguarding_note(there, CANARY, by=lead_there)
    answer = as_user(sade).get(page(there))
    assert answer.status_code == 200
    assert CANARY not in answer.content.decode()
    with pytest.raises(RoleRefused):
        write_safeguarding_note(there, "x", by=access_of(sade))


def test_a_leads_look_is_on_no_timeline_and_leaves_the_case_unopened(
    case: Enquiry, sade: User, cast: Cast, as_user: AsUser
) -> None:
    as_user(sade).get(page(case))
    with as_council(case.council_id):
        assert Event.objects.filter(subject_id=case.pk, verb="enquiry.seen", by=sade).count() == 1
        assert "Opened for the first time" not in [entry.what for entry in timeline(case)]
        case.refresh_from_db()
    assert case.first_seen_at is None
    as_user(cast.kate).get(page(case))
    with as_council(case.council_id):
        first = next(entry for entry in timeline(case) if entry.what == "Opened for the first time")
    assert first.who == "Kate"


@pytest.mark.parametrize("name", ["index", "enquiries_enquiry_changelist", "enquiries_enquiry_todos", "guide"])
def test_a_lead_opens_the_pages_that_are_there_for_looking(
    case: Enquiry, sade: User, as_user: AsUser, name: str
) -> None:
    answer = as_user(sade).get(reverse(f"admin:{name}"))
    assert answer.status_code == 200
    navigation = answer.content.decode().split('aria-label="Main"')[1].split("</nav>")[0]
    assert ">Enquiries</a>" in navigation
    assert ">Write down an enquiry</a>" not in navigation


def test_a_lead_changes_nothing_else(case: Enquiry, sade: User, as_user: AsUser) -> None:
    client = as_user(sade)
    for name in ("claim", "note", "attempt", "step"):
        answer = client.post(reverse(f"admin:enquiries_enquiry_{name}", args=[case.pk]), NOT_A_SLIP)
        assert answer.status_code == 409, name
        assert "Your role does not allow this." in answer.content.decode()
    with as_council(case.council_id):
        case.refresh_from_db()
    assert (case.state, case.owner_id, case.version) == ("new", None, 1)


NOT_A_SLIP = {"text": "x", "way": "call", "outcome": "reached", "step": "apply"}


def test_who_wrote_and_who_read_is_written_down_without_a_word_of_it(
    case: Enquiry, sade: User, as_user: AsUser
) -> None:
    as_user(sade).get(page(case))
    as_user(sade).post(address(case), {"concern": CANARY})
    as_user(sade).get(page(case))
    with as_council(case.council_id):
        events = list(Event.objects.filter(verb__startswith="enquiry.safeguarding").order_by("at", "verb"))
    assert [event.verb for event in events] == ["enquiry.safeguarding_noted", "enquiry.safeguarding_read"]
    assert {event.by_id for event in events} == {sade.pk}
    assert not any("pangolin" in str(event.facts) for event in events)


def test_the_events_are_on_no_timeline_not_even_the_leads(case: Enquiry, lead: Access) -> None:
    with as_council(case.council_id):
        before = [entry.what for entry in timeline(case)]
        write_safeguarding_note(case, CANARY, by=lead)
        assert [entry.what for entry in timeline(case)] == before


def test_a_note_neither_ends_a_silence_nor_makes_anybodys_page_stale(
    case: Enquiry, lead: Access, move_clock: Callable[..., None]
) -> None:
    now = hub_now() + timedelta(days=30)
    move_clock(now)
    with as_council(case.council_id):
        stuck = SPECIAL_FILTERS[SpecialFilter.STUCK](Enquiry.objects.all(), now)
        assert stuck.count() == 1
        write_safeguarding_note(case, CANARY, by=lead)
        assert stuck.count() == 1
        before = case.version
        case.refresh_from_db()
    assert case.version == before


def test_a_note_is_not_found_and_goes_into_no_message(case: Enquiry, lead: Access, cast: Cast, as_user: AsUser) -> None:
    write_safeguarding_note(case, CANARY, by=lead)
    found = as_user(cast.kate).post(reverse("admin:enquiries_enquiry_changelist"), {"typed": "pangolin"})
    assert found.context["rows"] == []
    with as_council(case.council_id):
        actions.take_step(case, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=access_of(cast.kate))
    actions.run_due()
    with as_council(case.council_id):
        messages = list(Message.objects.all())
    assert messages
    assert not any(
        "pangolin" in f"{message.subject}{message.text}{bytes(message.mime or b'')!r}" for message in messages
    )


def test_notes_go_on_with_the_case_into_which_theirs_was_merged(
    case: Enquiry, kent: Council, sade: User, lead: Access, as_user: AsUser
) -> None:
    middle, kept = (
        factories.enquiry(kent, name="Mid", email="mid@example.org"),
        factories.enquiry(kent, name="Kept", email="kept@example.org"),
    )
    write_safeguarding_note(case, CANARY, by=lead)
    with as_council(kent):
        Merge.objects.create(council=kent, kept=middle, merged=case)
        last = Merge.objects.create(council=kent, kept=kept, merged=middle)
    answer = as_user(sade).get(page(kept)).content.decode()
    assert CANARY in answer
    assert f"written on {case.reference}" in answer
    with as_council(kent):
        Merge.objects.filter(pk=last.pk).update(undone_at=hub_now())
    assert CANARY not in as_user(sade).get(page(kept)).content.decode()


def test_the_panel_costs_who_has_no_use_for_it_no_query(case: Enquiry, cast: Cast, sade: User, as_user: AsUser) -> None:
    costs = {}
    for user in (cast.kate, sade):
        client = as_user(user)
        client.get(page(case))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(page(case))
        costs[user.name] = sum("safeguarding" in query["sql"] for query in queries)
    assert costs == {"Kate": 0, "Sade": 1}
