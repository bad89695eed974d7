"""Invented enquiries by the thousand: plausible, repeatable, and quiet."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, Event, Hub, Membership, ToDo, User
from councils.models.todos import ToDoKind
from councils.routing import route
from councils.tenancy import Tenancy, across, as_council
from councils.tenancy.lists import models_on
from enquiries import tasks
from enquiries.actions import log_attempt, take_step
from enquiries.actions.merging import undo_merge
from enquiries.answers import Answers
from enquiries.handover_states import HandoverState, Side
from enquiries.models import ContactAttempt, Enquiry, Handover, Import, Merge, SearchKey, Submission, Suggestion
from enquiries.search import keys
from enquiries.states import Kind, Outcome, RouteChoice, State, Step, Way
from lafse.demo.seed import AlreadySown, fill
from lafse.demo.seed.names import FIRST_NAMES, SURNAMES
from lafse.verification import verify
from outbox.models import Message
from tests import factories

ENOUGH = 600


@pytest.fixture
def councils(lafse: Hub) -> list[Council]:
    return list(lafse.councils.all())


@pytest.fixture
def tuesday(move_clock: Callable[[datetime], None]) -> datetime:
    now = datetime.fromisoformat("2026-11-24T10:00:00+00:00")
    move_clock(now)
    return now


@pytest.fixture
def sown(councils: list[Council], tuesday: datetime) -> Iterator[None]:
    fill(enquiries=ENOUGH, seed=7)
    with across(councils, reason="test"):
        yield


def digest() -> str:
    """Of every row of every council-owned table."""
    sums = []
    with connection.cursor() as cursor:
        for table in sorted(model._meta.db_table for model in models_on(Tenancy.COUNCIL)):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, '' ORDER BY t.id), '') FROM {table} t")  # noqa: S608  # our own tables
            sums.append(cursor.fetchone()[0])
    return hashlib.sha256("".join(sums).encode()).hexdigest()


def digest_of_a_fill(councils: list[Council], *, enquiries: int, seed: int) -> str:
    with transaction.atomic():
        fill(enquiries=enquiries, seed=seed)
        with across(councils, reason="test"):
            found = digest()
        transaction.set_rollback(True)
    return found


def test_the_same_seed_gives_the_same_rows(councils: list[Council]) -> None:
    fill(enquiries=1, seed=1)  # brings the officers, who are the same people from then on
    first, again, other = (digest_of_a_fill(councils, enquiries=400, seed=seed) for seed in (5, 5, 6))
    assert first == again != other


@pytest.mark.usefixtures("sown")
def test_as_many_as_were_asked_for_and_three_in_a_hundred_are_open() -> None:
    assert Enquiry.objects.count() == ENOUGH
    assert Enquiry.objects.open().count() == ENOUGH * 3 // 100


@pytest.mark.usefixtures("sown")
def test_every_state_and_every_type_occurs() -> None:
    assert set(Enquiry.objects.values_list("state", flat=True)) == set(State.values)
    assert set(Enquiry.objects.values_list("kind", flat=True)) == set(Kind.values)


@pytest.mark.usefixtures("sown")
def test_nobody_in_it_is_real() -> None:
    for case in Enquiry.objects.all():
        first_name, surname = case.name.split()
        assert first_name in FIRST_NAMES and surname in SURNAMES
        assert case.email.endswith("@example.org")
        assert case.phone == "" or re.fullmatch(r"\+447700900\d{3}", case.phone)
    assert all(user.email.endswith("@example.org") for user in User.objects.all())


def test_there_are_enough_surnames() -> None:
    assert len(set(SURNAMES)) >= 300


@pytest.mark.usefixtures("sown")
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


@pytest.mark.usefixtures("sown")
def test_bigger_councils_have_more(councils: list[Council]) -> None:
    counted = Counter(Enquiry.objects.values_list("council__slug", flat=True))
    assert len(counted) == len(councils)
    assert counted["kent"] > 3 * counted["reading"] > 0


@pytest.mark.usefixtures("sown")
def test_what_was_sent_reads_as_the_form_would_have_stored_it() -> None:
    for case in Enquiry.objects.all():
        submission = Submission.objects.get(enquiry=case)
        answers = Answers.from_json(submission.answers)
        assert answers.digest() == submission.digest
        assert answers.to_json().keys() == submission.answers.keys()
        assert (answers.name, answers.email, answers.council_id) == (case.name, case.email, case.council_id)


@pytest.mark.usefixtures("sown")
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


@pytest.mark.usefixtures("sown")
def test_promises_are_kept_in_time_kept_late_and_missed() -> None:
    kept = [case for case in Enquiry.objects.all() if case.promise_kept_at]
    late = [case for case in kept if case.promise_kept_at and case.promise_kept_at > case.promise_due_at]
    assert 0.03 < len(late) / len(kept) < 0.2
    assert Enquiry.objects.awaiting_first_contact().filter(promise_due_at__lt=hub_now()).exists()
    assert Enquiry.objects.awaiting_first_contact().filter(promise_due_at__gt=hub_now()).exists()
    missed = set(Event.objects.filter(verb="enquiry.promise_missed").values_list("subject_id", flat=True))
    assert {case.pk for case in late} <= missed


@pytest.mark.usefixtures("sown")
def test_the_attempt_that_kept_the_promise_is_there_and_in_the_way_asked() -> None:
    for case in Enquiry.objects.exclude(promise_kept_at=None).filter(earlier_references=[]):
        first = ContactAttempt.objects.filter(enquiry=case).order_by("at").first()
        assert first is not None
        assert (first.at, first.way) == (case.promise_kept_at, case.way)
        assert first.outcome != Outcome.VOICEMAIL or case.voicemail_ok


@pytest.mark.usefixtures("sown")
def test_nothing_has_happened_before_it_came_or_after_today() -> None:
    now = hub_now()
    for case in Enquiry.objects.all():
        times = list(Event.objects.filter(subject_id=case.pk).values_list("at", flat=True))
        assert case.created_at <= min(times) and max(times) <= now
        assert case.state_changed_at <= now
        assert case.closed_at is None or case.created_at < case.closed_at <= now


@pytest.mark.usefixtures("sown")
def test_owners_work_in_the_council_whose_case_they_have() -> None:
    at_work = set(Membership.objects.current().values_list("user", "council"))
    owned = set(Enquiry.objects.exclude(owner=None).values_list("owner", "council"))
    assert owned <= at_work
    assert Enquiry.objects.open().filter(owner=None).exists()


@pytest.mark.usefixtures("sown")
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


@pytest.mark.usefixtures("sown")
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


def test_a_joined_case_can_be_separated_again(councils: list[Council], tuesday: datetime) -> None:
    fill(enquiries=ENOUGH, seed=7)
    with across(councils, reason="test"):
        merges = Merge.objects.select_related("kept__owner", "merged")
        row = next(merge for merge in merges if merge.kept.is_open)
        assert row.kept.owner
    other = undo_merge(row, by=access_of(row.kept.owner))
    assert (other.state, other.merged_into, other.closed_at) == (State.NEW, None, None)
    assert other.next_due_at == row.merged.promise_due_at


@pytest.mark.usefixtures("sown")
def test_some_households_are_known_in_two_councils() -> None:
    homes = Counter(
        household
        for household, _, _ in set(
            Enquiry.objects.exclude(state=State.PASSED_ON).values_list("household_id", "council", "journey_id")
        )
    )
    assert any(count > 1 for count in homes.values())


@pytest.mark.usefixtures("sown")
@pytest.mark.parametrize(
    "kind", [ToDoKind.CAME_DIRECT, ToDoKind.RING_INSTEAD, ToDoKind.REPLIED, ToDoKind.WAKE_UP, ToDoKind.RECORDS_DUE]
)
def test_there_is_work_of_every_sort(kind: ToDoKind) -> None:
    assert ToDo.objects.filter(kind=kind, done_at=None).exists()
    assert Enquiry.objects.in_quarantine().exists()


def test_a_living_hub_finds_nothing_wrong_with_it(lafse: Hub) -> None:
    fill(enquiries=ENOUGH, seed=3)
    assert [finding for finding in verify() if not finding.holds] == []


def test_nothing_is_sent_because_of_it(
    councils: list[Council], tuesday: datetime, move_clock: Callable[[datetime], None]
) -> None:
    """The minute tasks look at all of it and write to no enquirer, and to staff only of promises that run out now."""
    fill(enquiries=ENOUGH, seed=7)
    for task in tasks.EACH_MINUTE:
        task()
    with across(councils, reason="test"):
        told = Message.objects.exclude(kind="digest")
        assert not told.exists()
        running = set(Enquiry.objects.filter(promise_kept_at=None, promise_due_at__gt=tuesday).values_list("pk"))
    move_clock(tuesday + timedelta(days=1))
    for task in tasks.EACH_MINUTE:
        task()
    with across(councils, reason="test"):
        assert not Message.objects.filter(to_staff=False).exists()
        told = Message.objects.exclude(kind="digest").exclude(subject_kind="handover")
        assert set(told.values_list("subject_id")) <= running


def test_what_a_colleague_does_with_a_case_goes_on_as_in_life(councils: list[Council], tuesday: datetime) -> None:
    fill(enquiries=ENOUGH, seed=7)
    with across(councils, reason="test"):
        case = Enquiry.objects.filter(state=State.IN_CONTACT).exclude(owner=None).select_related("owner").first()
        assert case and case.owner
    by = access_of(case.owner)
    log_attempt(case, way=Way.CALL, outcome=Outcome.REACHED, by=by)
    take_step(case, Step.BOOK_VISIT, visit_at=tuesday + timedelta(days=9), by=by)
    with across(councils, reason="test"):
        mails = Message.objects.filter(subject_id=case.pk, to_staff=False)
        kinds = {mail.kind for mail in mails}
    assert "visit_booked" in kinds and "confirmation" not in kinds


@pytest.mark.parametrize("debug", [True, False])
def test_a_hub_in_use_is_left_alone(debug: bool, kent: Council) -> None:
    factories.enquiry(kent, email="somebody@example.com" if debug else "erin@example.org")
    with override_settings(DEBUG=debug), pytest.raises(CommandError, match="yes-into-this-database"):
        call_command("seed_demo", enquiries=5)
    call_command("seed_demo", enquiries=5, yes_into_this_database=True, stdout=StringIO())
    with as_council(kent):
        assert Import.objects.count() == 0


@override_settings(DEBUG=True)
def test_beside_the_demonstration_it_needs_no_word(kent: Council) -> None:
    factories.enquiry(kent)
    said = StringIO()
    call_command("seed_demo", enquiries=5, stdout=said)
    assert said.getvalue().startswith("5 enquiries from seed 1 in ")
    with pytest.raises(CommandError, match="another with --seed"):
        call_command("seed_demo", enquiries=5)


def test_several_processes_sow_what_one_would(committed_db: None) -> None:
    councils = list(Council.objects.filter(hub__slug="lafse"))
    fill(enquiries=1, seed=1)
    day, many = date(2026, 11, 24), 2300
    with transaction.atomic():
        fill(enquiries=many, seed=9, as_of=day)
        alone = kept(councils)
        transaction.set_rollback(True)
    fill(enquiries=many, seed=9, as_of=day, processes=2)
    assert len(alone) == many + 1
    assert kept(councils) == alone


def kept(councils: list[Council]) -> list[object]:
    with across(councils, reason="test"):
        columns = ("pk", "council", "reference", "owner", "promise_due_at", "next_due_at")
        return list(Enquiry.objects.order_by("pk").values_list(*columns))


def test_a_seed_is_sown_once(lafse: Hub, office: Council) -> None:
    fill(enquiries=10, seed=2)
    with pytest.raises(AlreadySown):
        fill(enquiries=10, seed=2)
    with across([office], reason="test"):
        assert Import.objects.get().rows == 10
