"""Joining, handing over, closing and sending again at the same moment. Each race is run twice: with the locks it is
decided, without them the test sees the fault."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import connection

from councils.access import Access, access_of
from councils.models import Council
from councils.roles import Role
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries import actions
from enquiries.actions import handovers
from enquiries.actions.merging import merge, undo_merge
from enquiries.handover_states import HandoverReason, HandoverState
from enquiries.models import Enquiry, Handover
from enquiries.states import CloseReason, State, Step
from tests import factories
from tests.enquiries.handing import fresh
from tests.enquiries.test_assigning_races import Act, race


@pytest.fixture
def kent(committed_db: None) -> Iterator[Council]:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM testing.clock")
        cursor.execute("INSERT INTO testing.clock VALUES (%s)", [datetime(2026, 11, 24, 10, tzinfo=LONDON)])
    yield Council.objects.get(slug="kent")


@pytest.fixture
def kate(kent: Council) -> Access:
    return access_of(factories.user("Kate", kent, Role.OFFICER))


@pytest.fixture
def kept(kent: Council) -> Enquiry:
    return factories.enquiry(kent)


@pytest.fixture
def merged(kent: Council, kept: Enquiry) -> Enquiry:
    return factories.enquiry(kent)


def offer(case: Enquiry, by: Access) -> Act:
    to = Council.objects.get(slug="hampshire")
    return lambda: handovers.offer(case, to=to, reason=HandoverReason.MOVED, by=by)


def is_offered(case: Enquiry) -> bool:
    with as_council(case.council_id):
        return Handover.objects.filter(enquiry=case, state=HandoverState.OFFERED).exists()


@pytest.mark.parametrize("locks", [True, False])
def test_a_case_that_is_joined_at_that_moment_is_not_offered(
    kent: Council, kate: Access, kept: Enquiry, merged: Enquiry, locks: bool
) -> None:
    told = race(kent, lambda: merge(kept=kept, merged=merged, by=kate), offer(merged, kate), locks=locks)
    assert fresh(merged).merged_into_id == kept.pk
    assert (is_offered(merged), bool(told[1])) == ((False, True) if locks else (True, False))


@pytest.mark.parametrize("locks", [True, False])
def test_a_case_that_is_offered_at_that_moment_is_not_joined(
    kent: Council, kate: Access, kept: Enquiry, merged: Enquiry, locks: bool
) -> None:
    told = race(kent, offer(merged, kate), lambda: merge(kept=kept, merged=merged, by=kate), locks=locks)
    assert is_offered(merged)
    assert (fresh(merged).merged_into_id, bool(told[1])) == ((None, True) if locks else (kept.pk, False))


@pytest.mark.parametrize(("locks", "second"), [(True, "This was undone already."), (False, "")])
def test_of_two_who_separate_at_once_the_second_is_told(
    kent: Council, kate: Access, kept: Enquiry, merged: Enquiry, locks: bool, second: str
) -> None:
    row = merge(kept=kept, merged=merged, by=kate)
    told = race(kent, lambda: undo_merge(row, by=kate), lambda: undo_merge(row, by=kate), locks=locks)
    assert told == ["", second]
    assert fresh(merged).is_open


@pytest.mark.parametrize(("locks", "state"), [(True, State.IN_CONTACT), (False, State.NEW)])
def test_whoever_sends_another_form_while_their_case_is_closed_opens_it_again(
    kent: Council, kate: Access, kept: Enquiry, locks: bool, state: State
) -> None:
    """Without the lock the form puts back what it had read, and the end is lost without a word."""

    def close() -> None:
        actions.take_step(kept, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=kate)

    told = race(kent, close, lambda: factories.enquiry(kent, email=kept.email, message="Again"), locks=locks)
    assert (told, fresh(kept).state) == (["", ""], state)
