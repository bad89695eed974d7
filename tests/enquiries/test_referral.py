"""The referral to print, and the number in the council's own system."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import access_of
from councils.models import Council, Event, EventDetail, User
from councils.roles import Role
from councils.tenancy import as_council
from enquiries import actions
from enquiries.actions.safeguarding import write_safeguarding_note
from enquiries.models import Enquiry
from enquiries.states import Outcome, Way
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]


@pytest.fixture
def case(kent: Council, cast: Cast) -> Enquiry:
    return factories.enquiry(kent, message="We have a room.", language="Polish", needs_interpreter=True)


def sheet(client: Client, case: Enquiry) -> str:
    answer = client.get(reverse("admin:enquiries_enquiry_referral", args=[case.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_referral_says_what_a_social_worker_needs(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    kate = access_of(cast.kate)
    actions.write_case_number(case, "LCS 4711", by=kate)
    actions.log_attempt(case, way=Way.CALL, outcome=Outcome.REACHED, comment="Keen", by=kate)
    actions.add_note(case, "Two <b>dogs</b>", by=kate)
    shown = sheet(as_user(cast.kate), case)
    for told in ("Erin Example", case.reference, "LCS 4711", "07700 900123", "erin@example.org", "ME14 1XX"):
        assert told in shown
    for told in ("We have a room.", "Speaks Polish", "Needs an interpreter", "Phone call: Reached", "Keen"):
        assert told in shown
    assert "Two &lt;b&gt;dogs&lt;/b&gt;" in shown
    assert "Printed by Kate at" in shown


def test_no_navigation_and_no_safeguarding_note_stand_on_it(
    case: Enquiry, kent: Council, cast: Cast, as_user: AsUser
) -> None:
    lead = factories.user("Sage", kent, Role.SAFEGUARDING)
    write_safeguarding_note(case, "A worry about the household", by=access_of(lead))
    for user in (cast.kate, lead):
        shown = sheet(as_user(user), case)
        assert "A worry" not in shown
        assert "safeguarding" not in shown.lower()
        assert "staff-nav" not in shown


def test_who_opened_it_is_written_down_and_nothing_else_changes(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    sheet(as_user(cast.kate), case)
    with as_council(case.council_id):
        assert Event.objects.get(subject_id=case.pk, verb="enquiry.referral_printed").by_id == cast.kate.pk
        assert Enquiry.objects.get(pk=case.pk).version == case.version


def test_only_the_latest_stand_on_the_page(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    kate = access_of(cast.kate)
    for number in range(8):
        actions.log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, comment=f"try {number}", by=kate)
        actions.add_note(case, f"note {number}", by=kate)
    shown = sheet(as_user(cast.kate), case)
    assert "2 earlier ones in the hub." in shown
    assert "5 earlier ones in the hub." in shown


def test_another_councils_referral_answers_like_none(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    assert as_user(cast.hal).get(reverse("admin:enquiries_enquiry_referral", args=[case.pk])).status_code == 404


def test_the_number_in_the_councils_own_system_is_kept(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    client = as_user(cast.kate)
    address = reverse("admin:enquiries_enquiry_number", args=[case.pk])
    assert client.post(address, {"case_number": "LCS 4711"}).status_code == 302
    client.post(address, {"case_number": "LCS 4712"})
    assert 'value="LCS 4712"' in client.get(reverse("admin:enquiries_enquiry_change", args=[case.pk])).content.decode()
    with as_council(case.council_id):
        old = set(EventDetail.objects.filter(field="case_number").values_list("old", flat=True))
    assert old == {"", "LCS 4711"}
    assert client.post(address, {"case_number": "x" * 41}).status_code == 409
