"""A list that was brought in is taken back: what nobody has worked on, and nothing else."""

from pathlib import Path

import pytest
from django.core.management import CommandError

from councils.access import access_of
from councils.models import Council, HouseholdKey
from councils.tenancy import as_council
from enquiries.actions import add_note, claim, mark_seen
from enquiries.actions.importing import undo_import
from enquiries.models import Import
from tests import factories
from tests.conftest import Cast
from tests.enquiries.brought_in import Run, bring, cases, counted, lafse_councils, number_in, tuesday
from tests.enquiries.lists import csv_of, nth

__all__ = ["bring", "lafse_councils", "tuesday"]  # fixtures


def test_undoing_takes_back_what_came_and_nothing_else(
    bring: Run, kent: Council, lafse_councils: list[Council], tmp_path: Path
) -> None:
    factories.enquiry(kent)
    before = counted(lafse_councils)
    path = csv_of(tmp_path, nth(1), nth(2, Status="On hold", Contact_again_on="1/2/2027"))
    said = bring(path)
    assert bring(undo=number_in(said)) == "2 taken back.\n"
    grown = {name: count - before[name] for name, count in counted(lafse_councils).items() if count != before[name]}
    assert grown.keys() == {"councils.Event", "enquiries.Import", "dashboards.ToFold"}  # none of it is theirs
    assert "2 brought in" in bring(path)


def test_a_case_that_somebody_works_on_is_kept(bring: Run, kent: Council, cast: Cast, tmp_path: Path) -> None:
    said = bring(csv_of(tmp_path, nth(1), nth(2), nth(3)))
    first, second, _ = cases(kent)
    claim(first, by=access_of(cast.kate))
    mark_seen(second, by=access_of(cast.kate))  # a look is no work
    answer = bring(undo=number_in(said))
    assert f"2 taken back.\nKept, because somebody has worked on them since: {first.reference}." in answer
    assert [case.pk for case in cases(kent)] == [first.pk]
    assert "0 taken back" in bring(undo=number_in(said))


def test_a_case_with_a_note_is_kept(bring: Run, kent: Council, cast: Cast, tmp_path: Path) -> None:
    said = bring(csv_of(tmp_path, nth(1)))
    add_note(cases(kent)[0], "Rang.", by=access_of(cast.kate))
    bring(undo=number_in(said))
    assert len(cases(kent)) == 1


def test_undoing_forgets_the_household_unless_another_case_is_theirs(bring: Run, kent: Council, tmp_path: Path) -> None:
    before = HouseholdKey.objects.count()
    said = bring(csv_of(tmp_path, nth(1)))
    assert HouseholdKey.objects.count() > before
    bring(undo=number_in(said))
    assert HouseholdKey.objects.count() == before


def test_another_council_cannot_undo_it(
    bring: Run, kent: Council, hampshire: Council, cast: Cast, tmp_path: Path
) -> None:
    said = bring(csv_of(tmp_path, nth(1)))
    with pytest.raises(CommandError, match="has no import"):
        bring(undo=number_in(said), council="hampshire", by="hal@example.org")
    with pytest.raises(CommandError, match="Your role does not allow this"):
        bring(undo=number_in(said), by="hal@example.org")
    with as_council(kent):
        brought = Import.objects.get()
    assert undo_import(brought, by=access_of(cast.mina)).removed == 1
