"""Invented enquiries by the thousand: plausible, repeatable, and quiet."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings

from councils.access import access_of
from councils.models import Council, Hub
from councils.tenancy import Tenancy, across, as_council
from councils.tenancy.lists import models_on
from dashboards.models import ToFold
from dashboards.tables import as_of
from enquiries import tasks
from enquiries.actions import log_attempt, take_step
from enquiries.actions.merging import undo_merge
from enquiries.models import Enquiry, Import, Merge
from enquiries.states import Outcome, State, Step, Way
from lafse.demo.seed import AlreadySown, Past, fill
from lafse.demo.seed.names import SURNAMES
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


def digest() -> str:
    """Of every row of every council-owned table, but of what waits for the folder: the database's own keys."""
    sums = []
    with connection.cursor() as cursor:
        for table in sorted(model._meta.db_table for model in set(models_on(Tenancy.COUNCIL)) - {ToFold}):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, '' ORDER BY t.id), '') FROM {table} t")  # noqa: S608  # our own tables
            sums.append(cursor.fetchone()[0])
    return hashlib.sha256("".join(sums).encode()).hexdigest()


def digest_of_a_fill(councils: list[Council], *, seed: int, past: Past) -> str:
    with transaction.atomic():
        fill(enquiries=300, seed=seed, past=past)
        with across(councils, reason="test"):
            found = digest()
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("years", [0, 3])
def test_the_same_seed_gives_the_same_rows(councils: list[Council], years: int) -> None:
    fill(enquiries=1, seed=1)  # brings the officers, who are the same people from then on
    first, again, other = (digest_of_a_fill(councils, seed=seed, past=Past(years)) for seed in (5, 5, 6))
    assert first == again != other


def test_there_are_enough_surnames() -> None:
    assert len(set(SURNAMES)) >= 300


def test_a_joined_case_can_be_separated_again(councils: list[Council], tuesday: datetime) -> None:
    fill(enquiries=ENOUGH, seed=7)
    with across(councils, reason="test"):
        merges = Merge.objects.select_related("kept__owner", "merged")
        row = next(merge for merge in merges if merge.kept.is_open)
        assert row.kept.owner
    other = undo_merge(row, by=access_of(row.kept.owner))
    assert (other.state, other.merged_into, other.closed_at) == (State.NEW, None, None)
    assert other.next_due_at == row.merged.promise_due_at


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
    call_command("seed_demo", enquiries=5, years=2, stdout=said)
    assert said.getvalue().startswith("5 enquiries from seed 1 in ")
    assert "Their figures in " in said.getvalue() and as_of(kent.hub_id)
    with pytest.raises(CommandError, match="another with --seed"):
        call_command("seed_demo", enquiries=5)
    with pytest.raises(CommandError, match="up to"):
        call_command("seed_demo", enquiries=5, seed=2, years=70)


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
