"""One household in two councils: each learns that another knows it and nothing more, and the region counts one."""

from collections.abc import Callable

import pytest
from django.test import Client

from councils.access import access_of
from councils.households import known_elsewhere
from councils.models import Council, Event, ToDo, User
from councils.models.todos import ToDoKind
from councils.refusals import Refused, RoleRefused
from councils.tenancy import across, as_council
from enquiries.actions.homes import join_households, not_one_household
from enquiries.models import Enquiry, HouseholdProposal
from tests import factories
from tests.conftest import Cast

Log = Callable[[User], Client]
KNOWN = "Another council of the hub knows this household"
PAGE = "/staff/enquiries/householdproposal/"


def now(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.get(pk=case.pk)


@pytest.fixture
def here(kent: Council, cast: Cast) -> Enquiry:
    return factories.enquiry(kent, name="Erin Example", email="erin@example.org", phone="+447700900001")


@pytest.fixture
def there(here: Enquiry, hampshire: Council) -> Enquiry:
    """The same surname and postcode in another council; nothing else is shared."""
    return factories.enquiry(hampshire, name="Sam Example", email="sam@example.org", phone="+447700900002")


@pytest.fixture
def proposal(there: Enquiry, office: Council) -> HouseholdProposal:
    with as_council(office):
        return HouseholdProposal.objects.get()


def shown(client: Client, case: Enquiry) -> str:
    return client.get(f"/staff/enquiries/enquiry/{case.pk}/change/").content.decode()


def test_the_same_email_or_phone_is_one_household_and_each_page_says_that_another_council_knows_it(
    here: Enquiry, hampshire: Council, cast: Cast, as_user: Log
) -> None:
    assert KNOWN not in shown(as_user(cast.kate), here)
    there = factories.enquiry(hampshire, email="elsewhere@example.org", phone="+447700900001")
    assert here.household_id == there.household_id
    page = shown(as_user(cast.kate), here)
    assert KNOWN in page
    assert "Hampshire" not in page.partition(KNOWN)[2].partition("</section>")[0], "not which"
    assert KNOWN in shown(as_user(cast.hal), there)


def test_every_answer_is_logged_by_ids(here: Enquiry, kent: Council, caplog: pytest.LogCaptureFixture) -> None:
    assert known_elsewhere(here.household_id, kent) is False
    assert any("household_asked_for" in str(each.msg) for each in caplog.records)
    assert "erin@example.org" not in caplog.text


def test_a_surname_and_a_postcode_are_only_proposed_and_only_to_the_hub_office(
    here: Enquiry, there: Enquiry, proposal: HouseholdProposal, office: Council, cast: Cast, as_user: Log
) -> None:
    assert here.household_id != there.household_id
    assert {proposal.household_a, proposal.household_b} == {here.household_id, there.household_id}
    for client, case in ((as_user(cast.kate), here), (as_user(cast.hal), there)):
        assert KNOWN not in shown(client, case)
    with across([here.council_id, there.council_id], reason="test"):
        assert not Event.objects.filter(verb__contains="household").exists()
        assert not ToDo.objects.filter(kind=ToDoKind.SAME_HOUSEHOLD).exists()
    with as_council(office):
        assert ToDo.objects.get(kind=ToDoKind.SAME_HOUSEHOLD, done_at=None).subject_id == proposal.pk
        assert Event.objects.get(verb="household.proposed").subject_id == proposal.pk


def test_the_same_pair_is_proposed_once(proposal: HouseholdProposal, kent: Council, office: Council) -> None:
    factories.enquiry(kent, name="Erin Example", email="other@example.org", phone="+447700900001")
    with as_council(office):
        assert HouseholdProposal.objects.count() == 1


def test_neighbours_in_one_council_are_not_the_hubs_business(here: Enquiry, kent: Council, office: Council) -> None:
    factories.enquiry(kent, name="Sam Example", email="sam@example.org", phone="+447700900002")
    with as_council(office):
        assert not HouseholdProposal.objects.exists()


def test_what_may_be_spam_is_proposed_to_nobody(here: Enquiry, hampshire: Council, office: Council) -> None:
    factories.enquiry(
        hampshire, name="Sam Example", email="s@example.org", phone="+447700900002", suspicions=("honeypot",)
    )
    with as_council(office):
        assert not HouseholdProposal.objects.exists()


def test_joined_by_the_hub_office_they_are_one_everywhere(
    here: Enquiry, there: Enquiry, proposal: HouseholdProposal, cast: Cast, office: Council, as_user: Log
) -> None:
    with as_council(office):
        join_households(proposal, by=access_of(cast.olu))
    assert now(here).household_id == now(there).household_id == proposal.household_a
    for case in (here, there):
        with as_council(case.council_id):
            event = Event.objects.get(verb="enquiry.household_joined")
        assert event.facts["from_household"] == str(proposal.household_b)
        assert event.facts["to_household"] == str(proposal.household_a)
        assert event.subject_id == case.pk
    assert KNOWN in shown(as_user(cast.kate), here)
    with as_council(office):
        assert not ToDo.objects.filter(done_at=None).exists()


def test_whoever_comes_later_belongs_to_the_joined_household(
    here: Enquiry, proposal: HouseholdProposal, there: Enquiry, cast: Cast, office: Council, kent: Council
) -> None:
    with as_council(office):
        join_households(proposal, by=access_of(cast.olu))
    later = factories.enquiry(kent, email="later@example.org", phone="+447700900002")
    assert later.household_id == now(here).household_id


def test_other_proposals_follow_the_household(
    here: Enquiry, there: Enquiry, office: Council, cast: Cast, lafse: object
) -> None:
    surrey = Council.objects.get(slug="surrey")
    third = factories.enquiry(surrey, name="Kim Example", email="kim@example.org", phone="+447700900003")
    with as_council(office):
        assert HouseholdProposal.objects.count() == 3
        for _ in range(2):
            join_households(HouseholdProposal.objects.filter(state="open").order_by("pk")[0], by=access_of(cast.olu))
        assert not HouseholdProposal.objects.filter(state="open").exists()
        assert not ToDo.objects.filter(done_at=None, kind=ToDoKind.SAME_HOUSEHOLD).exists()
    assert len({now(case).household_id for case in (here, there, third)}) == 1


def test_two_households_are_said_once_for_good(
    here: Enquiry, there: Enquiry, proposal: HouseholdProposal, cast: Cast, office: Council, kent: Council
) -> None:
    with as_council(office):
        not_one_household(proposal, by=access_of(cast.olu))
        with pytest.raises(Refused, match="faster"):
            join_households(proposal, by=access_of(cast.olu))
    factories.enquiry(kent, name="Erin Example", email="erin2@example.org", phone="+447700900001")
    with as_council(office):
        assert HouseholdProposal.objects.get().state == "different"
    assert now(here).household_id != now(there).household_id


def test_only_the_hub_office_may(proposal: HouseholdProposal, office: Council, cast: Cast) -> None:
    for user in (cast.kate, cast.mina, cast.rhea):
        with as_council(office), pytest.raises(RoleRefused):
            join_households(proposal, by=access_of(user))


def test_the_page_shows_both_and_settles_it(
    here: Enquiry, there: Enquiry, proposal: HouseholdProposal, cast: Cast, as_user: Log
) -> None:
    olu = as_user(cast.olu)
    page = olu.get(PAGE).content.decode()
    for words in ("Erin Example", "Sam Example", here.reference, there.reference):
        assert words in page
    assert "Look at both" in olu.get("/staff/enquiries/enquiry/to-do/").content.decode()
    assert olu.post(f"{PAGE}{proposal.pk}/one/").status_code == 302
    assert now(here).household_id == now(there).household_id
    assert olu.post(f"{PAGE}{proposal.pk}/two/").status_code == 409
    for other in (cast.kate, cast.mina, cast.rhea):
        assert as_user(other).get(PAGE).status_code == 403
        assert as_user(other).post(f"{PAGE}{proposal.pk}/one/").status_code == 403
