"""The command that the supervisor runs, and what an operator types."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import LazySettings, settings
from django.core.management import CommandError, call_command

from councils.access import access_of
from councils.models import Council, ErasureRequest, Event, User
from councils.models.rights import ErasureCause
from councils.tenancy import as_council
from enquiries.actions.rights import request_erasure
from enquiries.models import Enquiry
from enquiries.rights import ledger
from tests import factories


def erase(*arguments: str) -> str:
    out = io.StringIO()
    call_command("erase", *arguments, stdout=out)
    return out.getvalue()


def name_of(case: Enquiry) -> str:
    with as_council(case.council_id):
        return Enquiry.objects.get(pk=case.pk).name


def test_pending_carries_out_what_pages_asked_for(kent: Council, mina: User) -> None:
    case = factories.enquiry(kent)
    request_erasure(case, cause=ErasureCause.ASKED, by=access_of(mina))
    assert erase("--pending") == "1 erased.\n"
    assert name_of(case) == "Erased"


def test_a_reference_is_enough(kent: Council, hampshire: Council) -> None:
    case, other = factories.enquiry(kent), factories.enquiry(hampshire)
    assert "done" in erase("--reference", case.reference.lower())
    assert (name_of(case), name_of(other)) == ("Erased", "Erin Example")
    with as_council(kent):
        assert Event.objects.get(subject_id=case.pk, verb="enquiry.erasure_requested").by is None
        assert ErasureRequest.objects.get().asked_by is None


def test_a_reference_that_nobody_has_is_said(kent: Council) -> None:
    with pytest.raises(CommandError, match="No council"):
        erase("--reference", "KEN-000-000")


def test_replay_says_how_many(kent: Council, settings: LazySettings) -> None:
    case = factories.enquiry(kent)
    ledger.append(Path(settings.ERASURE_LEDGER), ledger.Line(case.created_at, "kent", case.pk, ErasureCause.MISTAKE))
    assert erase("--replay") == "1 erased again.\n"
    assert erase("--replay") == "0 erased again.\n"


def test_without_a_ledger_nothing_is_erased(kent: Council, settings: LazySettings) -> None:
    settings.ERASURE_LEDGER = ""
    with pytest.raises(CommandError, match="ERASURE_LEDGER is not set"):
        erase("--pending")


def test_without_the_erasers_password_nothing_is_erased(kent: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(settings.DATABASES, "eraser")
    with pytest.raises(CommandError, match="DATABASE_ERASER_URL is not set"):
        erase("--pending")


def test_one_log_in_for_both_erases_nothing(kent: Council, mina: User) -> None:
    """As the eraser nobody could count first what is counted."""
    case = factories.enquiry(kent)
    request_erasure(case, cause=ErasureCause.ASKED, by=access_of(mina))
    done = pending(DATABASE_URL=address("eraser"), DATABASE_ERASER_URL=address("eraser"))
    assert (done.returncode, name_of(case)) == (1, "Erin Example")
    assert "DATABASE_URL is the eraser's log-in, too" in done.stderr


def pending(**given: str) -> "subprocess.CompletedProcess[str]":
    """As it runs by itself: in a process of its own."""
    command = [sys.executable, "manage.py", "erase", "--pending"]
    return subprocess.run(
        command, env=os.environ | given, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )


def address(alias: str) -> str:
    to = settings.DATABASES[alias] | {"NAME": settings.DATABASES["default"]["NAME"]}
    return f"postgres://{to['USER']}:{to['PASSWORD']}@{to['HOST']}:{to['PORT']}/{to['NAME']}"


def test_the_process_erases_by_itself_and_stops_when_told(kent: Council, mina: User, tmp_path: Path) -> None:
    case, alive = factories.enquiry(kent), tmp_path / "alive"
    request_erasure(case, cause=ErasureCause.ASKED, by=access_of(mina))
    given = {"DATABASE_URL": address("default"), "DATABASE_ERASER_URL": address("eraser")}
    command = [sys.executable, "manage.py", "erase", "--pending", "--every", "0.2", "--alive", str(alive)]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, env=os.environ | given, stdout=log, stderr=log, cwd=settings.BASE_DIR)
    try:
        deadline = time.monotonic() + 60
        while name_of(case) != "Erased" and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.2)
        assert name_of(case) == "Erased", (tmp_path / "log").read_text()
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert alive.exists()
        assert "Erin" not in (tmp_path / "log").read_text()
    finally:
        process.kill()
        process.wait()
