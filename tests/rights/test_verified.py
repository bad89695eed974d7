"""`manage.py verify` holds after an erasure, and finds whom a restored backup brought back."""

from pathlib import Path

from django.conf import settings

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, User
from councils.models.rights import ErasureCause
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
