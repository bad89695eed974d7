"""The verdict finds each loss. Without this a green table would mean nothing."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.faults.campaign import wrongs
from tests.faults.mail import Record
from tests.faults.verdict import Case, judge

WRITTEN = Case("1", "HAM-1", may_be_written_to=True, message="m1", state="sent", to_call=False)
CALLED = Case("2", "HAM-2", may_be_written_to=False, message=None, state=None, to_call=True)
RECEIVED = Counter({"m1": 1, "staff": 1})


def faults(
    *cases: Case,
    references: tuple[str, ...] = ("HAM-1", "HAM-2"),
    copies: Counter[str] = RECEIVED,
    stored: frozenset[str] = frozenset({"m1", "staff"}),
    allowed: int = 0,
) -> tuple[str, ...]:
    record = Record(copies, Counter())
    return judge(list(cases), references=references, record=record, stored=set(stored), allowed=allowed).faults


def test_everybody_written_to_or_to_be_called_is_well() -> None:
    assert faults(WRITTEN, CALLED) == ()


def test_an_acknowledged_reference_without_a_row_is_a_loss() -> None:
    assert faults(WRITTEN) == ("acknowledged and not stored: HAM-2",)


def test_a_confirmation_that_the_mail_server_has_not_is_a_loss() -> None:
    assert faults(WRITTEN, CALLED, copies=Counter({"staff": 1})) == ("neither written to nor to be called: HAM-1",)


def test_a_confirmation_that_nobody_wrote_down_as_sent_is_a_loss() -> None:
    assert faults(replace(WRITTEN, state="dead"), CALLED) == ("neither written to nor to be called: HAM-1",)


def test_an_address_that_does_not_work_is_well_where_somebody_calls() -> None:
    spared = replace(WRITTEN, state="suppressed")
    assert faults(replace(spared, to_call=True), CALLED, copies=Counter()) == ()
    assert faults(spared, CALLED, copies=Counter()) == ("neither written to nor to be called: HAM-1",)


def test_nobody_to_write_to_and_nobody_to_call_is_a_loss() -> None:
    assert faults(WRITTEN, replace(CALLED, to_call=False)) == ("neither written to nor to be called: HAM-2",)


def test_a_mail_of_what_was_rolled_back_is_a_fault() -> None:
    found = faults(WRITTEN, CALLED, copies=RECEIVED + Counter({"ghost": 1}))
    assert found == ("1 mails of what was never stored",)


@pytest.mark.parametrize(("allowed", "found"), [(0, ("1 surplus copies, 0 allowed",)), (1, ())])
def test_copies_are_counted_against_the_sends_in_flight(allowed: int, found: tuple[str, ...]) -> None:
    assert faults(WRITTEN, CALLED, copies=Counter({"m1": 2}), allowed=allowed) == found


@pytest.mark.parametrize(
    ("state", "copies", "found"),
    [
        ("sent", 1, ()),
        ("unknown", 1, ()),
        ("unknown", 0, ()),
        ("unknown", 2, ("1 people have more than one copy",)),
        ("sent", 0, ("1 copies are told as sent, and were never received",)),
        ("queued", 1, ("1 copies were received, and are not told as sent", "1 people are left over")),
    ],
)
def test_of_an_email_to_many_each_has_one_copy_or_is_parked(state: str, copies: int, found: tuple[str, ...]) -> None:
    assert tuple(wrongs({"m1": state}, Record(Counter({"m1": copies}), Counter()), dead=1)) == found


def test_no_more_are_parked_than_were_on_their_way() -> None:
    found = list(wrongs({"m1": "unknown", "m2": "unknown"}, Record(Counter(), Counter()), dead=1))
    assert found == ["2 are parked, 1 were on their way"]
