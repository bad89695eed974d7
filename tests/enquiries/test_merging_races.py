"""Merging against everything else that may happen at the same moment: real transactions, each on a thread of its own.
Each race has a control that shows it with the lock switched off."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, connection

from councils.access import access_of
from councils.doors import find_door
from councils.models import Council, Door, ToDo, User
from councils.models.doors import DoorPurpose
from councils.models.todos import ToDoKind
from councils.refusals import Refused
from councils.roles import Role
from councils.tenancy import as_council
from enquiries import same_case
from enquiries.actions import claim, incoming, merging
from enquiries.actions.changing import locked
from enquiries.actions.incoming import receive
from enquiries.actions.merging import merge
from enquiries.links import links_of
from enquiries.models import Enquiry
from outbox.incoming import parse
from tests import factories

ROUNDS = 5
LETTER = b"From: two@example.org\nMessage-ID: <1@example.org>\n\nText"


@dataclass(frozen=True)
class Two:
    """Two open cases of Kent, and two who work there."""

    one: Enquiry
    other: Enquiry
    kate: User
    mina: User

    def join(self, kept: Enquiry, merged: Enquiry) -> None:
        with as_council(kept.council_id):
            merge(kept=kept, merged=merged, by=access_of(self.mina))

    def read(self) -> tuple[Enquiry, Enquiry]:
        with as_council(self.one.council_id):
            found = Enquiry.objects.in_bulk([self.one.pk, self.other.pk])
        return found[self.one.pk], found[self.other.pk]


@pytest.fixture
def kent(committed_db: None) -> Council:
    return Council.objects.get(slug="kent")


@pytest.fixture
def rounds(kent: Council) -> Iterator[Two]:
    kate, mina = factories.user("Kate", kent, Role.OFFICER), factories.user("Mina", kent, Role.MANAGER)
    return (
        Two(
            factories.enquiry(kent, email=f"one{number}@example.org"),
            factories.enquiry(kent, email=f"two{number}@example.org"),
            kate,
            mina,
        )
        for number in range(ROUNDS)
    )


def at_once(*things: Callable[[], object]) -> list[Exception]:
    """What each raised, of what a person could be told, and of what they could not."""
    gate = threading.Barrier(len(things))
    raised: list[Exception] = []

    def run(thing: Callable[[], object]) -> None:
        try:
            gate.wait()
            thing()
        except (Refused, OperationalError) as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[thing]) for thing in things]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_two_merges_that_cross_each_other_make_one_and_never_a_circle(rounds: Iterator[Two]) -> None:
    for two in rounds:
        raised = at_once(partial(two.join, two.one, two.other), partial(two.join, two.other, two.one))
        assert [type(each) for each in raised] == [Refused]
        assert "already" in str(raised[0])
        assert sum(case.merged_into_id is not None for case in two.read()) == 1


def test_the_control_without_the_lock_both_decide_and_stand_in_each_others_way(
    rounds: Iterator[Two], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both look before either has written, and each finds the other free."""
    gate, real = threading.Barrier(2), same_case.why_not

    def looked(*sides: Any) -> str:
        why = real(*sides)
        gate.wait(timeout=10)
        return why

    monkeypatch.setattr(merging, "why_not", looked)
    monkeypatch.setattr(type(Enquiry.objects.all()), "select_for_update", lambda self, **_: self)
    two = next(rounds)
    raised = at_once(partial(two.join, two.one, two.other), partial(two.join, two.other, two.one))
    in_a_circle = all(case.merged_into_id for case in two.read())
    assert [type(each) for each in raised] == [OperationalError] or (not raised and in_a_circle), (
        "a deadlock where a sentence should stand, or each merged into the other"
    )


def test_a_merge_against_a_claim_leaves_the_claim_in_the_kept_case_or_refuses_it(rounds: Iterator[Two]) -> None:
    for two in rounds:
        raised = at_once(partial(two.join, two.one, two.other), partial(claim, two.other, by=access_of(two.kate)))
        kept, merged = two.read()
        assert merged.merged_into_id == kept.pk
        assert (kept.owner == two.kate) != bool(raised)


def test_the_control_without_the_lock_a_claim_is_lost(rounds: Iterator[Two], monkeypatch: pytest.MonkeyPatch) -> None:
    """The merge has read the case; the colleague is told that it is theirs; the kept case knows nothing of it."""
    two, real = next(rounds), same_case.together

    def claimed_meanwhile(*sides: Any) -> Any:
        if not (raised := at_once(partial(claim, two.other, by=access_of(two.kate)))):
            return real(*sides)
        raise raised[0]

    monkeypatch.setattr(merging, "together", claimed_meanwhile)
    monkeypatch.setattr(type(Enquiry.objects.all()), "select_for_update", lambda self, **_: self)
    two.join(two.one, two.other)
    kept, merged = two.read()
    assert (kept.owner, merged.owner) == (None, two.kate)


def test_a_reply_at_the_moment_of_a_merge_is_work_in_the_kept_case(rounds: Iterator[Two], kent: Council) -> None:
    for number, two in enumerate(rounds):
        with as_council(kent):
            address = links_of(two.other).reply_to
        letter = parse(LETTER.replace(b"1@", b"%d@" % number))
        assert at_once(partial(two.join, two.one, two.other), partial(receive, letter, to=address)) == []
        with as_council(kent):
            todo = ToDo.objects.get(kind=ToDoKind.REPLIED, done_at=None, subject_id__in=[two.one.pk, two.other.pk])
            assert todo.subject_id == two.one.pk, "whoever came first"


@pytest.mark.parametrize("going_on", [True, False])
def test_who_came_through_the_door_before_the_merge_looks_again_and_the_control_does_not(
    rounds: Iterator[Two], kent: Council, monkeypatch: pytest.MonkeyPatch, going_on: bool
) -> None:
    two, real = next(rounds), find_door
    with as_council(kent):
        address = links_of(two.other).reply_to

    def merged_meanwhile(token: str, purpose: DoorPurpose) -> Door | None:
        door = real(token, purpose)
        two.join(two.one, two.other)
        return door

    monkeypatch.setattr(incoming, "find_door", merged_meanwhile)
    if not going_on:
        monkeypatch.setattr(incoming, "locked_going_on", locked)
    receive(parse(LETTER), to=address)
    with as_council(kent):
        found = ToDo.objects.get(kind=ToDoKind.REPLIED, done_at=None).subject_id
    assert found == (two.one.pk if going_on else two.other.pk)
