"""What it cost to bring somebody, as the lead reads it: from counts and public words alone."""

from collections.abc import Callable
from datetime import date

from django.test import Client
from django.urls import reverse

from campaigns.models import Click
from councils.access import access_of
from councils.models import Council, User
from councils.tenancy import as_council, as_hub
from dashboards.actions.folding import fold_hub
from dashboards.costs import Campaigns, cost_rows, merged
from dashboards.pages.region_costs import Costs, CostTable, costs
from dashboards.span import Span
from tests import factories
from tests.campaigns.spending import SEPTEMBER, came_by, campaign, code, editor, spent
from tests.conftest import Cast

AsUser = Callable[[User], Client]
YEARS = Span(date(2020, 1, 1), date(2030, 1, 1))


def told(table: CostTable) -> dict[str, tuple[str, dict[int, str]]]:
    """By label: what was spent, and what one of so many cost."""
    return {row.label: (row.spent, {part.count: part.words for part in row.parts}) for row in table.rows}


def read(kent: Council, hampshire: Council) -> Costs:
    with as_hub(kent.hub):
        return costs(YEARS, (kent.pk, hampshire.pk))


def test_what_the_lead_reads_of_a_campaign_first_and_last(kent: Council, hampshire: Council) -> None:
    ed = editor(kent)
    posters, radio = campaign(kent, ed, "Posters of Kent"), campaign(kent, ed, "Radio of Kent")
    code(posters, "bus"), code(posters, "school"), code(radio, "jingle")
    spent(posters, 60_000, access_of(ed))
    spent(radio, 100_000, access_of(ed))
    came_by(factories.enquiry(kent), "bus", "jingle")
    came_by(factories.enquiry(hampshire), "school")
    with as_council(kent):
        Click.objects.bulk_create([Click(council_id=kent.pk, code="bus") for _ in range(40)])
    fold_hub(kent.hub)
    found = read(kent, hampshire)
    first, last = told(found.first[1]), told(found.last[1])
    assert list(first) == ["jingle", "bus, school"]
    assert first["bus, school"][0] == "£600"
    assert first["bus, school"][1][40].startswith("£15.00 (£")
    assert first["bus, school"][1][2].startswith("£83.05 to £2,4")  # of two: only between what it lies
    assert first["jingle"][1][0].startswith("More than £")
    assert last["jingle"][1][1] != first["jingle"][1][0]
    assert "Kent" not in str(found)


def test_what_was_spent_in_other_months_is_not_in_it(kent: Council, hampshire: Council) -> None:
    ed = editor(kent)
    spent(campaign(kent, ed), 60_000, access_of(ed))
    fold_hub(kent.hub)
    with as_hub(kent.hub):
        october = Span(date(SEPTEMBER.year, 10, 1), date(SEPTEMBER.year, 10, 1))
        assert costs(october, (kent.pk, hampshire.pk)).none


def test_a_code_of_no_campaign_is_in_none() -> None:
    known = Campaigns({"bus": "a"})
    counts = merged({"a": {"spend": 100}}, known.together({"bus": {"enquiries": 2}, "lost": {"enquiries": 9}}))
    assert counts == {"a": {"spend": 100, "enquiries": 2}}
    assert [row.label for row in cost_rows(counts, {"a": known.named("a")})] == ["bus"]


def test_costs_stand_on_the_page_of_sources(kent: Council, cast: Cast, as_user: AsUser) -> None:
    ed = editor(kent)
    spent(campaign(kent, ed), 60_000, access_of(ed))
    fold_hub(kent.hub)
    asked = {"period": "months", "first": "2026-09", "last": "2026-09"}
    page = as_user(cast.rhea).get(reverse("admin:dashboards_cell_sources"), asked).content.decode()
    assert "£600" in page
    assert "A campaign without a code" in page


def test_what_nothing_was_spent_on_has_no_cost() -> None:
    (row,) = cost_rows({"print": {"spend": 100, "enquiries": 1}, "direct": {"enquiries": 65}}, {"print": "Posters"})
    assert row.label == "Posters"
