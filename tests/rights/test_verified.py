"""`manage.py verify` holds after an erasure, and finds whom a restored backup brought back."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, ErasureRequest, User
from councils.models.rights import ErasureCause, ErasureState
from councils.tenancy import as_council
from enquiries.actions.rights import request_erasure
from enquiries.models import Enquiry
from enquiries.rights import ledger
from enquiries.rights.erasing import erase_pending
from lafse.verification import verify
from outbox.models import Message
from outbox.states import State
from tests import factories

GONE = "what was erased is gone"


def broken() -> dict[str, tuple[str, ...]]:
    return {finding.title: finding.offending for finding in verify() if not finding.holds}


def test_an_erasure_breaks_nothing_that_must_hold(kent: Council, mina: User, kate: User) -> None:
    sent, waiting = factories.enquiry(kent), factories.enquiry(kent)
    with as_council(kent):
        messages = Message.objects.filter(subject_id=sent.pk)
        messages.update(state=State.SENT, settled_at=hub_now(), smtp_reply="250 ok", provider_id="x")
    for case in (sent, waiting):
        request_erasure(case, cause=ErasureCause.ASKED, by=access_of(mina))
    assert erase_pending() == 2
    assert broken() == {}


def test_whom_a_restored_backup_brought_back_is_found(kent: Council, kate: User) -> None:
    case = factories.enquiry(kent)
    assert GONE not in broken()
    ledger.append(Path(settings.ERASURE_LEDGER), ledger.Line(hub_now(), "kent", case.pk, ErasureCause.ASKED))
    found = broken()[GONE]
    assert f"enquiry {case.pk}" in found
    assert any(name.startswith("door") for name in found)
    assert any(name.startswith("search_key") for name in found)
    with as_council(kent):
        assert Enquiry.objects.get(pk=case.pk).name == "Erin Example"


@pytest.mark.parametrize(
    ("hours", "state"), [(2, ErasureState.WAITING), (0, ErasureState.WAITING), (2, ErasureState.HELD)]
)
def test_an_eraser_that_does_not_run_is_found(kent: Council, mina: User, hours: int, state: ErasureState) -> None:
    [request] = request_erasure(factories.enquiry(kent), cause=ErasureCause.ASKED, by=access_of(mina))
    asked_at = hub_now() - timedelta(hours=hours)
    with as_council(kent):
        ErasureRequest.objects.filter(pk=request.pk).update(asked_at=asked_at, state=state)
    is_late = bool(hours) and state == ErasureState.WAITING
    found = broken().get("nobody waits an hour to be erased", ())
    assert found == ((f"erasure_request {request.pk}",) if is_late else ())
