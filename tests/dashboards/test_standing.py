"""What committed stays counted: erased, kept long enough, cut off in the middle, folded by two at once."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, User
from councils.models.rights import ErasureCause
from councils.roles import Role
from councils.tenancy import across, as_council
from councils.working_time import in_london
from dashboards.actions import folding
from dashboards.actions.folding import fold_batch, fold_hub, lock
from dashboards.actions.helping import packed
from dashboards.actions.rebuilding import Busy, differences, keep_up, rebuild, rebuild_by_two, write_elsewhere
from dashboards.actions.writing import write_difference
from dashboards.models import Cell, Folded, Journey, ToFold
from enquiries import actions
from enquiries.actions import wishing
from enquiries.actions.merging import merge
from enquiries.actions.retaining import ask_for_erasure
from enquiries.actions.rights import request_erasure
from enquiries.answers import Wished
from enquiries.models import Enquiry, Wish
from enquiries.rights.erasing import erase_pending
from enquiries.states import CloseReason, Outcome, Step, TalkAbout, Way
from tests import factories
from tests.dashboards.made_up import MadeUp
from tests.dashboards.naive import Key, recount
from tests.dashboards.test_recount import standing
from tests.dying import die, killed
from tests.keeping.lives import ended
from tests.rights.figures import settle_mail
from tests.rights.test_erase_command import address, pending

AT = ("council_id", "grain", "on", "figure", "split", "value")


@pytest.fixture
def kent(committed_db: None) -> Iterator[Council]:
    yield Council.objects.select_related("hub").get(slug="kent")
    connections["eraser"].close()
    Path(settings.ERASURE_LEDGER).unlink(missing_ok=True)


@pytest.fixture
def mina(kent: Council) -> User:
    return factories.user("Mina", kent, Role.MANAGER)


def folded(council: Council) -> Counter[Key]:
    fold_hub(council.hub)
    return standing(council.hub)


def worked_on(kent: Council, mina: User) -> list[Enquiry]:
    """Closed in the end: erasing one that is open ends it, and that is a figure."""
    by, cases = access_of(mina), [factories.enquiry(kent) for _ in range(3)]
    for case in cases:
        actions.log_attempt(case, way=Way.CALL, outcome=Outcome.REACHED, by=by)
        wishing.wish(case, Wished(about=(TalkAbout.MONEY, TalkAbout.SINGLE)), by=None)
    merge(kept=cases[0], merged=factories.enquiry(kent), by=by)
    for case in cases:
        actions.take_step(case, Step.WITHDRAW, reason=CloseReason.HEALTH, by=by)
    settle_mail(kent)
    return cases


@pytest.mark.parametrize("folded_first", [True, False])
def test_who_is_erased_stays_counted_to_the_digit(kent: Council, mina: User, folded_first: bool) -> None:
    """What they wished to ask as well; also where the folder has not been by before."""
    cases = worked_on(kent, mina)
    should = recount(kent.hub)
    if folded_first:
        assert folded(kent) == should
    for case in cases[:2]:
        request_erasure(case, cause=ErasureCause.ASKED, by=access_of(mina))
    assert erase_pending() == 3, "and the one that was joined with the first"
    with as_council(kent):
        assert Wish.objects.count() == 1
    assert folded(kent) == should
    assert differences(kent.hub) == []
    rebuild(kent.hub, slices=4)
    assert standing(kent.hub) == should


def test_the_process_that_erases_by_itself_counts_first(kent: Council, mina: User) -> None:
    """Nobody has folded, and it has the log-ins that it is started with."""
    cases = worked_on(kent, mina)
    should = recount(kent.hub)
    request_erasure(cases[1], cause=ErasureCause.ASKED, by=access_of(mina))
    done = pending(DATABASE_URL=address("default"), DATABASE_ERASER_URL=address("eraser"))
    assert done.stdout == "1 erased.\n", done.stderr
    assert folded(kent) == should


def test_what_was_kept_long_enough_stays_counted(kent: Council) -> None:
    ended(kent)
    settle_mail(kent)
    with as_council(kent):
        ToFold.objects.create(council=kent, kind="journey", key=Enquiry.objects.get().journey_id)
    before = folded(kent)
    assert ask_for_erasure(kent, today=in_london(hub_now()).date() + timedelta(days=4000)).asked == 1
    assert erase_pending() == 1
    assert folded(kent) == before == recount(kent.hub)
    assert differences(kent.hub) == []


@pytest.mark.parametrize("at", ["write_difference", "retell", "households_of"])
def test_a_folder_that_dies_loses_nothing_and_counts_nothing_twice(
    kent: Council, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    for _ in range(2):
        factories.enquiry(kent)
    hub, real = kent.hub, getattr(folding, at)

    def work_and_die(*given: object, **named: object) -> None:
        real(*given, **named)
        die()

    def arm() -> None:
        setattr(folding, at, work_and_die)

    assert killed(lambda: fold_hub(hub), arm)
    assert standing(hub) == Counter()
    assert folded(kent) == recount(hub)
    assert sum(folded(kent).values()) > 0


@contextmanager
def somebody_else(do: Callable[[], object], *, in_vain: bool = True) -> Iterator[None]:
    """Has done it on another connection, and has not committed yet; and in the end does not, or does."""
    done, go = threading.Event(), threading.Event()

    def work() -> None:
        with across(Council.objects.values_list("pk", flat=True), reason="test"):
            do()
            done.set()
            go.wait(20)
            transaction.set_rollback(in_vain)
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        assert done.wait(20)
        yield
    finally:
        go.set()
        thread.join()


def beside(do: Callable[[], object]) -> threading.Thread:
    """Begun at once, on a connection of its own."""

    def work() -> None:
        do()
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_nobody_who_submits_waits_for_a_count(kent: Council) -> None:
    """A folder in the middle of its batch: its lock, and rows of counts that are locked until it commits."""
    hub = kent.hub
    factories.enquiry(kent)
    fold_hub(hub)
    first = factories.enquiry(kent)
    with somebody_else(lambda: fold_batch(hub)):
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        again = factories.enquiry(kent)
        actions.claim(first, by=access_of(factories.user("Kate", kent, Role.OFFICER)))
        assert fold_hub(hub) == 0, "one folder at a time"
    assert again.pk != first.pk
    assert folded(kent) == recount(hub)


def test_two_processes_make_the_same_counts_and_cut_off_they_are_made_anew(kent: Council) -> None:
    hub, hampshire = kent.hub, Council.objects.get(slug="hampshire")
    for council in (kent, hampshire) * 4:
        factories.enquiry(council)
    assert rebuild_by_two(hub, slices=4) == 8
    assert folded(kent) == recount(hub)
    factories.enquiry(kent)

    def dies(done: int, of: int) -> None:
        raise InterruptedError(f"after {done} of {of}")

    with pytest.raises(InterruptedError):
        rebuild_by_two(hub, slices=4, progress=dies)
    keep_up(hub)
    assert folded(kent) == recount(hub)
    assert differences(hub) == []


def test_what_is_begun_anew_waits_for_the_helper_of_one_who_died(kent: Council) -> None:
    """What that helper still writes would be counted twice."""
    hub = kent.hub
    factories.enquiry(kent)
    factories.enquiry(Council.objects.get(slug="hampshire"))
    assert rebuild_by_two(hub, slices=4) == 2
    with across(theirs := sorted(hub.councils.values_list("pk", flat=True))[1::2], reason="test"):
        counts = Counter({tuple(at): n for *at, n in Cell.objects.values_list(*AT, "n")})
    assert counts and theirs
    Folded.objects.filter(hub=hub).update(rules="")
    with somebody_else(lambda: write_elsewhere(hub.pk, [packed(counts)]), in_vain=False):
        anew = beside(lambda: keep_up(hub))
        anew.join(0.5)
        assert anew.is_alive()
    anew.join()
    with pytest.raises(Busy, match="somebody else"):
        write_elsewhere(hub.pk, [packed(counts)])
    assert folded(kent) == recount(hub)


@pytest.mark.parametrize("code", ['a"b', "a\\b", "a,b", "{a}", "NULL", "a'b", " ", "%s", "ü–"])
def test_whatever_a_code_is_made_of_is_written_and_counted_as_it_stands(kent: Council, code: str) -> None:
    told = replace(MadeUp([kent]).journey(), counts=True, code_first=code, about=(code,))
    with as_council(kent.pk):
        write_difference(kent.hub_id, [], [told])
        (journey,) = Journey.objects.all()
        assert (journey.code_first, journey.about) == (code, [code])
        assert Cell.objects.get(figure="enquiries", split="code").value == code
        write_difference(kent.hub_id, [told], [])
        assert not Journey.objects.exists() and not Cell.objects.exists()


def test_two_folders_and_a_rebuild_side_by_side_count_once(kent: Council) -> None:
    hub = kent.hub
    for _ in range(4):
        factories.enquiry(kent)
    with somebody_else(lambda: lock(hub)):
        assert fold_hub(hub) == 0
        with pytest.raises(Busy, match="just now"):
            rebuild(hub)
        with pytest.raises(Busy):
            differences(hub)

    for thread in [beside(lambda: fold_hub(hub)) for _ in range(2)]:
        thread.join()
    assert folded(kent) == recount(hub)
    with across(Council.objects.values_list("pk", flat=True), reason="test"):
        assert Journey.objects.count() == 4
        assert not ToFold.objects.exists()
