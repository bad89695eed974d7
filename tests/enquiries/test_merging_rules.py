"""Which two become one, who may say so, and how it is undone."""

from typing import Any

import pytest

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, Door, Event
from councils.refusals import Refused, RoleRefused
from councils.roles import Role
from councils.tenancy import across, as_council
from enquiries.actions import claim, log_attempt, take_step
from enquiries.actions.merging import merge
from enquiries.actions.status import ask_to_stop
from enquiries.merged import merged_into, side_of
from enquiries.models import Enquiry, Suggestion
from enquiries.same_case import is_kept, together, why_not
from enquiries.states import CloseReason, Outcome, State, Step, Way
from tests import factories
from tests.conftest import Cast
from tests.enquiries.handing import passed_on
from tests.enquiries.two_cases import MONDAY, join, newer, now, older, undo

__all__ = ["newer", "older"]


def state_of(case: Enquiry) -> dict[str, Any]:
    shown = dict(vars(now(case)))
    return {name: value for name, value in shown.items() if name not in ("_state", "version", "first_seen_at")}


def test_undone_everything_is_as_it_was(older: Enquiry, newer: Enquiry, kent: Council, cast: Cast) -> None:
    ask_to_stop(newer)
    claim(newer, by=access_of(cast.kate))
    before = state_of(older), state_of(newer)
    doors = set(Door.objects.values_list("pk", "subject_id"))
    with as_council(kent):
        keys = set(Enquiry.objects.values_list("pk", "search_keys__kind", "search_keys__key"))
    row = join(now(older), now(newer), cast.kate)
    undo(row, cast.kate)
    assert (state_of(older), state_of(newer)) == before
    assert set(Door.objects.values_list("pk", "subject_id")) == doors
    with as_council(kent):
        assert set(Enquiry.objects.values_list("pk", "search_keys__kind", "search_keys__key")) == keys
        assert merged_into(now(older)) == []
        assert Event.objects.filter(verb="enquiry.merge_undone", subject_id=newer.pk).exists()


def test_what_happened_since_stays_when_it_is_undone(older: Enquiry, newer: Enquiry, cast: Cast) -> None:
    row = join(older, newer, cast.kate)
    log_attempt(now(older), way=Way.CALL, outcome=Outcome.REACHED, by=access_of(cast.mina))
    undo(row, cast.kate)
    kept = now(older)
    assert (kept.owner, kept.state, kept.promise_kept_at) == (cast.mina, State.IN_CONTACT, MONDAY)
    assert now(newer).state == State.NEW


def test_it_is_undone_once(older: Enquiry, newer: Enquiry, cast: Cast) -> None:
    row = join(older, newer, cast.kate)
    undo(row, cast.kate)
    with pytest.raises(Refused, match="undone already"):
        undo(row, cast.kate)
    assert join(now(older), now(newer), cast.kate).pk != row.pk


def test_it_cannot_be_undone_once_the_kept_one_is_closed(older: Enquiry, newer: Enquiry, cast: Cast) -> None:
    row = join(older, newer, cast.kate)
    take_step(now(older), Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=access_of(cast.kate))
    with pytest.raises(Refused, match="closed"):
        undo(row, cast.kate)


def test_what_went_to_another_council_as_one_stays_one(
    older: Enquiry, newer: Enquiry, hampshire: Council, cast: Cast
) -> None:
    row = join(older, newer, cast.kate)
    passed_on(now(older), hampshire, cast.kate, cast.hal)
    with pytest.raises(Refused, match="passed on to another council as one"):
        undo(row, cast.kate)


def test_one_closed_without_an_end_may_go_into_an_open_one_and_not_the_other_way(
    older: Enquiry, newer: Enquiry, cast: Cast
) -> None:
    take_step(older, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=access_of(cast.kate))
    with pytest.raises(Refused, match="is closed"):
        join(now(older), newer, cast.kate)
    row = join(newer, now(older), cast.kate)
    assert now(older).state == State.DUPLICATE
    assert now(newer).promise_due_at == newer.promise_due_at, "a promise that ended with its case is owed no more"
    undo(row, cast.kate)
    assert (now(older).state, now(older).close_reason) == (State.WITHDRAWN, CloseReason.NO_ROOM)


@pytest.mark.parametrize(
    ("kept", "merged", "words"),
    [
        ({}, {"state": State.VISITED}, "further along"),
        ({}, {"state": State.APPROVED}, "has ended"),
        ({}, {"state": State.PASSED_ON}, "has ended"),
        ({"state": State.DUPLICATE}, {}, "already"),
        ({"quarantined": True}, {}, "perhaps spam"),
        ({"to_confirm": True}, {}, "Nobody has said"),
    ],
)
def test_the_rules_say_why_two_stay_two(
    older: Enquiry, newer: Enquiry, kept: dict[str, Any], merged: dict[str, Any], words: str
) -> None:
    sides = []
    for case, given in ((older, kept), (newer, merged)):
        for name, value in given.items():
            setattr(case, name, value)
        sides.append(side_of(case))
    assert words in why_not(*sides)


def test_the_one_further_along_is_kept_else_the_older(older: Enquiry, newer: Enquiry) -> None:
    assert is_kept(side_of(older), side_of(newer))
    newer.state = State.IN_CONTACT
    assert is_kept(side_of(newer), side_of(older))
    newer.quarantined = True
    assert is_kept(side_of(older), side_of(newer))


def test_together_is_never_looser_than_either(older: Enquiry, newer: Enquiry) -> None:
    one, other = side_of(older), side_of(newer)
    for sides in ((one, other), (other, one)):
        both = together(*sides, hub_now())
        for name in ("voicemail_ok", "text_ok", "news_by_email", "news_by_text"):
            assert getattr(both, name) == (getattr(one, name) and getattr(other, name))


def test_only_who_works_cases_of_this_council_may(
    older: Enquiry, newer: Enquiry, kent: Council, hampshire: Council, cast: Cast
) -> None:
    watcher = factories.user("Wanda", kent, Role.COORDINATOR)
    for user in (watcher, cast.hal):
        with pytest.raises(RoleRefused):
            join(older, newer, user)
    assert now(newer).state == State.NEW


def test_cases_of_two_councils_never_become_one(older: Enquiry, hampshire: Council, kent: Council, cast: Cast) -> None:
    elsewhere = factories.enquiry(hampshire)
    with across([kent, hampshire], reason="test"), pytest.raises(Refused, match="same council"):
        merge(kept=older, merged=elsewhere, by=access_of(cast.olu))


def test_a_suggestion_is_settled_by_it_and_stands_again_when_it_is_undone(
    older: Enquiry, newer: Enquiry, kent: Council, cast: Cast
) -> None:
    def states() -> list[str]:
        with as_council(kent):
            return list(Suggestion.objects.values_list("state", flat=True))

    assert states() == ["open"], "the same number"
    row = join(older, newer, cast.kate)
    assert states() == ["merged"]
    undo(row, cast.kate)
    assert states() == ["open"]
