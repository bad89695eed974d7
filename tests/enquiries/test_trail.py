"""Who looked at a case, and what each did, for whoever answers for the council."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import access_of
from councils.events import record
from councils.models import Council, Event, User
from councils.roles import Role
from councils.tenancy import as_council
from enquiries.board_pages import Place
from enquiries.models import Enquiry
from enquiries.timeline import timeline
from enquiries.trail import PAGE, Sort, trail
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
MoveClock = Callable[[datetime], None]
pytestmark = pytest.mark.django_db


def trail_of(case: Enquiry, name: str = "trail") -> str:
    return reverse(f"admin:enquiries_enquiry_{name}", args=[case.pk])


def test_a_look_of_the_hub_office_is_read_by_the_councils_manager(kent: Council, cast: Cast, as_user: AsUser) -> None:
    case = factories.enquiry(kent)
    as_user(cast.olu).get(trail_of(case, "change"))
    page = as_user(cast.mina).get(trail_of(case)).content.decode()
    assert cast.olu.name in page and "Hub officer" in page and "Opened the case" in page


@pytest.mark.parametrize(("page", "words"), [("correct", "Opened the page that corrects it"), ("referral", "referral")])
def test_every_page_that_shows_the_person_is_a_look(
    kent: Council, cast: Cast, as_user: AsUser, page: str, words: str
) -> None:
    case = factories.enquiry(kent)
    assert as_user(cast.kate).get(trail_of(case, page)).status_code == 200
    assert words in as_user(cast.mina).get(trail_of(case)).content.decode()


def test_both_of_two_cases_side_by_side_were_looked_at(kent: Council, cast: Cast, as_user: AsUser) -> None:
    one, other = factories.enquiry(kent), factories.enquiry(kent)
    as_user(cast.kate).get(trail_of(one, "same"), {"with": str(other.pk)})
    with as_council(kent):
        for case in (one, other):
            looks = Event.objects.filter(verb="enquiry.seen", subject_id=case.pk, by=cast.kate)
            assert [look.facts["page"] for look in looks] == ["same"]


def test_an_officer_does_not_read_it_and_is_offered_no_link(kent: Council, cast: Cast, as_user: AsUser) -> None:
    case, kate = factories.enquiry(kent), as_user(cast.kate)
    assert kate.get(trail_of(case)).status_code == 403
    assert trail_of(case) not in kate.get(trail_of(case, "change")).content.decode()


def test_another_councils_manager_gets_the_answer_of_none(kent: Council, hampshire: Council, as_user: AsUser) -> None:
    case, theirs = factories.enquiry(kent), as_user(factories.user("Theirs", hampshire, Role.MANAGER))
    assert theirs.get(trail_of(case)).status_code == theirs.get(trail_of(Enquiry())).status_code == 404


def test_looks_of_the_safeguarding_role_are_told_to_itself_alone(kent: Council, cast: Cast, as_user: AsUser) -> None:
    case, sade = factories.enquiry(kent), factories.user("Sade", kent, Role.SAFEGUARDING)
    for name in ("change", "referral"):
        assert as_user(sade).get(trail_of(case, name)).status_code == 200
    assert as_user(sade).post(trail_of(case, "note"), {"text": "Mine now"}).status_code == 409
    manager, both = access_of(cast.mina), access_of(factories.user("Both", kent, Role.SAFEGUARDING))
    with as_council(kent):
        assert sade.name not in {line.who for line in trail(case, access=manager).lines}
        told = {line.what for line in trail(case, access=both).lines if line.who == sade.name}
        assert {"Opened the referral to print it", "Tried something that was not possible"} < told
        assert sade.name not in {entry.who for entry in timeline(case)}


def test_what_was_tried_and_refused_stands_on_it(kent: Council, cast: Cast, as_user: AsUser) -> None:
    case = factories.enquiry(kent)
    reader = factories.user("Reader", kent, Role.COORDINATOR)
    assert as_user(reader).post(trail_of(case, "note"), {"text": "Mine now"}).status_code == 409
    with as_council(kent):
        [line] = trail(case, access=access_of(cast.mina), only=Sort.REFUSED).lines
    assert (line.who, line.more) == ("Reader", "note")


def test_it_is_read_page_by_page_without_a_gap_though_all_was_at_one_moment(
    kent: Council, cast: Cast, move_clock: MoveClock
) -> None:
    case = factories.enquiry(kent)
    move_clock(datetime.fromisoformat("2026-11-23T10:00:00+00:00"))
    with as_council(kent):
        for number in range(PAGE + 5):
            record("enquiry.seen", subject=case, by=cast.kate, page=f"{number}")
        first = trail(case, access=access_of(cast.mina), only=Sort.LOOKS)
        second = trail(case, access=access_of(cast.mina), only=Sort.LOOKS, before=Place.from_text(first.older))
    assert (len(first.lines), len(second.lines), second.older) == (PAGE, 5, "")


@pytest.mark.parametrize("asked", [{"before": "yesterday"}, {"before": "2026-01-01"}, {"only": "everything"}])
def test_an_address_that_no_page_of_ours_has_said_shows_everything(
    kent: Council, cast: Cast, as_user: AsUser, asked: dict[str, str]
) -> None:
    case, mina = factories.enquiry(kent), as_user(cast.mina)
    assert mina.get(trail_of(case), asked).status_code == 200


def test_nobody_without_an_account_reads_it(kent: Council, client: Client) -> None:
    assert client.get(trail_of(factories.enquiry(kent))).status_code == 302
