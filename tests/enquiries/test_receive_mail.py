"""`manage.py receive_mail`: what the mail server hears decides whether it keeps the mail."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from councils.models import Council
from councils.tenancy import as_council
from enquiries.models import Enquiry

ROOT = Path(__file__).resolve().parent.parent.parent
MAIL = b"From: max@example.net\r\nMessage-ID: <1@example.net>\r\n\r\nI would like to foster.\r\n"


@pytest.fixture
def handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """On standard input, as a mail server does."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MAIL)))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # put back afterwards


@pytest.mark.usefixtures("handed_over")
def test_a_mail_on_standard_input_is_stored(kent: Council) -> None:
    call_command("receive_mail", "--to", "kent@localhost", "--from", "max@example.net")
    with as_council(kent):
        assert Enquiry.objects.get(council=kent).message == "I would like to foster."


NOBODY_LISTENS = "postgres://nobody:nothing@127.0.0.1:1/none"


def run(*program: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        program,
        input=MAIL,
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "lafse.settings", "SECRET_KEY": "x" * 60} | environment,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_with_the_database_away_the_server_is_told_to_try_again() -> None:
    ended = run(sys.executable, "manage.py", "receive_mail", "--to=kent@localhost", DATABASE_URL=NOBODY_LISTENS)
    assert ended.returncode == os.EX_TEMPFAIL
    assert b"mail_not_stored" in ended.stdout + ended.stderr
    assert b"max@example.net" not in ended.stdout + ended.stderr


@pytest.mark.parametrize(
    "broken", [{"DATABASE_URL": NOBODY_LISTENS}, {"SECRET_KEY": ""}, {"PYTHON": "/nowhere/python"}], ids=str
)
def test_the_mail_servers_script_always_asks_to_try_again(broken: dict[str, str]) -> None:
    ended = run("deploy/receive_mail.sh", "kent@localhost", "", **{"PYTHON": sys.executable} | broken)
    assert ended.returncode == os.EX_TEMPFAIL
