"""`demo_code`: the second step of the demonstration's people, and of nobody else; in production it is not there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from councils.models import Council, Hub, User
from lafse.demo.people import arrive
from tests.conftest import Cast
from tests.second_steps import enter, is_in, set_up_app

ROOT = Path(settings.BASE_DIR)


@pytest.fixture
def password(lafse: Hub) -> str:
    """Of everybody in the demonstration."""
    return arrived()


def arrived(known: str = "") -> str:
    councils = {council.slug: council for council in Council.objects.filter(hub__slug="lafse")}
    return arrive(councils, known=known)[0]["password"]


def told(capsys: pytest.CaptureFixture[str], *name: str) -> str:
    call_command("demo_code", *name)
    return capsys.readouterr().out.split()[0]


def log_in(email: str, password: str) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": password})
    return client


@pytest.mark.parametrize("name", ["Kerry", "kerry", "Kerry Example", "kerry@example.org"])
def test_with_it_one_logs_in(password: str, capsys: pytest.CaptureFixture[str], name: str) -> None:
    client = log_in("kerry@example.org", password)
    enter(client, told(capsys, *name.split()))
    assert is_in(client)


def test_the_second_log_in_of_the_same_half_minute_gets_the_next_code(
    password: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        client = log_in("kerry@example.org", password)
        enter(client, told(capsys, "Kerry"))
        assert is_in(client)
    with pytest.raises(CommandError, match=r"Ask again in \d+ seconds"):
        call_command("demo_code", "Kerry")


def test_it_tells_nobody_elses_code(cast: Cast) -> None:
    set_up_app(cast.kate)
    with pytest.raises(CommandError, match=r"There is no kate@example\.org in the demonstration"):
        call_command("demo_code", "kate@example.org")


def test_without_the_demonstration_it_says_what_to_do(db: None) -> None:
    with pytest.raises(CommandError, match=r"First: manage\.py demo"):
        call_command("demo_code", "Kerry")


def test_made_again_the_apps_stay(password: str) -> None:
    before = list(Authenticator.objects.order_by("pk").values_list("user", "data"))
    assert arrived(known=password) == password
    assert list(Authenticator.objects.order_by("pk").values_list("user", "data")) == before


def test_an_app_that_the_key_cannot_read_is_made_anew(password: str, capsys: pytest.CaptureFixture[str]) -> None:
    Authenticator.objects.update(data={"secret": "made with another key"})
    arrived(known=password)
    client = log_in("kerry@example.org", password)
    enter(client, told(capsys, "Kerry"))
    assert is_in(client)


def test_the_secrets_lie_encrypted(password: str) -> None:
    kerry = User.objects.get(email="kerry@example.org")
    assert Authenticator.objects.get(user=kerry).data["secret"].startswith("gAAAA")


@pytest.mark.parametrize(
    ("variables", "is_there"),
    [
        ({"DEV_MAILBOX": "1", "BASE_URL": "http://localhost:8000"}, True),
        ({"DEV_MAILBOX": "0", "BASE_URL": "http://localhost:8000"}, False),
        ({"DEV_MAILBOX": "1", "BASE_URL": "https://fostering.example.org"}, False),
    ],
)
def test_in_production_it_does_not_exist(variables: dict[str, str], is_there: bool) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "lafse.settings", "DEBUG": "0", **variables}
    environment |= {"DATABASE_URL": "postgres://nobody:none@127.0.0.1:9/none", "SECRET_KEY": "x" * 50}

    known = "import django; django.setup(); from django.core.management import get_commands as all; print(*all())"
    told = subprocess.run([sys.executable, "-c", known], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert ("demo_code" in told.stdout.decode().split()) is is_there
