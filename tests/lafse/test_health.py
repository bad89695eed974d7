"""What the supervisor and the balancer are told."""

import json
import socket
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client, override_settings

from councils import routing
from councils.models import PostcodeRelease
from tests.lafse.clusters import Cluster, cluster, run_python

PROBE = """
import django
django.setup()
from django.test import Client
for path in ("/healthz", "/readyz"):
    answer = Client().get(path)
    print(answer.status_code, answer.content.decode())
"""


@pytest.fixture(scope="module")
def bare() -> Iterator[Cluster]:
    """Roles and an empty database."""
    with cluster() as made:
        yield made


@pytest.fixture
def nobody_there() -> Iterator[str]:
    """An address that nothing answers at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{taken.getsockname()[1]}"


def probed(database: str) -> tuple[str, int, str]:
    """Status of /healthz, then status and fault of /readyz."""
    alive, ready = run_python(PROBE, DATABASE_URL=database, REDIS_URL=settings.REDIS_URL).splitlines()
    status, _, report = ready.partition(" ")
    return alive[:3], int(status), json.loads(report)["fault"]


def test_a_server_that_is_ready_says_so(db: None) -> None:
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["fault"]) == (200, None)


def test_a_log_in_that_passes_by_the_policies_is_not_ready(bare: Cluster) -> None:
    assert probed(bare.superuser) == ("200", 503, "role")


def test_a_missing_migration_is_not_ready(bare: Cluster) -> None:
    assert probed(bare.app) == ("200", 503, "migrations")


def test_without_a_database_it_lives_and_is_not_ready(nobody_there: str) -> None:
    assert probed(f"postgres://lafse_app:app@{nobody_there}/lafse") == ("200", 503, "database")


def test_without_a_postcode_release_it_is_not_ready(db: None) -> None:
    PostcodeRelease.objects.update(active=False)
    routing.forget()
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["fault"]) == (503, "postcodes")


def test_without_valkey_it_is_ready_and_says_what_is_missing(db: None, nobody_there: str) -> None:
    with override_settings(REDIS_URL=f"redis://{nobody_there}/0"):
        answer = Client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "degraded", "fault": None, "degraded": ["redis"]}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_balancer_that_asks_by_address_is_answered(db: None, path: str) -> None:
    assert Client().get(path, headers={"host": "10.0.0.7:8000"}).status_code == 200


@override_settings(SECURE_SSL_REDIRECT=True)
def test_a_probe_is_not_sent_to_https(db: None) -> None:
    assert Client().get("/healthz").status_code == 200
    assert Client().get("/").status_code == 301


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_sets_no_cookie_and_is_not_kept(db: None, path: str) -> None:
    answer = Client().get(path)
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
    assert Client().post(path).status_code == 405


def test_being_alive_needs_no_database() -> None:  # pytest-django blocks every query here
    assert Client().get("/healthz").json() == {"status": "ok"}
