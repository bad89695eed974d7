"""Who has been kept as long as they may be, and what is done about it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from councils.access import access_of
from councils.clock import hub_now
from councils.events import record
from councils.models import Council, ErasureRequest, Event, LegalHold, RetentionRule
from councils.models.rights import ErasureCause, ErasureState
from councils.tenancy import as_council
from enquiries import actions, tasks
from enquiries.actions.retaining import BATCH, ask_for_erasure
from enquiries.models import Enquiry
from enquiries.models.enquiry_personal import WHEN_ERASED
from enquiries.retention.reading import Waits, still_due, whose_time_comes
from enquiries.states import CloseReason, State, Step
from tests import factories
from tests.conftest import Cast
from tests.keeping.lives import ended

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today(move_clock: Callable[[datetime], None]) -> None:
    move_clock(datetime(2026, 11, 22, 9, 0, tzinfo=UTC))


def asked(council: Council) -> set[UUID]:
    with as_council(council):
        waiting = ErasureRequest.objects.filter(council=council, state=ErasureState.WAITING)
        return set(waiting.values_list("subject_id", flat=True))


def waits_for(council: Council, case: Enquiry, by: date = TODAY) -> Waits | None:
    with as_council(council):
        return next(each.waits for each in whose_time_comes(council.pk, by=by) if each.pk == case.pk)


def test_what_is_over_its_time_is_asked_to_be_erased_and_the_rest_stays(kent: Council) -> None:
    old, young = ended(kent, on="2024-11-01"), ended(kent, on="2024-11-23")
    still_open = factories.enquiry(kent)
    done = ask_for_erasure(kent, today=TODAY)
    assert (done.asked, asked(kent)) == (1, {old.pk})
    assert not {young.pk, still_open.pk} & asked(kent)
    with as_council(kent):
        request = ErasureRequest.objects.get(subject_id=old.pk)
        assert (request.cause, request.asked_by) == (ErasureCause.RETENTION, None)
        event = Event.objects.get(verb="enquiry.kept_long_enough")
        assert (event.subject_id, event.facts, event.rule_version) == (old.pk, {"ending": "enquiry"}, "2026-11")


def test_asking_twice_asks_once(kent: Council) -> None:
    ended(kent)
    assert ask_for_erasure(kent, today=TODAY).asked == 1
    assert ask_for_erasure(kent, today=TODAY).asked == 0
    tasks.keep_no_longer()
    with as_council(kent):
        assert ErasureRequest.objects.count() == 1


def test_more_than_one_batch_is_asked_for_and_told(kent: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        ended(kent)
    monkeypatch.setattr("enquiries.actions.retaining.BATCH", 2)
    told: list[tuple[int, int]] = []
    assert ask_for_erasure(kent, today=TODAY, tell=lambda n, of: told.append((n, of))).asked == 3
    assert told == [(2, 3), (3, 3)]
    assert BATCH > 2


def test_another_councils_rows_are_untouched(kent: Council, hampshire: Council) -> None:
    ended(kent)
    theirs = ended(hampshire)
    ask_for_erasure(kent, today=TODAY)
    assert asked(hampshire) == set()
    with as_council(kent):
        assert still_due([theirs.pk], kent.pk, today=TODAY) == set()


def test_a_councils_own_number_counts_for_it_alone(kent: Council, hampshire: Council, cast: Cast) -> None:
    ours, theirs = ended(kent), ended(hampshire)
    with as_council(kent):
        RetentionRule.objects.create(council=kent, outcome="enquiry", months=60, changed_by=cast.mina)
    ask_for_erasure(kent, today=TODAY)
    ask_for_erasure(hampshire, today=TODAY)
    assert (asked(kent), asked(hampshire)) == (set(), {theirs.pk})
    assert ours.pk not in asked(kent)


def test_a_legal_hold_keeps_it(kent: Council, cast: Cast) -> None:
    case = ended(kent)
    with as_council(kent):
        LegalHold.objects.create(council=kent, subject_id=case.pk, reason="A claim", placed_by=cast.mina)
    assert ask_for_erasure(kent, today=TODAY).asked == 0
    assert waits_for(kent, case) == Waits.HELD


def test_a_journey_that_is_open_here_keeps_what_ended_of_it(kent: Council) -> None:
    old, again = ended(kent, State.PASSED_ON, on="2025-01-01"), factories.enquiry(kent)
    with as_council(kent):
        Enquiry.objects.filter(pk=again.pk).update(journey_id=old.journey_id)
    assert ask_for_erasure(kent, today=TODAY).asked == 0
    assert waits_for(kent, old) == Waits.JOURNEY


def test_a_journey_that_is_open_elsewhere_keeps_nothing_here(kent: Council, hampshire: Council) -> None:
    old, there = ended(kent, State.PASSED_ON, on="2025-01-01"), factories.enquiry(hampshire)
    with as_council(hampshire):
        Enquiry.objects.filter(pk=there.pk).update(journey_id=old.journey_id)
    assert ask_for_erasure(kent, today=TODAY).asked == 1


def test_a_withdrawn_application_stays_for_three_years_also_without_a_date(kent: Council, cast: Cast) -> None:
    """Councils skip steps: one that was in assessment was an application, whatever was written down of it."""
    case = factories.enquiry(kent)
    mina = access_of(cast.mina)
    actions.take_step(case, Step.AWAIT_DECISION, by=mina)
    actions.take_step(case, Step.DECLINE, reason=CloseReason.OTHER, by=mina)
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(closed_at=datetime(2024, 1, 5, tzinfo=UTC))
        assert whose_time_comes(kent.pk, by=date(2027, 1, 4)) == []
        assert [each.ending for each in whose_time_comes(kent.pk, by=date(2027, 1, 5))] == ["application"]


def test_an_application_by_mistake_that_was_undone_is_none(kent: Council) -> None:
    case = ended(kent)
    with as_council(kent):
        record("enquiry.state_undone", subject=case, by=None, old_state=State.APPLIED.value)
        assert [each.ending for each in whose_time_comes(kent.pk, by=TODAY)] == ["enquiry"]


def test_what_was_joined_goes_with_the_one_in_which_it_goes_on(kent: Council) -> None:
    kept, other = ended(kent), ended(kent, State.DUPLICATE, on="2020-01-01")
    stays, stays_too = ended(kent, on="2026-01-01"), ended(kent, State.DUPLICATE, on="2020-01-01")
    with as_council(kent):
        Enquiry.objects.filter(pk=other.pk).update(merged_into=kept)
        Enquiry.objects.filter(pk=stays_too.pk).update(merged_into=stays)
    ask_for_erasure(kent, today=TODAY)
    assert asked(kent) == {kept.pk, other.pk}


def test_a_hold_on_what_was_joined_holds_both(kent: Council, cast: Cast) -> None:
    kept, other = ended(kent), ended(kent, State.DUPLICATE)
    with as_council(kent):
        Enquiry.objects.filter(pk=other.pk).update(merged_into=kept)
        LegalHold.objects.create(council=kent, subject_id=other.pk, reason="A claim", placed_by=cast.mina)
    assert ask_for_erasure(kent, today=TODAY).asked == 0


def test_what_was_joined_with_one_that_is_erased_goes_at_once(kent: Council) -> None:
    kept, other = ended(kent, on="2026-01-01"), ended(kent, State.DUPLICATE, on="2026-01-01")
    with as_council(kent):
        Enquiry.objects.filter(pk=other.pk).update(merged_into=kept)
        Enquiry.objects.filter(pk=kept.pk).update(**WHEN_ERASED, erased_at=hub_now())
    ask_for_erasure(kent, today=TODAY)
    assert asked(kent) == {other.pk}


def test_whoever_comes_again_before_it_is_erased_is_kept(kent: Council, cast: Cast) -> None:
    case = ended(kent)
    ask_for_erasure(kent, today=TODAY)
    actions.take_step(case, Step.REOPEN, by=access_of(cast.mina))
    with as_council(kent):
        assert still_due([case.pk], kent.pk, today=TODAY) == set()
    assert ask_for_erasure(kent, today=TODAY).taken_back == 1
    assert asked(kent) == set()
    with as_council(kent):
        assert Event.objects.filter(verb="enquiry.kept_after_all", subject_id=case.pk).exists()


def test_what_a_person_asked_to_be_erased_is_not_taken_back(kent: Council) -> None:
    case = ended(kent, on="2026-11-01")
    with as_council(kent):
        ErasureRequest.objects.create(council=kent, subject_id=case.pk, cause=ErasureCause.ASKED)
    ask_for_erasure(kent, today=TODAY)
    assert asked(kent) == {case.pk}


def test_an_erased_one_is_not_asked_for_again(kent: Council) -> None:
    case = ended(kent)
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(**WHEN_ERASED, erased_at=hub_now())
    assert ask_for_erasure(kent, today=TODAY).asked == 0


def test_the_try_tells_references_and_months_and_writes_nothing(
    kent: Council, capsys: pytest.CaptureFixture[str]
) -> None:
    case, later = ended(kent, on="2024-11-01"), ended(kent, State.NO_REPLY, on="2024-12-15")
    call_command("retention", "--dry-run", "--council", "kent", "--as-of", "2026-12-31")
    told = capsys.readouterr().out
    assert f"2026-11 Ended before an application: 1: {case.reference}" in told
    assert f"2026-12 Ended before an application: 1: {later.reference}" in told
    assert "Erin" not in told
    assert asked(kent) == set()


def test_nobody_is_erased_before_their_time(kent: Council) -> None:
    ended(kent, on="2026-01-01")
    with pytest.raises(CommandError, match="before their time"):
        call_command("retention", "--apply", "--as-of", "2029-01-01")
    assert asked(kent) == set()


def test_apply_asks_for_one_council_where_one_is_named(kent: Council, hampshire: Council) -> None:
    case = ended(kent)
    ended(hampshire)
    call_command("retention", "--apply", "--council", "kent")
    assert (asked(kent), asked(hampshire)) == ({case.pk}, set())
    with pytest.raises(CommandError, match="short name"):
        call_command("retention", "--apply", "--council", "nowhere")
