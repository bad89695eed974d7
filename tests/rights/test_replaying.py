"""After a restore: what was being sent when the backup was made."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from councils.clock import hub_now
from councils.models import Council
from councils.models.rights import ErasureCause
from councils.tenancy import as_council
from enquiries.models import Enquiry
from enquiries.rights import ledger
from enquiries.rights.erasing import StillSending, replay
from outbox.models import Message
from outbox.states import Lane, State
from tests import factories
from tests.rights.test_erase_command import erase, name_of


def lease(case: Enquiry, *, minutes: int, lane: Lane = Lane.SERVICE) -> None:
    with as_council(case.council_id):
        message = Message.objects.filter(subject_id=case.pk, to_staff=False)[0]
        leased = {"state": State.LEASED, "lease_until": hub_now() + timedelta(minutes=minutes)}
        Message.objects.filter(pk=message.pk).update(**leased, started_at=hub_now(), lane=lane)


def write_down(*cases: Enquiry) -> None:
    for case in cases:
        ledger.append(Path(settings.ERASURE_LEDGER), ledger.Line(hub_now(), "kent", case.pk, ErasureCause.ASKED))


@pytest.mark.parametrize("lane", Lane)
def test_a_lease_that_ended_holds_nobody_up(kent: Council, lane: Lane) -> None:
    """Sending is locked then, so no sender takes it back."""
    case = factories.enquiry(kent)
    lease(case, minutes=-1, lane=lane)
    write_down(case)
    assert erase("--replay") == "1 erased again.\n"
    assert name_of(case) == "Erased"


def test_a_lease_of_just_now_is_waited_for_and_holds_no_other_up(kent: Council) -> None:
    case, next_case = factories.enquiry(kent), factories.enquiry(kent)
    lease(case, minutes=4)
    write_down(case, next_case)
    with pytest.raises(StillSending, match=r"^1 erased again\. 1 wait"):
        replay(Path(settings.ERASURE_LEDGER))
    assert (name_of(case), name_of(next_case)) == ("Erin Example", "Erased")


def test_nobody_elses_message_is_touched(kent: Council) -> None:
    case, other = factories.enquiry(kent), factories.enquiry(kent)
    lease(other, minutes=-1)
    write_down(case)
    assert erase("--replay") == "1 erased again.\n"
    with as_council(kent):
        assert Message.objects.get(subject_id=other.pk, to_staff=False).state == State.LEASED
