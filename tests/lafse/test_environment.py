"""A misspelt setting stops the start with a sentence that names it and the cure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from lafse.environment import Environment
from lafse.misspelt import FOR_OTHERS, SETTINGS, complaints, meant_by, named_in, slips
from tests.lafse.checkouts import REPOSITORY

NO_FILE = Path("/nonexistent/.env")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("DATABSE_URL", "DATABASE_URL"),
        ("REDS_URL", "REDIS_URL"),
        ("SECRET_KYE", "SECRET_KEY"),
        ("ALOWED_HOSTS", "ALLOWED_HOSTS"),
        ("DATABASE_ONWER_URL", "DATABASE_OWNER_URL"),
        ("DEFUALT_FORM_EMAIL", "DEFAULT_FROM_EMAIL"),
    ],
)
def test_a_slip_in_the_environment_is_named_with_what_was_meant(typed: str, meant: str) -> None:
    assert complaints(environment=[typed], file=[]) == [f"{typed} is no setting. Did you mean {meant}?"]


@pytest.mark.parametrize(
    "name",
    [
        *("DATA_DIRS", "XDG_DATA_DIRS", "DATABASE_URI", "DATABASE_URLS", "LOGLEVEL", "LOG_LEVELS", "MAIL_URL"),
        *("PATH", "HOME", "DEBUGGER", "BASH_ENV", "HOSTNAME", "PGDATABASE", "EMAIL", "EMAIL_DOMAIN", "CACHE_URL"),
        *("TEST_DATABASE_URL", "REDIS_URI", "SECRET_KEY_BASE", "SECRET_KEYS", "POSTGRES_URL", "BASE_DIR", "_"),
        *sorted(SETTINGS | FOR_OTHERS),
    ],
)
def test_a_name_of_another_program_is_none_of_our_business(name: str) -> None:
    assert meant_by(name) is None


def test_the_file_holds_settings_only(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# a note\nexport DEBUG=1\nDATA_DIRS=/data\nCOMPOSE_PROJECT_NAME=hub\nFAVOURITE_TEA=Assam\n")
    with pytest.raises(ImproperlyConfigured) as failure:
        Environment(file)
    assert str(failure.value).splitlines() == [
        "DATA_DIRS is no setting. Did you mean DATA_DIR?",
        "FAVOURITE_TEA is no setting. Remove it from .env.",
    ]


def test_the_example_names_settings_only() -> None:
    example = REPOSITORY / ".env.example"
    commented = {line[1:].split("=")[0] for line in example.read_text().splitlines() if line.startswith("#DATA")}
    assert commented
    assert complaints(environment=[], file=named_in(example) | commented) == []


def test_every_setting_is_explained() -> None:
    explained = (REPOSITORY / "docs" / "running.md").read_text()
    assert {name for name in SETTINGS if f"`{name}`" not in explained} == set()


def test_every_setting_of_production_reaches_the_containers() -> None:
    passed_on = (REPOSITORY / "docker-compose.yml").read_text()
    elsewhere = {"DEBUG", "DEV_MAILBOX", "PLAIN_STATIC", "FAILPOINTS", "NOTIFY_URL", "DATABASE_ERASER_URL"}
    assert {name for name in SETTINGS - elsewhere if f" {name}: " not in passed_on} == set()


def test_every_setting_that_is_read_is_known() -> None:
    text = (REPOSITORY / "lafse/settings.py").read_text()
    assert {name for name in SETTINGS if f'("{name}"' in text} == SETTINGS
    assert text.count("= env.") <= len(SETTINGS)


@pytest.mark.parametrize(
    ("typed", "count"), [("ABCD", 0), ("ABC", 1), ("ABXD", 1), ("ACBD", 1), ("AABCD", 1), ("BA", 3)]
)
def test_a_slip_is_a_letter_missing_added_wrong_or_swapped(typed: str, count: int) -> None:
    assert slips(typed, "ABCD") == count


@pytest.mark.parametrize("url", ["smpt://x", "smtp://host:port", "mail"])
def test_an_address_for_mail_that_is_none_names_the_setting_and_an_example(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    with pytest.raises(ImproperlyConfigured, match=r"^EMAIL_URL is not understood. For example smtp://"):
        Environment(NO_FILE).email("EMAIL_URL", default="")


def test_an_address_of_redis_says_how_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "127.0.0.1:6379")
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL must begin with redis://"):
        Environment(NO_FILE).redis("REDIS_URL")
    monkeypatch.setenv("REDIS_URL", "unix:///run/valkey.sock")
    assert Environment(NO_FILE).redis("REDIS_URL") == "unix:///run/valkey.sock"


def test_a_command_says_what_is_wrong_without_a_traceback() -> None:
    said = _run("manage.py", "showmigrations", REDIS_URL="127.0.0.1:6379")
    assert (said.returncode, said.stderr.count("\n")) == (1, 1)
    assert said.stderr.startswith("REDIS_URL must begin with")


@pytest.mark.parametrize("port", ["80000", "0", "-1", "http", "9" * 5000])
def test_a_port_that_is_none_is_refused_in_a_sentence(port: str) -> None:
    said = _run("-m", "lafse.services", "run", PORT=port)
    assert (said.returncode, said.stderr.count("\n")) == (1, 1)
    assert "is no port. Choose a number" in said.stderr


def _run(*arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **changed}
    return subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
