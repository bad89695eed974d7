"""A new link goes to the address we have, and the answer never says whether there is one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings

from councils.models import Council, Event, Hub
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.links import STATUS_OPEN_FOR
from enquiries.models import Enquiry
from enquiries.reference import new_reference
from outbox.models import Message
from tests import factories
from tests.conftest import Cast
from tests.enquiries.status_visitor import Reader, path_of, status_path

MONDAY = datetime(2026, 11, 23, 11, tzinfo=LONDON)
LATER = MONDAY + STATUS_OPEN_FOR + timedelta(days=1)
MoveClock = Callable[[datetime], None]


@pytest.fixture
def case(kent: Council, cast: Cast, move_clock: MoveClock) -> Enquiry:
    move_clock(MONDAY)
    return factories.enquiry(kent)


def links_sent(case: Enquiry) -> list[Message]:
    with as_council(case.council_id):
        return list(Message.objects.filter(kind="fresh_link").order_by("created_at"))


def told(answer: Any) -> tuple[object, ...]:
    return answer.status_code, answer.get("Location"), sorted(answer.cookies), answer.content


def test_an_expired_link_is_replaced_by_one_to_the_same_address(case: Enquiry, move_clock: MoveClock) -> None:
    path = status_path(case)
    move_clock(LATER)
    reader = Reader()
    page = reader.follows(path)
    assert "This link does not work any more" in page
    assert case.reference not in page
    reader.sends("new-link/")
    (mail,) = links_sent(case)
    assert mail.to_address == "erin@example.org"
    link = next(line for line in mail.text.splitlines() if "/your-enquiry/" in line)
    assert case.reference in Reader().follows(path_of(link))


@pytest.mark.parametrize("token", ["A" * 43, "x", "A" * 2000, "%E2%80%AE", "details"])
def test_expired_unknown_and_garbled_links_answer_alike(case: Enquiry, move_clock: MoveClock, token: str) -> None:
    expired = status_path(case)
    move_clock(LATER)
    known, unknown = Reader(), Reader()
    answers = [
        [told(reader.client.get(path)), reader.sees("link/").replace("\n", ""), told(reader.sends("new-link/"))]
        for reader, path in ((known, expired), (unknown, f"/your-enquiry/{token}/"))
    ]
    strip = [str(told).split("csrfmiddlewaretoken")[0] for told in answers]
    assert strip[0] == strip[1]
    assert answers[0][2] == answers[1][2]
    assert len(links_sent(case)) == 1


def test_one_link_an_hour_is_enough(case: Enquiry, move_clock: MoveClock) -> None:
    path = status_path(case)
    move_clock(LATER)
    reader = Reader()
    reader.follows(path)
    answers = {told(reader.sends("new-link/"))[:2] for _ in range(3)}
    assert answers == {(302, "/your-enquiry/on-its-way/")}
    assert len(links_sent(case)) == 1
    move_clock(LATER + timedelta(minutes=61))
    reader.sends("new-link/")
    assert len(links_sent(case)) == 2
    with as_council(case.council_id):
        assert Event.objects.filter(verb="enquiry.link_sent", by=None).count() == 2


def test_a_lost_link_needs_reference_and_address(case: Enquiry) -> None:
    wrong = [(case.reference, "stranger@example.org"), (new_reference("KEN"), "erin@example.org")]
    wrong.append((new_reference("HAM"), "erin@example.org"))
    answers = [Reader().sends("lost-link/", reference=reference, email=email) for reference, email in wrong]
    assert links_sent(case) == []
    answers.append(Reader().sends("lost-link/", reference=case.reference.lower(), email="ERIN@example.org"))
    assert len(links_sent(case)) == 1
    assert {str(told(answer)) for answer in answers} == {str((302, "/your-enquiry/on-its-way/", [], b""))}


def test_a_reference_of_another_hub_is_not_looked_for(case: Enquiry, kent: Council) -> None:
    Council.objects.filter(pk=kent.pk).update(hub=Hub.objects.exclude(pk=kent.hub_id)[0])
    Reader().sends("lost-link/", reference=case.reference, email="erin@example.org")
    assert links_sent(case) == []


@pytest.mark.parametrize("field", ["send_nothing", "quarantined", "to_confirm"])
def test_who_is_not_to_be_mailed_is_not(case: Enquiry, field: str) -> None:
    with as_council(case.council_id):
        Enquiry.objects.update(**{field: True})
    Reader().sends("lost-link/", reference=case.reference, email="erin@example.org")
    assert links_sent(case) == []


def test_mistakes_are_said(case: Enquiry) -> None:
    answer = Reader().sends("lost-link/", reference="no", email="")
    assert answer.status_code == 422
    assert "Check the reference. It looks like HAM-4K7X-9T6" in answer.content.decode()
    assert "Enter your email address" in answer.content.decode()


def test_who_asks_too_often_waits(case: Enquiry, settings: LazySettings) -> None:
    settings.LINKS_PER_NETWORK = 3
    reader = Reader()
    statuses = [reader.sends("new-link/").status_code for _ in range(4)]
    assert statuses == [302, 302, 302, 429]


def test_a_link_that_works_is_not_called_broken(case: Enquiry) -> None:
    reader = Reader()
    reader.opens(case)
    assert case.reference in reader.sees("link/")
