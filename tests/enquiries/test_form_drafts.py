"""Answers in progress: sealed, kept no longer than said, and nobody's but the visitor's."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from councils.clock import hub_now
from councils.working_time import LONDON
from enquiries import drafts
from enquiries.models import Draft
from enquiries.tasks import erase_drafts
from tests.enquiries.conftest import Visitor

NOON = datetime(2026, 11, 20, 12, tzinfo=LONDON)

pytestmark = pytest.mark.django_db


def test_what_was_typed_cannot_be_read_from_the_database(visitor: Visitor) -> None:
    visitor.fill_in()
    row = Draft.objects.get()
    for typed in (b"Erin", b"erin@example.org", b"SO23", b"900123"):
        assert typed not in bytes(row.ciphertext)
    token = visitor.client.cookies["answers"].value
    assert token not in row.pk


def test_only_its_own_token_opens_a_draft() -> None:
    token, other = drafts.new_token(), drafts.new_token()
    with drafts.changed(token) as progress:
        progress.pages["postcode"] = {"postcode": ["SO23 8UJ"]}
    sealed = bytes(Draft.objects.get().ciphertext)
    assert drafts.opened(other, sealed) is None
    assert drafts.read(other) is None
    assert drafts.read(token) == progress


def test_a_sealed_row_that_was_tampered_with_is_not_opened() -> None:
    token = drafts.new_token()
    with drafts.changed(token):
        pass
    row = Draft.objects.get()
    row.ciphertext = bytes(row.ciphertext)[:-1] + bytes([bytes(row.ciphertext)[-1] ^ 1])
    row.save()
    assert drafts.read(token) is None


def test_two_pages_at_once_lose_nothing() -> None:
    token = drafts.new_token()
    for page in ("postcode", "reason"):
        with drafts.changed(token) as progress:
            progress.pages[page] = {page: ["x"]}
    read = drafts.read(token)
    assert read is not None
    assert set(read.pages) == {"postcode", "reason"}


def test_answers_are_kept_for_a_day_after_the_last_one(move_clock: Callable[[datetime], None]) -> None:
    token = drafts.new_token()
    move_clock(NOON)
    with drafts.changed(token):
        pass
    move_clock(NOON + timedelta(hours=23))
    assert drafts.read(token) is not None
    assert drafts.erase_expired(hub_now()) == 0
    move_clock(NOON + timedelta(hours=24))
    assert drafts.read(token) is None
    assert drafts.erase_expired(hub_now()) == 1


def test_answers_are_kept_for_an_hour_after_the_form_was_sent(
    visitor: Visitor, move_clock: Callable[[datetime], None]
) -> None:
    move_clock(NOON)
    visitor.fill_in()
    visitor.submit()
    move_clock(NOON + timedelta(minutes=59))
    assert visitor.open("sent").status_code == 200
    move_clock(NOON + timedelta(minutes=60))
    assert visitor.open("sent").status_code == 302


def test_an_expired_draft_is_begun_afresh(move_clock: Callable[[datetime], None]) -> None:
    token = drafts.new_token()
    move_clock(NOON)
    with drafts.changed(token) as progress:
        progress.pages["postcode"] = {"postcode": ["SO23 8UJ"]}
    move_clock(NOON + timedelta(days=2))
    with drafts.changed(token) as progress:
        assert not progress.pages


@pytest.mark.parametrize("token", ["", "short", "ü" * 43, "a" * 44])
def test_a_cookie_of_another_shape_is_nobodys(visitor: Visitor, token: str) -> None:
    visitor.client.cookies["answers"] = token
    assert visitor.open("more").url == "/enquire/postcode/"


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(visitor: Visitor) -> None:
    visitor.send("postcode", postcode="SO23 8UJ")
    cookie = visitor.client.cookies["answers"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (True, "Lax", "/", 86400)


def test_over_tls_the_cookie_is_bound_to_the_host(visitor: Visitor, settings: Settings) -> None:
    settings.SECURE = True
    answer = visitor.send("postcode", postcode="SO23 8UJ")
    cookie = answer.cookies["__Host-answers"]
    assert cookie["secure"]
    assert not cookie["domain"]


def test_expired_drafts_are_erased_by_themselves(move_clock: Callable[[datetime], None]) -> None:
    move_clock(NOON)
    with drafts.changed(drafts.new_token()):
        pass
    move_clock(NOON + timedelta(days=1))
    erase_drafts()
    assert not Draft.objects.exists()
