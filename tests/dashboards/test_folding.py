"""What happened is in the figures soon after, once, and exactly."""

from collections.abc import Mapping

from councils.access import access_of
from councils.models import Council
from councils.tenancy import as_council, as_hub
from dashboards.actions.folding import fold_hub
from dashboards.actions.rebuilding import differences, keep_up
from dashboards.figures import RULES
from dashboards.models import Cell, Folded, Journey, ToFold
from enquiries import actions
from enquiries.models import Enquiry
from enquiries.states import Outcome, Step, Way
from tests import factories
from tests.conftest import Cast


def whole(council: Council) -> Mapping[str, int]:
    """Counts by month without what they are broken down by."""
    with as_council(council):
        rows = Cell.objects.filter(council=council, grain="m", split="")
        return dict(rows.values_list("figure", "n"))


def test_an_enquiry_is_counted_once_however_often_it_is_folded(kent: Council) -> None:
    case = factories.enquiry(kent)
    fold_hub(kent.hub)
    first = whole(kent)
    with as_council(kent):
        assert not ToFold.objects.filter(council=kent).exists()
        ToFold.objects.create(council=kent, kind="journey", key=case.journey_id)
    fold_hub(kent.hub)
    told = ("received", "enquiries", "households", "cohort_open", "promise_running")
    assert first == whole(kent) == dict.fromkeys(told, 1)


def test_a_step_that_is_undone_was_never_counted(kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent)
    by = access_of(cast.kate)
    actions.log_attempt(case, way=Way.CALL, outcome=Outcome.REACHED, by=by)
    case = actions.take_step(case, Step.VISIT, by=by)
    fold_hub(kent.hub)
    assert whole(kent)["visits"] == 1
    actions.undo_step(case, by=by)
    fold_hub(kent.hub)
    assert "visits" not in whole(kent)
    assert differences(kent.hub) == []


def test_the_lead_reads_counts_and_no_councils_rows(kent: Council) -> None:
    factories.enquiry(kent)
    fold_hub(kent.hub)
    with as_hub(kent.hub):
        assert Cell.objects.filter(figure="enquiries", split="", grain="d").count() == 1
        assert not Journey.objects.exists()
        assert not Enquiry.objects.exists()


def test_a_count_that_is_wrong_is_told(kent: Council) -> None:
    factories.enquiry(kent)
    fold_hub(kent.hub)
    with as_council(kent):
        Cell.objects.filter(council=kent, figure="enquiries", split="", grain="m").update(n=2)
    (found,) = differences(kent.hub)
    assert (found.at.figure, found.stands, found.should) == ("enquiries", 2, 1)
    assert found.at.on.day == 1


def test_counts_made_by_other_rules_are_made_anew_and_not_added_to(kent: Council) -> None:
    """What journeys added by other rules cannot be taken back one by one."""
    factories.enquiry(kent)
    fold_hub(kent.hub)
    with as_council(kent):
        Cell.objects.filter(council=kent, grain="m", figure="enquiries", split="").update(figure="of_old_rules")
    Folded.objects.filter(hub=kent.hub).update(rules="0")
    keep_up(kent.hub)
    assert whole(kent)["enquiries"] == 1
    assert "of_old_rules" not in whole(kent)
    assert differences(kent.hub) == []
    assert Folded.objects.get(hub=kent.hub).rules == RULES
