"""Saying that one has a concern: whom to ring comes first, no child's name is asked for, staff pass one on unread."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from ambassadors.actions.concerns import READ
from ambassadors.introduction_states import State
from ambassadors.models import Concern, ConcernFrom, Introduction, Offer, Scheme
from councils.models import Council, Event, User
from councils.roles import Role
from councils.tenancy import as_council, crossing
from enquiries.models import Enquiry
from tests import factories
from tests.conftest import Cast
from tests.enquiries.handing import passed_on
from tests.enquiries.status_visitor import Reader

AsUser = Callable[[User], Client]
WORDS = {"about": "carer", "text": "A pangolin lives in the attic"}
UNKNOWN = [State.TO_CONFIRM, State.OFFERED, State.NOT_CONFIRMED, State.DECLINED, State.EXPIRED]


@pytest.fixture
def case(kent: Council) -> Enquiry:
    return factories.enquiry(kent, name="Erin Example")


@pytest.fixture
def agreed(case: Enquiry, kent: Council) -> Introduction:
    return factories.introduction(case, factories.ambassador(kent, first_name="Anna"), State.AGREED)


@pytest.fixture
def erin(case: Enquiry) -> Reader:
    reader = Reader()
    reader.opens(case)
    return reader


def written(council: Council) -> list[Concern]:
    with as_council(council):
        return list(Concern.objects.filter(council=council))


def test_whom_to_ring_comes_before_the_first_question(agreed: Introduction, erin: Reader, kent: Council) -> None:
    Scheme.objects.create(council=kent, out_of_hours_phone="03000 419191")
    page = erin.sees("concern/")
    marks = ["call 999", "tel:999", "tel:03000419191", "Do not write the name of any child", "What is it about?"]
    assert sorted(marks, key=page.index) == marks
    assert "Local Authority Designated Officer (LADO)" in page


def test_a_number_that_nobody_has_told_us_is_not_made_up(agreed: Introduction, erin: Reader, kent: Council) -> None:
    page = erin.sees("concern/")
    assert f"We do not know {kent.name}’s number for evenings and weekends." in page
    assert reverse("pages:worried_council", args=[kent.slug]) in page


def test_an_enquirer_tells_of_a_concern(agreed: Introduction, erin: Reader, kent: Council) -> None:
    assert erin.sends("concern/", **WORDS)["Location"] == reverse("talk:concern_sent")
    (concern,) = written(kent)
    assert (concern.said_by, concern.by, concern.pair_id) == (ConcernFrom.ENQUIRER, None, agreed.pair_id)
    assert (concern.about, concern.text) == ("carer", WORDS["text"])
    assert "Thank you for telling us" in erin.sees("concern/sent/")


@pytest.mark.parametrize(("left_out", "told"), [("about", "Choose what it is about"), ("text", "Say what happened")])
def test_what_is_missing_is_asked_for_and_nothing_is_lost(
    agreed: Introduction, erin: Reader, kent: Council, left_out: str, told: str
) -> None:
    answer = erin.sends("concern/", **WORDS | {left_out: ""})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page
    assert "call 999" in page
    assert (WORDS["text"] in page) == (left_out != "text")
    assert written(kent) == []


def test_what_is_too_long_is_kept_to_shorten(agreed: Introduction, erin: Reader, kent: Council) -> None:
    answer = erin.sends("concern/", **WORDS | {"text": "x" * 3001})
    assert answer.status_code == 422
    assert "x" * 3001 in answer.content.decode()


@pytest.mark.parametrize("state", UNKNOWN)
def test_an_enquirer_whom_nobody_has_said_yes_to_learns_of_no_introduction(
    case: Enquiry, kent: Council, erin: Reader, state: State
) -> None:
    factories.introduction(case, factories.ambassador(kent), state)
    assert "concern" not in erin.sees()
    assert erin.sends("concern/", **WORDS)["Location"] == reverse("status:page")
    assert written(kent) == []


@pytest.mark.parametrize("state", [State.ACCEPTED, State.UNWANTED, State.LAPSED, State.SPOKE, State.NOT_SPOKEN])
def test_the_address_stays_once_an_ambassador_has_said_yes(
    case: Enquiry, kent: Council, erin: Reader, state: State
) -> None:
    factories.introduction(case, factories.ambassador(kent), state)
    assert reverse("talk:concern") in erin.sees()
    assert erin.sends("concern/", **WORDS).status_code == 302
    assert len(written(kent)) == 1


def test_where_there_were_several_it_is_asked_which(
    case: Enquiry, kent: Council, hampshire: Council, erin: Reader
) -> None:
    first = factories.introduction(case, factories.ambassador(kent, first_name="Anna"), State.SPOKE)
    second = factories.introduction(case, factories.ambassador(hampshire, first_name="Bea"), State.AGREED)
    page = erin.sees("concern/")
    assert "Anna" in page
    assert "Bea" in page
    assert erin.sends("concern/", **WORDS).status_code == 422
    erin.sends("concern/", **WORDS, which=str(first.pk))
    assert [concern.pair_id for concern in written(kent)] == [first.pair_id]
    assert written(hampshire) == []
    erin.sends("concern/", **WORDS, which=str(second.pk))
    assert [concern.pair_id for concern in written(hampshire)] == [second.pair_id]


def test_a_conversation_of_a_case_that_was_joined_with_theirs_stays_theirs(
    agreed: Introduction, case: Enquiry, kent: Council
) -> None:
    kept, reader = factories.enquiry(kent), Reader()
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(merged_into=kept)
    reader.opens(kept)
    reader.sends("concern/", **WORDS)
    assert [concern.pair_id for concern in written(kent)] == [agreed.pair_id]


def test_a_conversation_from_before_the_case_was_passed_on_is_told_where_it_was(
    agreed: Introduction, case: Enquiry, kent: Council, hampshire: Council, cast: Cast
) -> None:
    now, reader = passed_on(case, hampshire, cast.kate, cast.hal), Reader()
    reader.opens(now)
    assert kent.name in reader.sees("concern/")
    reader.sends("concern/", **WORDS)
    assert [concern.pair_id for concern in written(kent)] == [agreed.pair_id]
    assert written(hampshire) == []


def test_somebody_elses_conversation_cannot_be_named(
    agreed: Introduction, case: Enquiry, kent: Council, erin: Reader
) -> None:
    factories.introduction(case, factories.ambassador(kent, first_name="Bea"), State.SPOKE)
    other = factories.introduction(factories.enquiry(kent), factories.ambassador(kent), State.SPOKE)
    assert erin.sends("concern/", **WORDS, which=str(other.pk)).status_code == 422


def test_a_coordinator_passes_one_on_and_cannot_read_it(
    agreed: Introduction, kent: Council, cast: Cast, as_user: AsUser
) -> None:
    cora = factories.user("Cora", kent, Role.COORDINATOR)
    client, path = as_user(cora), reverse("admin:ambassadors_concern_pass_on", args=[agreed.pk])
    page = client.get(path).content.decode()
    assert "999" in page
    assert client.post(path, WORDS | {"text": ""}).status_code == 422
    assert client.post(path, WORDS | {"key": str(uuid4())}).status_code == 302
    (concern,) = written(kent)
    assert (concern.said_by, concern.by) == (ConcernFrom.STAFF, cora)
    assert client.get(reverse("admin:ambassadors_concern_change", args=[concern.pk])).status_code == 404
    with as_council(kent):
        assert not Event.objects.filter(verb=READ).exists()


def test_staff_of_the_ambassadors_council_pass_one_on_by_their_own_row(
    case: Enquiry, kent: Council, hampshire: Council, as_user: AsUser
) -> None:
    row = factories.introduction(case, factories.ambassador(hampshire), State.AGREED)
    with crossing("pair_across_border", to=[hampshire]):
        offer = Offer.objects.get(pair_id=row.pair_id)
    hal = as_user(factories.user("Hanna", hampshire, Role.COORDINATOR))
    assert hal.post(reverse("admin:ambassadors_concern_pass_on", args=[offer.pk]), WORDS).status_code == 302
    assert (len(written(kent)), len(written(hampshire))) == (1, 1)
    assert hal.post(reverse("admin:ambassadors_concern_pass_on", args=[row.pk]), WORDS).status_code == 404


def test_who_does_not_look_after_ambassadors_passes_nothing_on(
    agreed: Introduction, kent: Council, cast: Cast, as_user: AsUser
) -> None:
    path = reverse("admin:ambassadors_concern_pass_on", args=[agreed.pk])
    for user in (cast.kate, cast.hal, cast.rhea, factories.user("Sade", kent, Role.SAFEGUARDING)):
        assert as_user(user).post(path, WORDS).status_code == 404
    assert written(kent) == []
