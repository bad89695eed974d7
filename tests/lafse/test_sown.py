"""What stands in a hub that was sown: filled once for all tests of this file, which read it and change nothing."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import connection

from councils.clock import hub_now
from councils.models import Council, Event, Hub, Membership, ToDo, User
from councils.models.todos import ToDoKind
from councils.routing import route
from councils.tenancy import across
from enquiries.answers import Answers
from enquiries.handover_states import HandoverState, Side
from enquiries.models import ContactAttempt, Enquiry, Handover, Merge, SearchKey, Submission, Suggestion
from enquiries.search import keys
from enquiries.states import Kind, Outcome, RouteChoice, State
from lafse.demo.seed import fill
from lafse.demo.seed.names import FIRST_NAMES, SURNAMES

ENOUGH = 600
TUESDAY = datetime.fromisoformat("2026-11-24T10:00:00+00:00")


@pytest.fixture(scope="module")
def filled(module_db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO testing.clock VALUES (%s)", [TUESDAY])
    fill(enquiries=ENOUGH, seed=7)


@pytest.fixture
def councils(filled: None, lafse: Hub) -> list[Council]:
    return list(lafse.councils.all())


@pytest.fixture(autouse=True)
def sown(councils: list[Council]) -> Iterator[None]:
    with across(councils, reason="test"):
        yield


def test_as_many_as_were_asked_for_and_three_in_a_hundred_are_open() -> None:
    assert Enquiry.objects.count() == ENOUGH
    assert Enquiry.objects.open().count() == ENOUGH * 3 // 100


def test_every_state_and_every_type_occurs() -> None:
    assert set(Enquiry.objects.values_list("state", flat=True)) == set(State.values)
    assert set(Enquiry.objects.values_list("kind", flat=True)) == set(Kind.values)


def test_nobody_in_it_is_real() -> None:
    for case in Enquiry.objects.all():
        first_name, surname = case.name.split()
        assert first_name in FIRST_NAMES and surname in SURNAMES
        assert case.email.endswith("@example.org")
        assert case.phone == "" or re.fullmatch(r"\+447700900\d{3}", case.phone)
    assert all(user.email.endswith("@example.org") for user in User.objects.all())


def test_the_council_is_the_one_that_the_postcode_gives(office: Council) -> None:
    for case in Enquiry.objects.exclude(postcode=""):
        found = route(case.postcode)
        assert (case.route_outcome, case.route_reason, case.route_release) == (
            found.outcome,
            found.reason,
            found.release,
        )
        if case.route_choice == RouteChoice.ROUTED:
            assert case.council_id == found.council_id
        if case.route_choice in (RouteChoice.OUTSIDE, RouteChoice.NO_POSTCODE):
            assert case.council_id == office.pk


def test_bigger_councils_have_more(councils: list[Council]) -> None:
    counted = Counter(Enquiry.objects.values_list("council__slug", flat=True))
    assert len(counted) == len(councils)
    assert counted["kent"] > 3 * counted["reading"] > 0


def test_what_was_sent_reads_as_the_form_would_have_stored_it() -> None:
    for case in Enquiry.objects.all():
        submission = Submission.objects.get(enquiry=case)
        answers = Answers.from_json(submission.answers)
        assert answers.digest() == submission.digest
        assert answers.to_json().keys() == submission.answers.keys()
        assert (answers.name, answers.email, answers.council_id) == (case.name, case.email, case.council_id)


def test_each_is_found_by_the_same_keys_as_any_other() -> None:
    for case in Enquiry.objects.filter(earlier_references=[]):
        found = set(SearchKey.objects.filter(enquiry=case).values_list("kind", "key"))
        assert found == keys(
            reference=case.reference,
            name=f"{case.name} {case.second_adult}",
            email=case.email,
            phone=case.phone,
            postcode=case.postcode,
        )


def test_promises_are_kept_in_time_kept_late_and_missed() -> None:
    kept = [case for case in Enquiry.objects.all() if case.promise_kept_at]
    late = [case for case in kept if case.promise_kept_at and case.promise_kept_at > case.promise_due_at]
    assert 0.03 < len(late) / len(kept) < 0.2
    assert Enquiry.objects.awaiting_first_contact().filter(promise_due_at__lt=hub_now()).exists()
    assert Enquiry.objects.awaiting_first_contact().filter(promise_due_at__gt=hub_now()).exists()
    missed = set(Event.objects.filter(verb="enquiry.promise_missed").values_list("subject_id", flat=True))
    assert {case.pk for case in late} <= missed


def test_the_attempt_that_kept_the_promise_is_there_and_in_the_way_asked() -> None:
    for case in Enquiry.objects.exclude(promise_kept_at=None).filter(earlier_references=[]):
        first = ContactAttempt.objects.filter(enquiry=case).order_by("at").first()
        assert first is not None
        assert (first.at, first.way) == (case.promise_kept_at, case.way)
        assert first.outcome != Outcome.VOICEMAIL or case.voicemail_ok


def test_nothing_has_happened_before_it_came_or_after_today() -> None:
    now = hub_now()
    for case in Enquiry.objects.all():
        times = list(Event.objects.filter(subject_id=case.pk).values_list("at", flat=True))
        assert case.created_at <= min(times) and max(times) <= now
        assert case.state_changed_at <= now
        assert case.closed_at is None or case.created_at < case.closed_at <= now


def test_owners_work_in_the_council_whose_case_they_have() -> None:
    at_work = set(Membership.objects.current().values_list("user", "council"))
    owned = set(Enquiry.objects.exclude(owner=None).values_list("owner", "council"))
    assert owned <= at_work
    assert Enquiry.objects.open().filter(owner=None).exists()


def test_a_handover_is_two_rows_and_the_second_case_goes_on_in_the_journey() -> None:
    accepted = Handover.objects.filter(state=HandoverState.ACCEPTED)
    for sent in accepted.filter(side=Side.SENT).select_related("enquiry"):
        received = accepted.select_related("enquiry").get(side=Side.RECEIVED, pair_id=sent.pair_id)
        old, new = sent.enquiry, received.enquiry
        assert old and new and old.state == State.PASSED_ON
        assert (sent.other_id, received.other_id) == (new.council_id, old.council_id)
        assert old.journey_id == new.journey_id and old.household_id == new.household_id
        assert new.earlier_references == [old.reference]
        assert old in Enquiry.objects.matching(old.reference) and new in Enquiry.objects.matching(old.reference)
        assert new.created_at == old.closed_at
    assert accepted.exists()
    waiting = Handover.objects.filter(state=HandoverState.OFFERED, side=Side.SENT)
    assert waiting.exists() and all(row.enquiry and row.enquiry.is_open for row in waiting.select_related("enquiry"))


def test_duplicates_are_joined_and_some_wait_to_be_looked_at() -> None:
    for merge in Merge.objects.select_related("kept", "merged"):
        assert merge.merged.state == State.DUPLICATE and merge.merged.merged_into_id == merge.kept.pk
        assert merge.merged.reference in merge.kept.earlier_references
    assert Merge.objects.exists()
    for suggestion in Suggestion.objects.filter(state="open").select_related("enquiry", "other"):
        assert suggestion.enquiry.postcode == suggestion.other.postcode
        assert suggestion.enquiry.name.split()[-1] == suggestion.other.name.split()[-1]
        assert ToDo.objects.filter(kind=ToDoKind.MAYBE_DUPLICATE, subject_id=suggestion.enquiry_id).exists()
    assert Suggestion.objects.filter(state="open").exists()


def test_some_households_are_known_in_two_councils() -> None:
    homes = Counter(
        household
        for household, _, _ in set(
            Enquiry.objects.exclude(state=State.PASSED_ON).values_list("household_id", "council", "journey_id")
        )
    )
    assert any(count > 1 for count in homes.values())


@pytest.mark.parametrize(
    "kind", [ToDoKind.CAME_DIRECT, ToDoKind.RING_INSTEAD, ToDoKind.REPLIED, ToDoKind.WAKE_UP, ToDoKind.RECORDS_DUE]
)
def test_there_is_work_of_every_sort(kind: ToDoKind) -> None:
    assert ToDo.objects.filter(kind=kind, done_at=None).exists()
    assert Enquiry.objects.in_quarantine().exists()
