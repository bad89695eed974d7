"""What a campaign brought, as far as whoever asks may see."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.attribution import Stage
from campaigns.came import results
from campaigns.came.campaign_page import lines_of_list, page_of
from campaigns.models import Click
from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, User
from councils.tenancy import across, as_council
from enquiries.actions import steps, undoing
from enquiries.models import Enquiry
from enquiries.states import State, Step
from tests import factories
from tests.campaigns import spending as made
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def counts(page: object) -> list[int]:
    return [line.count for line in page]  # type: ignore[attr-defined]  # lines


def test_a_campaign_counts_who_came_by_it_first_and_last(kent: Council) -> None:
    ed = made.editor(kent)
    row = made.campaign(kent, ed)
    made.code(row, "teens")
    made.spent(row, 90_000, ed)
    for words in (("teens",), ("teens", "news"), ("news", "teens"), ("",)):
        made.came_by(factories.enquiry(kent), *words)
    with as_council(kent):
        Click.objects.bulk_create(Click(council=kent, code="teens") for _ in range(4))
        page = page_of(row, frozenset([kent.pk]))
    assert counts(page.results.first)[:2] == [4, 2]  # clicks, enquiries
    assert counts(page.results.last)[0] == 2
    assert page.results.touched == 3
    assert page.spent == "£900.00"


def test_whoever_came_to_another_council_counts_for_who_may_see_it(
    kent: Council, hampshire: Council, office: Council
) -> None:
    ed = made.editor(kent)
    row = made.campaign(kent, ed)
    made.code(row, "teens")
    for council in (kent, hampshire):
        made.came_by(factories.enquiry(council), "teens")
    whole = frozenset(Council.objects.filter(hub=kent.hub_id).values_list("pk", flat=True))
    with as_council(kent):
        own = page_of(row, frozenset([kent.pk]))
    with across(whole, reason="test"):
        hubs = page_of(row, whole)
    assert (own.results.touched, hubs.results.touched) == (1, 2)
    assert any("that you do not work for" in sentence for sentence in own.results.caveats)
    assert not any("that you do not work for" in sentence for sentence in hubs.results.caveats)


def test_how_far_they_went_outlives_the_end_of_a_case_and_not_an_undone_step(kent: Council, cast: Cast) -> None:
    visited, undone = factories.enquiry(kent), factories.enquiry(kent)
    for case in (visited, undone):
        made.came_by(case, "teens")
        with as_council(kent):
            steps.take_step(case, Step.VISIT, by=access_of(cast.mina))
    with as_council(kent):
        undoing.undo_step(undone, by=access_of(cast.mina))
        Enquiry.objects.filter(pk=visited.pk).update(state=State.WITHDRAWN, closed_at=visited.created_at)
        found = {each.key: each.furthest for each in results.journeys_by(["teens"], [kent.pk])}
    assert found == {visited.journey_id: Stage.VISITED, undone.journey_id: Stage.ENQUIRED}


def test_doubles_and_what_nobody_has_looked_at_are_not_counted(kent: Council) -> None:
    for changed in ({"quarantined": True}, {"to_confirm": True}):
        case = factories.enquiry(kent)
        made.came_by(case, "teens")
        with as_council(kent):
            Enquiry.objects.filter(pk=case.pk).update(**changed)
    with as_council(kent):
        assert results.journeys_by(["teens"], [kent.pk]) == []


def test_a_handover_counts_nobody_twice(kent: Council, hampshire: Council) -> None:
    first, second = factories.enquiry(kent), factories.enquiry(hampshire)
    with as_council(hampshire):
        Enquiry.objects.filter(pk=second.pk).update(journey_id=first.journey_id)
        second.refresh_from_db()
    at = first.created_at
    made.came_by(first, "teens", at=at)
    made.came_by(second, "teens", "news", at=at)
    with across([kent, hampshire], reason="test"):
        found = results.journeys_by(["teens"], [kent.pk, hampshire.pk])
    assert [[touched.code for touched in each.touches] for each in found] == [["teens", "news"]]


def test_the_list_and_the_page_of_a_campaign_name_the_same_enquiries(kent: Council) -> None:
    ed = made.editor(kent)
    row = made.campaign(kent, ed)
    made.code(row, "teens")
    made.came_by(factories.enquiry(kent), "teens")
    for changed in ({"quarantined": True}, {"to_confirm": True}, {"state": State.DUPLICATE, "closed_at": hub_now()}):
        case = factories.enquiry(kent)
        made.came_by(case, "teens")
        with as_council(kent):
            Enquiry.objects.filter(pk=case.pk).update(**changed)
    with as_council(kent):
        (line,) = lines_of_list(frozenset([kent.pk]), made.SEPTEMBER)
        assert line.enquiries == page_of(row, frozenset([kent.pk])).results.touched == 1


def test_campaigns_of_one_name_are_told_apart_by_their_councils(
    kent: Council, hampshire: Council, office: Council, as_user: Callable[[User], Client]
) -> None:
    for council in (kent, hampshire):
        made.spent(made.campaign(council, ed := made.editor(council, council.slug)), 1_000, ed)
    asked = {"since": "2026-09-01", "until": "2026-09-02", "by": "first"}
    page = as_user(made.editor(office)).get(reverse("admin:campaigns_campaign_results"), asked).content.decode()
    assert f"Autumn, {kent.name}" in page
    assert f"Autumn, {hampshire.name}" in page


def test_what_came_with_no_word_is_said(kent: Council, as_user: Callable[[User], Client]) -> None:
    ed = made.editor(kent)
    row = made.campaign(kent, ed)
    made.code(row, "teens")
    made.came_by(factories.enquiry(kent), "teens")
    made.came_by(factories.enquiry(kent))
    client = as_user(ed)
    page = client.get(reverse("admin:campaigns_campaign_results")).content.decode()
    assert "1 of these enquiries came with no word where from" in page
    assert "By none of your campaigns" in page  # the region's may have brought them
    assert "that you do not work for" in page
    asked = {"since": "2026-09-02", "until": "2026-09-01", "by": "last"}
    assert "before the first" in client.get(reverse("admin:campaigns_campaign_results"), asked).content.decode()


def test_the_list_asks_no_more_for_more_campaigns(
    kent: Council, as_user: Callable[[User], Client], django_assert_max_num_queries: Callable[..., object]
) -> None:
    ed = made.editor(kent)
    for number in range(4):
        made.code(made.campaign(kent, ed, f"Push {number}"), f"push{number}")
    client = as_user(ed)
    client.get(reverse("admin:campaigns_campaign_changelist"))
    with django_assert_max_num_queries(22):  # type: ignore[attr-defined]  # a context manager
        client.get(reverse("admin:campaigns_campaign_changelist"))


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        ("9999-12-30", "9999-12-31", "Look at the year."),
        ("2026-02-31", "2026-09-01", "From: enter the day like"),
        ("yesterday", "2026-09-01", "From: enter the day like"),
        ("2026-09-01", "", "Say until which day."),
    ],
)
def test_a_day_that_is_none_is_told_and_no_other_days_are_counted(
    kent: Council, as_user: Callable[[User], Client], since: str, until: str, told: str
) -> None:
    client = as_user(made.editor(kent))
    answer = client.get(reverse("admin:campaigns_campaign_results"), {"since": since, "until": until, "by": "last"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert f'value="{since}"' in page, "what was typed is kept"
    assert "enquiries</li>" not in page, "the figures of other days"
