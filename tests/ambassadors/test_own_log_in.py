"""Ambassadors come in by a link in a mail, to the address we have; nobody learns whose addresses we know."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambassadors.actions import log_in
from ambassadors.models import Ambassador, AmbassadorState
from councils.clock import hub_now
from councils.models import Council, Door, Event, User
from councils.tenancy import as_council
from councils.working_time import LONDON
from outbox.models import Message
from tests import factories
from tests.ambassadors.own_pages import as_ambassador_client, link_path, post, somebody, text_of
from tests.enquiries.status_visitor import path_of

pytestmark = pytest.mark.django_db
MoveClock = Callable[[datetime], None]
MONDAY = datetime(2026, 11, 23, 11, tzinfo=LONDON)


@pytest.fixture
def anna(kent: Council, move_clock: MoveClock) -> Ambassador:
    move_clock(MONDAY)
    return known(kent, email="anna@example.org")


def known(council: Council, **given: Any) -> Ambassador:
    made = factories.ambassador(council, **given)
    with as_council(council):
        log_in.remember_address(made)
    return made


def mails(council: Council, kind: str = "ambassador_link") -> list[Message]:
    with as_council(council):
        return list(Message.objects.filter(kind=kind).order_by("created_at"))


def link_in(mail: Message) -> str:
    return path_of(next(line for line in mail.text.splitlines() if "/ambassadors/enter/" in line))


def leave(anna: Ambassador) -> None:
    with as_council(anna.council_id):
        Ambassador.objects.filter(pk=anna.pk).update(state=AmbassadorState.LEFT, left_at=hub_now())
        log_in.end_log_in(anna)


def told(answer: Any) -> tuple[object, ...]:
    return answer.status_code, answer.get("Location"), sorted(answer.cookies), answer.content


def test_the_mailed_link_opens_the_first_page(anna: Ambassador, kent: Council) -> None:
    client = somebody()
    answer = post(client, "log-in/", email=" Anna@Example.org ")
    assert answer["Location"] == "/ambassadors/on-its-way/"
    (mail,) = mails(kent)
    assert mail.to_address == "anna@example.org"
    entered = client.get(link_in(mail))
    assert (entered.status_code, entered["Location"]) == (302, "/ambassadors/")
    assert entered["Referrer-Policy"] == "no-referrer"
    assert "Hello Anna" in text_of(client)


def test_a_known_and_an_unknown_address_are_answered_alike(anna: Ambassador, kent: Council) -> None:
    answers = [told(post(somebody(), "log-in/", email=email)) for email in ("anna@example.org", "no@example.org")]
    assert answers[0] == answers[1]
    assert len(mails(kent)) == 1


def test_a_known_and_an_unknown_address_and_one_written_to_just_now_cost_the_same(
    anna: Ambassador, kent: Council
) -> None:
    somebody().get("/ambassadors/log-in/")  # what is read once is read

    def cost(email: str) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            post(somebody(), "log-in/", email=email)
        return [query["sql"].partition(" ")[0] for query in queries if "SAVEPOINT" not in query["sql"]]

    known_to_us, again, unknown = cost("anna@example.org"), cost("anna@example.org"), cost("no@example.org")
    assert again == known_to_us
    # The office that stands in for a council is looked up.
    assert sorted(unknown) == sorted([*known_to_us, "SELECT"])
    assert len(mails(kent)) == 1


def test_an_ambassador_of_two_councils_gets_a_mail_for_each(
    anna: Ambassador, kent: Council, hampshire: Council
) -> None:
    known(hampshire, email="anna@example.org")
    post(somebody(), "log-in/", email="anna@example.org")
    for council, other in ((kent, hampshire), (hampshire, kent)):
        (mail,) = mails(council)
        assert council.name in mail.text
        assert other.name not in mail.text
        client = somebody()
        client.get(link_in(mail))
        assert f"Ambassadors of {council.name}" in text_of(client)


def test_asking_again_at_once_sends_nothing_more(anna: Ambassador, kent: Council, move_clock: MoveClock) -> None:
    for _ in range(2):
        post(somebody(), "log-in/", email="anna@example.org")
    assert len(mails(kent)) == 1
    assert Door.objects.filter(subject_id=anna.pk).count() == 1
    move_clock(MONDAY + log_in.NOT_SOONER_THAN + timedelta(seconds=1))
    post(somebody(), "log-in/", email="anna@example.org")
    assert len(mails(kent)) == 2


def test_links_are_asked_for_so_often_and_no_more(anna: Ambassador, settings: LazySettings) -> None:
    settings.LINKS_PER_NETWORK = 2
    client = somebody()
    codes = [post(client, "log-in/", email=f"x{number}@example.org").status_code for number in range(3)]
    assert codes == [302, 302, 429]


def test_no_address_is_asked_for_again(anna: Ambassador) -> None:
    for typed in ("", "anna", "anna@"):
        answer = post(somebody(), "log-in/", email=typed)
        assert answer.status_code == 422
        assert b"There is a problem" in answer.content


def test_opening_a_link_changes_nothing_and_may_be_done_twice(anna: Ambassador, kent: Council) -> None:
    path = link_path(anna)
    with as_council(kent):
        events = Event.objects.count()
    for client in (somebody(), somebody()):
        client.get(path)
        assert "Hello Anna" in text_of(client)
    with as_council(kent):
        assert Event.objects.count() == events


def test_an_expired_link_offers_a_new_one(anna: Ambassador, kent: Council, move_clock: MoveClock) -> None:
    path = link_path(anna)
    move_clock(MONDAY + timedelta(hours=1, seconds=1))
    client = somebody()
    client.get(path)
    page = text_of(client)
    assert "This link does not work any more" in page
    assert "Anna" not in page
    assert post(client, "new-link/")["Location"] == "/ambassadors/on-its-way/"
    (mail,) = mails(kent)
    client.get(link_in(mail))
    assert "Hello Anna" in text_of(client)


@pytest.mark.parametrize("token", ["A" * 43, "x", "A" * 2000, "%E2%80%AE"])
def test_expired_unknown_and_garbled_links_answer_alike(anna: Ambassador, move_clock: MoveClock, token: str) -> None:
    expired = link_path(anna)
    move_clock(MONDAY + timedelta(days=30))
    answers = []
    for path in (expired, f"/ambassadors/enter/{token}/"):
        client = somebody()
        answers.append((told(client.get(path)), text_of(client), told(post(client, "new-link/"))))
    assert _without_tokens(answers[0]) == _without_tokens(answers[1])


def _without_tokens(answer: tuple[Any, str, Any]) -> tuple[object, ...]:
    page = re.sub(r'value="[\w-]{20,}"', "", answer[1])
    return answer[0], page, answer[2]


def test_an_old_link_does_not_log_out_who_is_in(anna: Ambassador, move_clock: MoveClock) -> None:
    old = link_path(anna)
    move_clock(MONDAY + timedelta(hours=2))
    client = as_ambassador_client(anna)
    client.get(old)
    assert "Hello Anna" in text_of(client)


def test_pages_stay_closed_without_a_pass(anna: Ambassador) -> None:
    for page in ("", "profile/", "sharing/", "availability/", "preview/", "break/", "stop/", "join/"):
        answer = somebody().get(f"/ambassadors/{page}")
        assert (answer.status_code, answer["Location"]) == (302, "/ambassadors/link/")
        assert "no-store" in answer["Cache-Control"]


def test_logging_out_ends_this_pass_and_no_link(anna: Ambassador) -> None:
    path = link_path(anna)
    client, elsewhere = somebody(), as_ambassador_client(anna)
    client.get(path)
    post(client, "log-out/")
    assert "Open the link in our email" in text_of(client)
    assert "Hello Anna" in text_of(elsewhere)
    client.get(path)
    assert "Hello Anna" in text_of(client)


def test_a_pass_ends_after_twelve_hours_however_busy(anna: Ambassador, move_clock: MoveClock) -> None:
    client = as_ambassador_client(anna)
    for hours in (4, 8, 11):
        move_clock(MONDAY + timedelta(hours=hours))
        assert "Hello Anna" in text_of(client)
    move_clock(MONDAY + timedelta(hours=12))
    assert "Open the link in our email" in text_of(client)


def test_a_pass_ends_when_the_address_changes(anna: Ambassador) -> None:
    client = as_ambassador_client(anna)
    with as_council(anna.council_id):
        Ambassador.objects.filter(pk=anna.pk).update(email="new@example.org")
    assert "Open the link in our email" in text_of(client)


def test_whoever_has_left_is_told_so_kindly_and_comes_in_no_more(anna: Ambassador, kent: Council) -> None:
    path, client = link_path(anna), as_ambassador_client(anna)
    leave(anna)
    later = somebody()
    later.get(path)
    for visitor in (client, later):
        assert "Thank you for having been an ambassador" in text_of(visitor)
        assert post(visitor, "profile/", first_name="Anna")["Location"] == "/ambassadors/link/"
        post(visitor, "new-link/")
    post(somebody(), "log-in/", email="anna@example.org")
    assert mails(kent) == []


def test_an_invitation_lasts_two_weeks_and_holds_no_surname(kent: Council, move_clock: MoveClock) -> None:
    move_clock(MONDAY)
    cora: User = factories.coordinator(kent)
    bea = factories.ambassador(kent, first_name="Bea", state=AmbassadorState.INVITED, joined_at=None)
    with as_council(kent):
        log_in.send_invitation(bea, by=cora)
    (mail,) = mails(kent, "ambassador_invitation")
    assert "7 December 2026" in mail.text
    move_clock(MONDAY + timedelta(days=13, hours=23))
    client = somebody()
    client.get(link_in(mail))
    assert "Be an ambassador" in text_of(client)
    move_clock(MONDAY + timedelta(days=14, seconds=1))
    late = somebody()
    late.get(link_in(mail))
    assert "Send me a new link" in text_of(late)


def test_sixty_sendings_in_ten_minutes_are_enough(anna: Ambassador) -> None:
    client = as_ambassador_client(anna)
    codes = {post(client, "back/").status_code for _ in range(60)}
    assert codes == {302}
    assert post(client, "back/").status_code == 429
